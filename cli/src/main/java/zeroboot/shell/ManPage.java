package zeroboot.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import zeroboot.script.ZbootVersion;

/** The manual of one command, section 1, in the macros of man(7). */
public final class ManPage {
  private final CommandLine command;
  private final CommandSpec spec;
  private final Roff roff = new Roff();

  private ManPage(CommandLine command) {
    this.command = command;
    spec = command.getCommandSpec();
  }

  /** The pages of this command and all below it, by file name. */
  public static SortedMap<String, String> all(CommandLine root) {
    SortedMap<String, String> pages = new TreeMap<>();
    pages.put(name(root) + ".1", of(root));
    root.getSubcommands().values().stream()
        .filter(below -> !below.getCommandSpec().usageMessage().hidden())
        .forEach(below -> pages.putAll(all(below)));
    return pages;
  }

  /** The page of one command. */
  public static String of(CommandLine command) {
    return new ManPage(command).text();
  }

  /** {@code zboot-keys-new}. */
  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  private String text() {
    roff.title(name(command), ZbootVersion.date(), "zboot " + ZbootVersion.current());
    roff.section("Name");
    roff.name(name(command), uncapitalized(firstSentence()));
    synopsis();
    roff.section("Description");
    roff.paragraph(String.join(" ", spec.usageMessage().description()));
    HelpFooter.sentences(spec).forEach(roff::paragraph);
    arguments();
    commands();
    options("Options", spec.options().stream().filter(option -> !option.hidden()).toList());
    options("Further options", spec.options().stream().filter(OptionSpec::hidden).toList());
    exitStatus();
    surroundings();
    examples();
    seeAlso();
    return roff.toString();
  }

  private String firstSentence() {
    String text = String.join(" ", spec.usageMessage().description());
    return text.replaceFirst("\\.( .*)?$", "");
  }

  private static String uncapitalized(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private void synopsis() {
    roff.section("Synopsis");
    StringBuilder line = new StringBuilder(Roff.bold(spec.qualifiedName()));
    for (OptionSpec option : spec.options()) {
      if (option.required()) {
        line.append(' ').append(names(option));
      }
    }
    line.append(" [\\fIOPTIONS\\fR]");
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      String label = Roff.italic(argument.paramLabel());
      String many = argument.arity().max() > 1 ? "..." : "";
      line.append(argument.arity().min() == 0 ? " [" + label + "]" + many : " " + label + many);
    }
    if (!command.getSubcommands().isEmpty()) {
      line.append(" \\fICOMMAND\\fR");
    }
    roff.line(line.toString());
  }

  private void arguments() {
    if (spec.positionalParameters().isEmpty()) {
      return;
    }
    roff.section("Arguments");
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      roff.item(Roff.italic(argument.paramLabel()), String.join(" ", argument.description()));
    }
  }

  private void commands() {
    if (command.getSubcommands().isEmpty()) {
      return;
    }
    roff.section("Commands");
    for (CommandLine below : command.getSubcommands().values()) {
      CommandSpec each = below.getCommandSpec();
      if (!each.usageMessage().hidden()) {
        roff.item(
            "\\fB" + Roff.text(name(below)) + "\\fR(1)",
            String.join(" ", each.usageMessage().description()));
      }
    }
  }

  private void options(String section, List<OptionSpec> options) {
    if (options.isEmpty()) {
      return;
    }
    roff.section(section);
    for (OptionSpec option : options) {
      roff.item(names(option), String.join(" ", option.description()));
    }
  }

  private static String names(OptionSpec option) {
    String names =
        List.of(option.names()).stream().map(Roff::bold).collect(Collectors.joining(", "));
    if (option.arity().max() == 0) {
      return names;
    }
    return names
        + (option.longestName().startsWith("--") ? "=" : " ")
        + Roff.italic(option.paramLabel());
  }

  private void exitStatus() {
    roff.section("Exit status");
    spec.root()
        .usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> roff.item(Roff.bold(code), meaning));
  }

  private void surroundings() {
    List<Surrounding> variables = new ArrayList<>();
    List<Surrounding> files = new ArrayList<>();
    for (Surrounding each : Surrounding.values()) {
      if (each.matters(spec)) {
        (each.isFile() ? files : variables).add(each);
      }
    }
    for (var section : List.of(Map.entry("Files", files), Map.entry("Environment", variables))) {
      if (!section.getValue().isEmpty()) {
        roff.section(section.getKey());
        section.getValue().forEach(each -> roff.item(Roff.bold(each.shown()), each.meaning()));
      }
    }
  }

  private void examples() {
    List<HelpFooter.Line> examples =
        HelpFooter.lines(spec).stream().filter(line -> line.command().isPresent()).toList();
    if (examples.isEmpty()) {
      return;
    }
    roff.section("Examples");
    for (HelpFooter.Line example : examples) {
      roff.example(example.command().orElseThrow());
    }
  }

  private void seeAlso() {
    List<String> others = new ArrayList<>();
    if (spec.parent() != null) {
      others.add("\\fB" + Roff.text(spec.parent().qualifiedName("-")) + "\\fR(1)");
    }
    command.getSubcommands().values().stream()
        .filter(below -> !below.getCommandSpec().usageMessage().hidden())
        .forEach(below -> others.add("\\fB" + Roff.text(name(below)) + "\\fR(1)"));
    roff.section("See also");
    roff.line(String.join(",\n", others));
  }
}
