package zeroboot.cli.console;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * How {@code --help} looks: on a screen of 80 by 24, the usual first, and no name broken in two.
 * What does not fit is in the manual and in {@code zboot config list}.
 */
public final class HelpLayout {
  /** Longer lines are hard to read. */
  private static final int WIDEST = 100;

  /** Options of every command; the help of zboot itself tells them. */
  private static final Set<String> EVERYWHERE =
      Set.of("--help", "--version", "--debug", "--quiet", Paint.OPTION);

  /** What these commands leave to the help of zboot usb. */
  private static final Map<String, Set<String>> ELSEWHERE =
      Map.of(
          "deploy",
          Set.of(
              "--core",
              "--secure-boot-key",
              "--sign-key",
              "--password-file",
              "--trust-root",
              "--node-address",
              "--https-port",
              "--at-once",
              "--bmc-user"),
          "netboot",
          Set.of("--on-failure", "--kernel-url", "--node", "--core", "--trust-root"),
          "serve",
          Set.of(
              "--on-failure",
              "--kernel-url",
              "--node",
              "--core",
              "--sign-key",
              "--password-file",
              "--http-port"),
          "write",
          Set.of(
              "--network",
              "--on-failure",
              "--kernel-url",
              "--config",
              "--node",
              "--core",
              "--firmware"));

  /** Commands that one line tells together; any other has a line of its own. */
  private static final Map<List<String>, String> TOGETHER = together();

  private static final List<String> SECTIONS =
      List.of(
          SECTION_KEY_SYNOPSIS,
          SECTION_KEY_DESCRIPTION,
          SECTION_KEY_OPTION_LIST,
          SECTION_KEY_COMMAND_LIST,
          SECTION_KEY_FOOTER,
          SECTION_KEY_EXIT_CODE_LIST);

  private final int columns;
  private final Paint paint;

  private HelpLayout(int columns, Paint paint) {
    this.columns = columns;
    this.paint = paint;
  }

  private static Map<List<String>, String> together() {
    Map<List<String>, String> rows = new LinkedHashMap<>();
    rows.put(List.of("iso", "usb"), "Make an image: for CDs, sticks, remote management.");
    rows.put(List.of("efi", "lkrn", "script"), "Make one file: for UEFI, BIOS loaders, iPXE.");
    rows.put(List.of("batch"), "Makes an image for each node of a rack.");
    rows.put(List.of("devices", "write"), "List sticks and disks; write to them, read back.");
    rows.put(List.of("inspect", "verify"), "Show what an image runs, and whether it is as made.");
    rows.put(List.of("check"), "Tells, from here, whether nodes could get a kernel.");
    rows.put(List.of("serve", "watch"), "Boot a network's nodes from here; wait for them.");
    rows.put(List.of("deploy", "bmc"), "Boot servers by their management controllers.");
    rows.put(List.of("keys", "sign"), "Make keys; sign files, also for Secure Boot.");
    rows.put(List.of("config", "core"), "Show settings and profiles; keep other iPXEs.");
    rows.put(List.of("schema", "completion", "man"), "Schemas of JSON; words for shells; manuals.");
    return rows;
  }

  /** Arranges the help of this command and all that are below it by now. */
  public static void arrange(CommandLine root, int columns, Paint paint) {
    HelpLayout layout =
        new HelpLayout(Math.max(Terminal.LEAST_COLUMNS, Math.min(columns, WIDEST)), paint);
    root.setHelpSectionKeys(SECTIONS);
    Map<String, CommandLine.IHelpSectionRenderer> sections = root.getHelpSectionMap();
    sections.put(SECTION_KEY_SYNOPSIS, layout::synopsis);
    sections.put(SECTION_KEY_DESCRIPTION, layout::description);
    sections.put(SECTION_KEY_OPTION_LIST, layout::options);
    sections.put(SECTION_KEY_COMMAND_LIST, layout::commands);
    sections.put(SECTION_KEY_FOOTER, layout::footer);
    sections.put(SECTION_KEY_EXIT_CODE_LIST, layout::exitCodes);
    root.setHelpSectionMap(sections);
    root.getCommandSpec().usageMessage().exitCodeList(ExitCode.MEANINGS);
  }

  /** What cannot be left out stands there by name. */
  private String synopsis(Help help) {
    CommandSpec spec = help.commandSpec();
    StringBuilder line = new StringBuilder("Usage: ").append(spec.qualifiedName());
    for (OptionSpec option : spec.options()) {
      if (text(option).contains("Required")) {
        line.append(' ').append(option.longestName()).append('=').append(option.paramLabel());
      }
    }
    line.append(" [OPTIONS]");
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      line.append(' ').append(label(argument));
    }
    if (!help.subcommands().isEmpty()) {
      line.append(" COMMAND");
    }
    return wrapped(line.toString());
  }

  private String description(Help help) {
    return wrapped(String.join(" ", help.commandSpec().usageMessage().description()));
  }

  private String options(Help help) {
    CommandSpec spec = help.commandSpec();
    if (spec.parent() == null) {
      return ""; // in the footer, in one line
    }
    Set<String> elsewhere = ELSEWHERE.getOrDefault(spec.name(), Set.of());
    List<OptionSpec> shown =
        spec.options().stream()
            .filter(option -> !option.hidden())
            .filter(option -> !EVERYWHERE.contains(option.longestName()))
            .filter(option -> !elsewhere.contains(option.longestName()))
            .sorted(Comparator.comparingInt(OptionSpec::order))
            .toList();
    List<HelpTable.Row> rows = new ArrayList<>();
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      rows.add(new HelpTable.Row(List.of(label(argument)), "", text(argument)));
    }
    boolean hasShort = shown.stream().anyMatch(option -> option.names().length > 1);
    for (OptionSpec option : shown) {
      String indent = hasShort && option.names().length == 1 ? "    " : "";
      rows.add(new HelpTable.Row(List.of(option.names()), indent, value(option), text(option)));
    }
    return table(rows);
  }

  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    String label = option.paramLabel();
    String split = option.splitRegex();
    return "=" + label + (split.isEmpty() ? "" : "[" + split + label + "...]");
  }

  private static String label(PositionalParamSpec argument) {
    String label = argument.paramLabel() + (argument.arity().max() > 1 ? "..." : "");
    return argument.arity().min() == 0 ? "[" + label + "]" : label;
  }

  private static String text(ArgSpec argument) {
    String text = String.join(" ", argument.description());
    boolean isSaid = !argument.required() || argument.isPositional() || text.contains("equired");
    return isSaid ? text : text + " Required.";
  }

  /** A line for each, with the first sentence of what it says of itself. */
  private String commands(Help help) {
    Map<String, Help> all = help.subcommands();
    List<HelpTable.Row> rows = new ArrayList<>();
    List<String> told = new ArrayList<>();
    all.forEach(
        (name, below) -> {
          if (told.contains(name) || below.commandSpec().usageMessage().hidden()) {
            return;
          }
          for (Map.Entry<List<String>, String> row : TOGETHER.entrySet()) {
            if (row.getKey().contains(name) && all.keySet().containsAll(row.getKey())) {
              told.addAll(row.getKey());
              rows.add(new HelpTable.Row(row.getKey(), "", row.getValue()));
              return;
            }
          }
          String text = String.join(" ", below.commandSpec().usageMessage().description());
          rows.add(new HelpTable.Row(List.of(name), "", text.replaceFirst("\\. .*$", ".")));
        });
    return table(rows);
  }

  private String footer(Help help) {
    StringBuilder out = new StringBuilder();
    for (String line : help.commandSpec().usageMessage().footer()) {
      out.append(wrapped(line));
    }
    return out.toString();
  }

  /** All in a few lines. */
  private String exitCodes(Help help) {
    Map<String, String> codes = help.commandSpec().usageMessage().exitCodeList();
    if (codes.isEmpty()) {
      return "";
    }
    return wrapped(
        codes.entrySet().stream()
            .map(code -> code.getKey() + " " + code.getValue())
            .collect(Collectors.joining("; ", "Exit codes: ", ".")));
  }

  /** picocli prints it as it is: colours are made here. */
  private String table(List<HelpTable.Row> rows) {
    return Shown.escaped(Shown.lines(new HelpTable(rows).shown(columns, paint)));
  }

  private String wrapped(String line) {
    return Wrapping.at(columns, line) + "\n";
  }
}
