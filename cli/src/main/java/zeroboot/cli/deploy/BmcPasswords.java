package zeroboot.cli.deploy;

import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.bmc.link.Secret;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;
import zeroboot.profile.BmcSettings;
import zeroboot.signing.keys.KeyRights;

/**
 * Where passwords of controllers come from: a file, the environment, or whoever sits at the
 * terminal, once for each user. Never an argument or a profile.
 */
final class BmcPasswords {
  /** Where no profile says another. */
  static final String VARIABLE = "ZBOOT_BMC_PASSWORD";

  private final Map<String, String> environment;
  private final @Nullable Path given;
  private final @Nullable Path folder;
  private final Map<String, Secret> known = new HashMap<>();

  /**
   * Of one run.
   *
   * @param given by an option; wins
   * @param folder that the profile is in; its files are named from there
   */
  BmcPasswords(Map<String, String> environment, @Nullable Path given, @Nullable Path folder) {
    this.environment = environment;
    this.given = given;
    this.folder = folder;
  }

  Secret of(BmcSettings settings, String user) {
    if (given != null) {
      return known.computeIfAbsent("file " + given, k -> firstLine(given));
    }
    Optional<String> file = settings.get(BmcSettings.PASSWORD_FILE);
    if (file.isPresent()) {
      Path path = folder == null ? Path.of(file.get()) : folder.resolve(file.get());
      return known.computeIfAbsent("file " + path, k -> firstLine(path));
    }
    Optional<String> variable = settings.get(BmcSettings.PASSWORD_VARIABLE);
    String name = variable.orElse(VARIABLE);
    String value = environment.get(name);
    if (value != null) {
      return filled("the environment's " + name, value);
    }
    if (variable.isPresent()) {
      throw ZbootException.usage(
          BmcSettings.KEY + " " + BmcSettings.PASSWORD_VARIABLE,
          "the environment has no " + name,
          "set it, or name a file with password-file");
    }
    return known.computeIfAbsent("user " + user, k -> ask(user));
  }

  @SuppressWarnings("SystemConsoleNull") // from Java 22 on it is not null, but readPassword is
  private static Secret ask(String user) {
    Console console = System.console();
    char[] typed =
        console == null
            ? null
            : console.readPassword("Password of %s at the management controllers: ", user);
    if (typed == null) {
      throw ZbootException.usage(
          "password of '" + user + "'",
          "is missing, and there is no terminal to ask at",
          "name a file with password-file in the profile or --bmc-password-file, or set "
              + VARIABLE);
    }
    return filled("password of '" + user + "'", new String(typed));
  }

  private static Secret filled(String where, String value) {
    if (value.isEmpty()) {
      throw ZbootException.settings(where, "is empty", "give the password");
    }
    return new Secret(value);
  }

  private static Secret firstLine(Path file) {
    byte[] bytes = BoundedReader.file(file, InputKind.PASSWORD);
    KeyRights.require(file, "the password");
    return filled(
        file.toString(), new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse(""));
  }
}
