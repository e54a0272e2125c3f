package zeroboot.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The script for bash: what follows from the model in tables, and fixed functions that use them.
 */
record BashCompletion(CommandModel root) {
  String script() {
    StringBuilder out = new StringBuilder();
    out.append("# Completion of zboot for bash 4.3 or newer. Made by: zboot completion bash\n\n");
    tables(out);
    arguments(out);
    values(out);
    out.append(ShellTexts.text("completion.bash"));
    return out.toString();
  }

  private void tables(StringBuilder out) {
    out.append(
        "# Sets commands, options and valued (those that take a value) of the command $1.\n");
    out.append("_zboot_table() {\n  case $1 in\n");
    for (CommandModel command : root.all()) {
      out.append("    '").append(command.path()).append("')\n");
      String below =
          command.commands().stream().map(CommandModel::word).collect(Collectors.joining(" "));
      assign(out, "commands", below);
      assign(out, "options", names(command.options().stream()));
      assign(out, "valued", names(command.options().stream().filter(o -> o.values().isPresent())));
      out.append("      ;;\n");
    }
    out.append("  esac\n}\n\n");
  }

  private static void assign(StringBuilder out, String name, String words) {
    out.append("      ").append(name).append("='").append(words).append("'\n");
  }

  private static String names(Stream<CommandModel.Option> options) {
    return options.flatMap(option -> option.names().stream()).collect(Collectors.joining(" "));
  }

  private void arguments(StringBuilder out) {
    out.append("# Completes argument number $2 (from 0) of the command $1.\n");
    out.append("_zboot_argument() {\n  case \"$1 $2\" in\n");
    for (CommandModel command : root.all()) {
      List<CommandModel.Argument> arguments = command.arguments();
      for (int i = 0; i < arguments.size(); i++) {
        String number = arguments.get(i).isRepeated() ? "'*" : i + "'";
        out.append("    '").append(command.path()).append(' ').append(number);
        out.append(") ").append(call(arguments.get(i).values())).append(" ;;\n");
      }
    }
    out.append("  esac\n}\n\n");
  }

  /** An option that means the same everywhere has one line; others name their commands first. */
  private void values(StringBuilder out) {
    Map<String, String> usual = new LinkedHashMap<>();
    List<String> special = new ArrayList<>();
    for (CommandModel command : root.all()) {
      for (CommandModel.Option option : command.options()) {
        if (option.values().isEmpty()) {
          continue;
        }
        String call = call(option.values().get());
        for (String name : option.names()) {
          if (!usual.computeIfAbsent(name, n -> call).equals(call)) {
            special.add("    '" + command.path() + " " + name + "') " + call + " ;;\n");
          }
        }
      }
    }
    out.append("# Completes the value of the option $2 of the command $1.\n");
    out.append("_zboot_value() {\n  case \"$1 $2\" in\n");
    special.forEach(out::append);
    usual.forEach((name, call) -> out.append("    *' " + name + "') " + call + " ;;\n"));
    out.append("  esac\n}\n\n");
  }

  private static String call(Values values) {
    List<String> words = new ArrayList<>(values.words());
    StringBuilder call = new StringBuilder();
    if (!words.isEmpty()) {
      call.append(values.isList() ? "_zboot_list " : "_zboot_words ");
      call.append(String.join(" ", words));
    }
    for (Values.Kind kind : values.listed()) {
      call.append(call.isEmpty() ? "" : "; ").append("_zboot_ask ").append(kind.word());
    }
    if (values.has(Values.Kind.FILE)) {
      call.append(call.isEmpty() ? "" : "; ").append("_zboot_files default");
    } else if (values.has(Values.Kind.DIR)) {
      call.append(call.isEmpty() ? "" : "; ").append("_zboot_files dirnames");
    }
    return call.isEmpty() ? ":" : call.toString();
  }
}
