package zeroboot.cli.console;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How {@code --help} looks: every command on a screen of 80 by 24, the usual first. What does not
 * fit is in the manual and in {@code zboot config list}.
 */
public final class HelpLayout {
  /** picocli does not go below. */
  private static final int NARROWEST = 55;

  /** Longer lines are hard to read. */
  private static final int WIDEST = 100;

  /** Options of every command; the help of zboot itself tells them. */
  private static final Set<String> EVERYWHERE = Set.of("--version", "--debug", Paint.OPTION);

  /** What these commands leave to the help of zboot usb. */
  private static final Map<String, Set<String>> ELSEWHERE =
      Map.of(
          "netboot",
          Set.of("--on-failure", "--kernel-url", "--node", "--core", "--trust-root"),
          "serve",
          Set.of(
              "--on-failure",
              "--kernel-url",
              "--node",
              "--core",
              "--trust-root",
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

  /** Commands for setting zboot up; the footer names them. */
  private static final Set<String> HELPERS =
      Set.of("config", "core", "watch", "schema", "completion", "man");

  private static final List<String> SECTIONS =
      List.of(
          SECTION_KEY_SYNOPSIS_HEADING,
          SECTION_KEY_SYNOPSIS,
          SECTION_KEY_DESCRIPTION,
          SECTION_KEY_PARAMETER_LIST,
          SECTION_KEY_OPTION_LIST,
          SECTION_KEY_COMMAND_LIST,
          SECTION_KEY_FOOTER,
          SECTION_KEY_EXIT_CODE_LIST);

  private HelpLayout() {}

  /** Arranges the help of this command and all that are below it by now. */
  public static void arrange(CommandLine root, int columns, Paint paint) {
    root.setUsageHelpAutoWidth(false);
    root.setUsageHelpWidth(Math.max(NARROWEST, Math.min(columns, WIDEST)));
    root.setColorScheme(Help.defaultColorScheme(paint.isColoured() ? Help.Ansi.ON : Help.Ansi.OFF));
    root.setHelpSectionKeys(SECTIONS);
    Map<String, CommandLine.IHelpSectionRenderer> sections = root.getHelpSectionMap();
    sections.put(SECTION_KEY_OPTION_LIST, HelpLayout::options);
    sections.put(SECTION_KEY_COMMAND_LIST, HelpLayout::commands);
    sections.put(SECTION_KEY_EXIT_CODE_LIST, HelpLayout::exitCodes);
    root.setHelpSectionMap(sections);
    root.getCommandSpec().usageMessage().exitCodeList(ExitCode.MEANINGS);
    arrange(root);
  }

  private static void arrange(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.usageMessage().sortOptions(false).abbreviateSynopsis(true);
    command.getSubcommands().values().forEach(HelpLayout::arrange);
  }

  private static String options(Help help) {
    CommandSpec spec = help.commandSpec();
    if (spec.parent() == null) {
      return ""; // in the footer, in one line
    }
    Set<String> elsewhere = ELSEWHERE.getOrDefault(spec.name(), Set.of());
    List<OptionSpec> shown =
        spec.options().stream()
            .filter(option -> !option.hidden())
            .filter(option -> !EVERYWHERE.contains(option.longestName()))
            .filter(option -> !isAside(spec, option))
            .filter(option -> !elsewhere.contains(option.longestName()))
            .toList();
    return help.optionListExcludingGroups(shown);
  }

  /** Of use to scripts, and in the manual; a write is the one that says much. */
  private static boolean isAside(CommandSpec spec, OptionSpec option) {
    return option.longestName().equals(QuietOption.NAME) && !spec.name().equals("write");
  }

  /** A line for each, with the first sentence of what it says of itself. */
  private static String commands(Help help) {
    StringBuilder out = new StringBuilder();
    int columns = help.commandSpec().usageMessage().width();
    Map<String, Help> shown = new LinkedHashMap<>(help.subcommands());
    shown.keySet().removeAll(HELPERS);
    int indent = shown.keySet().stream().mapToInt(String::length).max().orElse(0) + 4;
    shown.forEach(
        (name, below) -> {
          String all = String.join(" ", below.commandSpec().usageMessage().description());
          String sentence = all.replaceFirst("\\. .*$", ".");
          String blank = " ".repeat(indent);
          String text = wrapped(sentence, columns - indent).indent(indent);
          out.append("  ").append(help.colorScheme().commandText(name));
          out.append(blank, name.length() + 2, indent);
          out.append(text, indent, text.length());
        });
    return out.toString();
  }

  /** All in a few lines. */
  private static String exitCodes(Help help) {
    Map<String, String> codes = help.commandSpec().usageMessage().exitCodeList();
    if (codes.isEmpty()) {
      return "";
    }
    String all =
        codes.entrySet().stream()
            .map(code -> code.getKey() + " " + code.getValue())
            .collect(Collectors.joining("; ", "Exit codes: ", "."));
    return wrapped(all, help.commandSpec().usageMessage().width());
  }

  /** Lines of at most so many columns, each with its end. */
  public static String wrapped(String text, int columns) {
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
        out.append(line).append(System.lineSeparator());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    return out.append(line).append(System.lineSeparator()).toString();
  }
}
