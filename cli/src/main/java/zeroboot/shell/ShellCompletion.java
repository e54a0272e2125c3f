package zeroboot.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** A shell that completes what is typed. */
public enum ShellCompletion {
  /** GNU Bash, 4.3 or newer. */
  BASH("zboot"),
  /** The Z shell. */
  ZSH("_zboot"),
  /** fish, 3.0 or newer. */
  FISH("zboot.fish");

  private final String file;

  ShellCompletion(String file) {
    this.file = file;
  }

  /** The shell of this name. */
  public static Optional<ShellCompletion> of(String word) {
    return Arrays.stream(values()).filter(shell -> shell.word().equals(word)).findFirst();
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ShellCompletion::word).toList();
  }

  /** Its name as people type it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the script has to be called where the shell looks for it by itself. */
  public String file() {
    return file;
  }

  /** The script, for this command and all below it. */
  public String script(CommandLine root) {
    CommandModel model = CommandModel.of(root);
    return switch (this) {
      case BASH -> new BashCompletion(model).script();
      case ZSH -> new ZshCompletion(model).script();
      case FISH -> new FishCompletion(model).script();
    };
  }
}
