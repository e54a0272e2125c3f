package zeroboot.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The script for zsh: a function for each command, which calls zsh's {@code _arguments}. */
record ZshCompletion(CommandModel root) {
  String script() {
    StringBuilder out = new StringBuilder();
    out.append("#compdef zboot\n");
    out.append("# Completion of zboot for zsh. Made by: zboot completion zsh\n\n");
    out.append(ShellTexts.text("completion.zsh"));
    for (CommandModel command : root.all()) {
      out.append('\n').append(function(command)).append("() {\n");
      if (command.commands().isEmpty()) {
        leaf(out, command);
      } else {
        branch(out, command);
      }
      out.append("}\n");
    }
    // Loaded by zsh itself, or by hand: source <(zboot completion zsh)
    out.append("\nif [[ $funcstack[1] == _zboot ]]; then\n  _zboot \"$@\"\n");
    out.append("else\n  compdef _zboot zboot\nfi\n");
    return out.toString();
  }

  private static String function(CommandModel command) {
    return "_" + command.path().replace(' ', '_');
  }

  private void leaf(StringBuilder out, CommandModel command) {
    out.append("  _arguments -s -S");
    options(out, command);
    for (int i = 0; i < command.arguments().size(); i++) {
      CommandModel.Argument argument = command.arguments().get(i);
      String number = argument.isRepeated() ? "*" : Integer.toString(i + 1);
      line(out, quoted(number + ":" + value(argument.values())));
    }
    out.append('\n');
  }

  private void branch(StringBuilder out, CommandModel command) {
    if (command.equals(root)) {
      out.append("  local _zboot_program=$words[1]\n");
    }
    out.append("  local curcontext=$curcontext state line\n  typeset -A opt_args\n");
    out.append("  _arguments -C -S");
    options(out, command);
    line(out, "'1: :->command'");
    line(out, "'*:: :->below'");
    out.append("\n  case $state in\n    command)\n      local -a commands=(\n");
    for (CommandModel below : command.commands()) {
      out.append("        ").append(quoted(below.word() + ":" + below.description())).append('\n');
    }
    out.append("      )\n      _describe -t commands command commands\n      ;;\n    below)\n");
    out.append("      case $line[1] in\n");
    for (CommandModel below : command.commands()) {
      out.append("        ").append(below.word()).append(") ").append(function(below));
      out.append(" ;;\n");
    }
    out.append("      esac\n      ;;\n  esac\n");
  }

  private static void options(StringBuilder out, CommandModel command) {
    for (CommandModel.Option option : command.options()) {
      String others =
          option.isRepeatable()
              ? "'*'"
              : option.names().size() > 1 ? "'(" + String.join(" ", option.names()) + ")'" : "";
      String what =
          quoted(
              "["
                  + option.description().replace("]", "\\]")
                  + "]"
                  + option.values().map(values -> ":" + value(values)).orElse(""));
      boolean isValued = option.values().isPresent();
      List<String> names = new ArrayList<>();
      for (String name : option.names()) {
        names.add(name + (isValued ? name.startsWith("--") ? "=" : "+" : ""));
      }
      String all =
          names.size() == 1
              ? names.get(0)
              : names.stream().collect(Collectors.joining(",", "{", "}"));
      line(out, others + all + what);
    }
  }

  private static void line(StringBuilder out, String text) {
    out.append(" \\\n    ").append(text);
  }

  /** Message and action, as _arguments has them. */
  private static String value(Values values) {
    List<String> actions = new ArrayList<>();
    if (!values.words().isEmpty()) {
      String words = String.join(" ", values.words());
      actions.add(values.isList() ? "_values -s , word " + words : "(" + words + ")");
    }
    values.listed().forEach(kind -> actions.add("_zboot_ask " + kind.word()));
    if (values.has(Values.Kind.FILE)) {
      actions.add("_files");
    }
    if (values.has(Values.Kind.DIR)) {
      actions.add("_files -/");
    }
    String label = values.label().replace(":", "\\:");
    if (actions.size() < 2) {
      return label + ":" + (actions.isEmpty() ? "" : actions.get(0));
    }
    String alternatives =
        actions.stream()
            .map(
                action -> "\"" + action.replaceAll("\\W.*", "") + ":" + label + ":" + action + "\"")
            .collect(Collectors.joining(" "));
    // _arguments ends an action at a colon that has no backslash before it.
    return label + ":{_alternative " + alternatives.replace(":", "\\:") + "}";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
