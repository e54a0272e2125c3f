package zeroboot.cli.keys;

import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;
import zeroboot.signing.keys.KeyRights;

/**
 * Where passwords of keys come from: a file, the environment, or whoever sits at the terminal.
 * Never an argument, which every user of the machine can see.
 */
final class PasswordOption {
  /** The environment variable. */
  static final String VARIABLE = "ZBOOT_KEY_PASSWORD";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Its first line opens keys; else asked for.")
  @Nullable Path file;

  private final Map<String, String> environment;

  PasswordOption(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The password of what is named in the prompt; a fresh array that the caller clears. */
  char[] password(String what) {
    char[] known = unasked();
    return known != null ? known : ask("Password of " + what + ": ");
  }

  /** Whether nobody at a terminal need be asked. */
  boolean isKnown() {
    return file != null || environment.get(VARIABLE) != null;
  }

  /** A password for new keys: asked twice, if asked. */
  char[] newPassword() {
    char[] known = unasked();
    if (known == null) {
      known = ask("New password for the keys: ");
      char[] again = ask("The same again: ");
      boolean same = Arrays.equals(known, again);
      Arrays.fill(again, '\0');
      if (!same) {
        throw ZbootException.usage("password", "the two are not the same", "try again");
      }
    }
    if (known.length == 0) {
      throw ZbootException.usage("password", "is empty", "give one: keys are not kept without");
    }
    return known;
  }

  private char @Nullable [] unasked() {
    if (file != null) {
      return firstLine(file);
    }
    String variable = environment.get(VARIABLE);
    return variable == null ? null : variable.toCharArray();
  }

  @SuppressWarnings("SystemConsoleNull") // from Java 22 on it is not null, but readPassword is
  private static char[] ask(String prompt) {
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("%s", prompt);
    if (typed == null) {
      throw ZbootException.usage(
          "password",
          "is missing, and there is no terminal to ask at",
          "give --password-file FILE or set " + VARIABLE);
    }
    return typed;
  }

  private static char[] firstLine(Path file) {
    byte[] bytes = BoundedReader.file(file, InputKind.PASSWORD);
    KeyRights.require(file, "the password");
    return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("").toCharArray();
  }
}
