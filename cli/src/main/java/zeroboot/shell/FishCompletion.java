package zeroboot.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The script for fish: a line for each thing that can be typed, with the commands it goes with. */
record FishCompletion(CommandModel root) {
  String script() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (CommandModel command : root.all()) {
      for (CommandModel below : command.commands()) {
        add(lines, command, "-a " + below.word() + description(below.description()));
      }
      for (CommandModel.Option option : command.options()) {
        add(lines, command, option(option));
      }
    }
    StringBuilder out = new StringBuilder();
    out.append("# Completion of zboot for fish. Made by: zboot completion fish\n\n");
    words(out, "__zboot_commands", root.all().stream().map(CommandModel::path).distinct());
    words(
        out,
        "__zboot_valued",
        root.all().stream()
            .flatMap(command -> command.options().stream())
            .filter(option -> option.values().isPresent())
            .flatMap(option -> option.names().stream())
            .distinct());
    out.append(ShellTexts.text("completion.fish")).append('\n');
    lines.forEach(
        (line, paths) ->
            out.append("complete -c zboot -n '__zboot_at ")
                .append(String.join(" ", paths))
                .append("' ")
                .append(line)
                .append('\n'));
    for (CommandModel command : root.all()) {
      arguments(out, command);
    }
    return out.toString();
  }

  private static void words(StringBuilder out, String function, Stream<String> words) {
    out.append("function ").append(function).append("\n    string split -- , '");
    out.append(words.collect(Collectors.joining(","))).append("'\nend\n\n");
  }

  private static void add(Map<String, List<String>> lines, CommandModel at, String line) {
    lines.computeIfAbsent(line, l -> new ArrayList<>()).add("\"" + at.path() + "\"");
  }

  private static String option(CommandModel.Option option) {
    StringBuilder line = new StringBuilder();
    for (String name : option.names()) {
      line.append(line.isEmpty() ? "" : " ");
      line.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    option.values().ifPresent(values -> line.append(' ').append(value(values)));
    return line + description(option.description());
  }

  private static String value(Values values) {
    String offers = offers(values);
    return (values.has(Values.Kind.FILE) ? "-r -F" : "-x")
        + (offers.isEmpty() ? "" : " -a " + offers);
  }

  /** What -a takes; files come from fish itself. */
  private static String offers(Values values) {
    List<String> parts = new ArrayList<>();
    if (!values.words().isEmpty()) {
      String words = String.join(" ", values.words());
      parts.add(values.isList() ? "(__fish_append , " + words + ")" : words);
    }
    values.listed().forEach(kind -> parts.add("(__zboot_ask " + kind.word() + ")"));
    if (values.has(Values.Kind.DIR)) {
      parts.add("(__fish_complete_directories (commandline -ct))");
    }
    return parts.isEmpty() ? "" : quoted(String.join(" ", parts));
  }

  private static void arguments(StringBuilder out, CommandModel command) {
    List<CommandModel.Argument> arguments = command.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      Values values = arguments.get(i).values();
      String offers = offers(values);
      String number = arguments.get(i).isRepeated() ? i + " or more" : Integer.toString(i);
      out.append("complete -c zboot -n '__zboot_argument \"").append(command.path());
      out.append("\" ").append(number).append("'");
      out.append(values.has(Values.Kind.FILE) ? " -F" : "");
      out.append(offers.isEmpty() ? "" : " -a " + offers).append('\n');
    }
  }

  private static String description(String text) {
    return " -d " + quoted(text);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
