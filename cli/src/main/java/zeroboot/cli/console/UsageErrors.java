package zeroboot.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import zeroboot.ground.Spelling;

/** Wrong usage in one line: what is wrong, and what to write instead. */
public final class UsageErrors {
  private static final String FARM_ID = "--farm-id";

  private UsageErrors() {}

  /**
   * The line, without the program's name.
   *
   * @param hints as {@link Streams#hints} has them
   */
  public static String text(ParameterException e, UnaryOperator<String> hints) {
    CommandLine command = e.getCommandLine();
    String said;
    if (e instanceof UnmatchedArgumentException unmatched) {
      said = unmatched(command, unmatched);
    } else if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      said = missing(missing.getMissing());
    } else {
      said = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
    }
    return said + "; see " + hints.apply(command.getCommandSpec().qualifiedName() + " --help");
  }

  private static String unmatched(CommandLine command, UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0);
    String dashed = withDashes(word);
    boolean option = dashed.startsWith("-");
    boolean commandExpected = !command.getSubcommands().isEmpty();
    OptionSpec farm = command.getCommandSpec().findOption(FARM_ID);
    boolean number = word.chars().allMatch(Character::isDigit);
    if (option && commandExpected) {
      boolean isFarm = dashed.equals(FARM_ID) || dashed.startsWith(FARM_ID + "=");
      return "a command is missing in front of " + word + (isFarm ? ", like iso" : "");
    }
    if (option) {
      return "there is no option " + word + didYouMean(meantOption(command, dashed));
    }
    if (word.equals("zboot") || word.endsWith("/zboot")) {
      return word + " is there twice: once is enough";
    }
    if (commandExpected) {
      boolean isRoot = command.getCommandSpec().parent() == null;
      return "there is no command "
          + word
          + didYouMean(
              number && isRoot
                  ? Optional.of("iso " + FARM_ID + " " + word)
                  : Spelling.nearest(lower(word), List.copyOf(command.getSubcommands().keySet())));
    }
    return "'"
        + word
        + "' is one word too many"
        + (farm != null && number ? didYouMean(Optional.of(FARM_ID + " " + word)) : "");
  }

  /** Word processors and web pages make dashes of two hyphens. */
  private static String withDashes(String word) {
    return word.replaceFirst("^[\\u2010-\\u2015\\u2212-]+(?=\\p{L})", "--");
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  private static String didYouMean(Optional<String> meant) {
    return meant.map(near -> " (did you mean " + near + "?)").orElse("");
  }

  /** Among all that there are; a value behind the name stays where it is. */
  private static Optional<String> meantOption(CommandLine command, String word) {
    int end = word.indexOf('=');
    String name = lower(end < 0 ? word : word.substring(0, end));
    CommandSpec spec = command.getCommandSpec();
    List<String> names = new ArrayList<>(spec.optionsMap().keySet());
    names.addAll(spec.negatedOptionsMap().keySet());
    names.removeIf(each -> !each.startsWith("--"));
    return names.contains(name) ? Optional.of(name) : Spelling.nearest(name, names);
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
