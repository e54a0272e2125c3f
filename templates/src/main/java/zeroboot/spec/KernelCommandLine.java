package zeroboot.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Zero-OS is told when it starts.
 *
 * @param arguments in the order in which they will stand
 */
public record KernelCommandLine(List<KernelArgument> arguments) {
  /** COMMAND_LINE_SIZE of Linux on x86 is 2048 with the closing zero (asm/setup.h). */
  private static final int MAX_LENGTH = 2047;

  private static final Set<String> ZBOOT_SETS = Set.of("farmer_id", "runmode", "version");

  /** Linux and Zero-OS read these as lists. */
  private static final Set<String> REPEATABLE =
      Set.of("console", "earlyprintk", "substrate", "relay", "activation");

  /** Zero-OS's own bootstrap gives these to every node; a user's word of the same key wins. */
  private static final List<KernelArgument> DEFAULTS =
      List.of(new KernelArgument("nomodeset"), new KernelArgument("panic=7200"));

  /** Refuses a key given twice and a line that Linux would cut. */
  public KernelCommandLine {
    arguments = List.copyOf(arguments);
    Set<String> seen = new HashSet<>();
    for (KernelArgument argument : arguments) {
      if (!seen.add(argument.key()) && !REPEATABLE.contains(argument.key())) {
        throw ZbootException.settings(
            "kernel argument '" + argument + "'",
            "the key '"
                + argument.key()
                + "' is given twice, and the node's readers disagree on which counts",
            "give it once");
      }
    }
    int length = text(arguments).length();
    if (length > MAX_LENGTH) {
      throw ZbootException.settings(
          "kernel command line",
          "has " + length + " characters, Linux reads " + MAX_LENGTH,
          "give fewer or shorter kernel arguments");
    }
  }

  /** The line for a farm's node on a network, with the user's own words at the end. */
  public static KernelCommandLine of(FarmId farmId, GridNetwork network, List<KernelArgument> own) {
    for (KernelArgument argument : own) {
      if (ZBOOT_SETS.contains(argument.key())) {
        throw ZbootException.settings(
            "kernel argument '" + argument + "'",
            "zboot sets '" + argument.key() + "' itself",
            "use --farm-id and --network instead");
      }
    }
    Set<String> ownKeys = own.stream().map(KernelArgument::key).collect(Collectors.toSet());
    List<KernelArgument> all = new ArrayList<>();
    all.add(KernelArgument.of("farmer_id", farmId));
    all.add(KernelArgument.of("runmode", network.runMode()));
    all.add(KernelArgument.of("version", "v3"));
    DEFAULTS.stream().filter(word -> !ownKeys.contains(word.key())).forEach(all::add);
    all.addAll(own);
    return new KernelCommandLine(all);
  }

  /** The line, words joined by single spaces. */
  public String text() {
    return text(arguments);
  }

  private static String text(List<KernelArgument> arguments) {
    return arguments.stream().map(KernelArgument::word).collect(Collectors.joining(" "));
  }
}
