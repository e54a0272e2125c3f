package zeroboot.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command as shells see it.
 *
 * @param path the words that lead to it: {@code zboot keys new}
 * @param description one line
 * @param options all of them, those too that {@code --help} leaves to a list
 * @param arguments in their order; the last may be {@linkplain Argument#isRepeated repeated}
 * @param commands below it
 */
record CommandModel(
    String path,
    String description,
    List<Option> options,
    List<Argument> arguments,
    List<CommandModel> commands) {

  /**
   * An option.
   *
   * @param names the same thing under several, the long one last
   * @param values empty for a switch
   */
  record Option(
      List<String> names, String description, Optional<Values> values, boolean isRepeatable) {}

  /** An argument without a name. */
  record Argument(Values values, boolean isRepeated) {}

  static CommandModel of(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    List<Option> options = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      options.add(
          new Option(
              List.of(option.names()),
              firstSentence(option.description()),
              option.arity().max() == 0
                  ? Optional.empty()
                  : Optional.of(Values.of(option, option.paramLabel())),
              option.isMultiValue()));
    }
    negated(spec)
        .forEach(
            (name, option) ->
                options.add(
                    new Option(List.of(name), "Not " + names(option), Optional.empty(), false)));
    List<Argument> arguments = new ArrayList<>();
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      String[] labels = argument.paramLabel().split(" ", -1);
      for (int i = 0; i < labels.length; i++) {
        boolean isLast = i == labels.length - 1;
        arguments.add(
            new Argument(Values.of(argument, labels[i]), isLast && argument.arity().max() > 1));
      }
    }
    List<CommandModel> commands = new ArrayList<>();
    command.getSubcommands().values().stream()
        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
        .forEach(each -> commands.add(of(each)));
    return new CommandModel(
        spec.qualifiedName(),
        firstSentence(spec.usageMessage().description()),
        List.copyOf(options),
        List.copyOf(arguments),
        List.copyOf(commands));
  }

  private static Map<String, OptionSpec> negated(CommandSpec spec) {
    return new LinkedHashMap<>(spec.negatedOptionsMap());
  }

  private static String names(OptionSpec option) {
    return option.longestName() + ".";
  }

  /** Lines of a terminal are short. */
  private static String firstSentence(String[] description) {
    String all = String.join(" ", description);
    int end = all.indexOf(". ");
    String sentence = end < 0 ? all : all.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  /** This command and all below it, each before those below it. */
  List<CommandModel> all() {
    List<CommandModel> all = new ArrayList<>(List.of(this));
    commands.forEach(command -> all.addAll(command.all()));
    return all;
  }

  /** The last word of its path. */
  String word() {
    return path.substring(path.lastIndexOf(' ') + 1);
  }
}
