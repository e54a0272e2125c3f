package zeroboot.cli.console;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Wrong usage in one line: what is wrong, and what to write instead. */
public final class UsageErrors {
  private static final String FARM_ID = "--farm-id";

  private UsageErrors() {}

  /** The line, without the program's name. */
  public static String text(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String said;
    if (e instanceof UnmatchedArgumentException unmatched) {
      said = unmatched(command, unmatched);
    } else if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      said = missing(missing.getMissing());
    } else {
      said = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
    }
    return said + "; see " + command.getCommandSpec().qualifiedName() + " --help";
  }

  private static String unmatched(CommandLine command, UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0);
    boolean option = word.startsWith("-");
    boolean commandExpected = !command.getSubcommands().isEmpty();
    if (option && commandExpected) {
      return "a command is missing in front of " + word;
    }
    if (option || commandExpected) {
      List<String> near = e.getSuggestions();
      String hint = near.isEmpty() ? "" : " (did you mean " + near.get(0) + "?)";
      return "there is no " + (option ? "option " : "command ") + word + hint;
    }
    OptionSpec farm = command.getCommandSpec().findOption(FARM_ID);
    boolean number = word.chars().allMatch(Character::isDigit);
    String hint = farm != null && number ? " (did you mean " + FARM_ID + " " + word + "?)" : "";
    return "'" + word + "' is one word too many" + hint;
  }

  private static String missing(List<ArgSpec> arguments) {
    ArgSpec first = arguments.get(0);
    if (arguments.size() == 1 && first instanceof OptionSpec option && !option.required()) {
      return option.longestName() + " needs a value: " + withValue(option);
    }
    return arguments.stream().map(UsageErrors::withValue).collect(Collectors.joining(" and "))
        + (arguments.size() == 1 ? " is missing" : " are missing");
  }

  private static String withValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }
}
