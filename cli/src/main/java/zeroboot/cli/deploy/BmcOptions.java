package zeroboot.cli.deploy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.bmc.Which;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.bmc.link.BmcTrust;
import zeroboot.bmc.link.Login;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;
import zeroboot.profile.BmcSettings;

/** Who logs in to controllers, and who vouches for them. */
final class BmcOptions {
  @Option(
      names = "--bmc-user",
      paramLabel = "NAME",
      description = "Log in as this user; else as the profile says.")
  @Nullable String user;

  @Option(
      names = "--bmc-password-file",
      paramLabel = "FILE",
      description = "Its first line is the password.")
  @Nullable Path passwordFile;

  @Option(
      names = "--bmc-ca",
      paramLabel = "FILE",
      description = "Believe controllers that this authority vouches for.")
  @Nullable Path authority;

  @Option(
      names = "--trust-new",
      description = "Pin certificates of controllers never seen before without asking.")
  boolean trustNew;

  BmcTrust trust() {
    return authority == null
        ? BmcTrust.PINS
        : BmcTrust.authority(authority.toString(), BoundedReader.file(authority, InputKind.KEY));
  }

  BmcPasswords passwords(Map<String, String> environment, @Nullable Path profile) {
    Path folder = profile == null ? null : profile.toAbsolutePath().getParent();
    return new BmcPasswords(environment, passwordFile, folder);
  }

  /** The access that these settings and the options come to. */
  Access access(String name, BmcSettings settings, String origin, BmcPasswords passwords) {
    String address =
        settings
            .get(BmcSettings.ADDRESS)
            .orElseThrow(
                () ->
                    ZbootException.settings(
                        origin,
                        "the node " + name + " has no management controller",
                        "add a line like bmc: 192.0.2.7"));
    String place = placed(settings, BmcSettings.ADDRESS, origin);
    BmcAddress where = BmcAddress.parse(place + ": bmc of " + name, address);
    String who =
        Optional.ofNullable(user)
            .or(() -> settings.get(BmcSettings.USER))
            .orElseThrow(
                () ->
                    ZbootException.settings(
                        origin,
                        "nobody is said to log in to the controller of " + name,
                        "add user: under bmc: in the profile, or --bmc-user"));
    return new Access(
        name,
        where,
        new Which(settings.get(BmcSettings.SYSTEM), settings.get(BmcSettings.MANAGER)),
        new Login(who, passwords.of(settings, who)),
        settings
            .get(BmcSettings.FINGERPRINT)
            .map(text -> text.replace(":", "").toLowerCase(Locale.ROOT)),
        settings.get(BmcSettings.FINGERPRINT).isPresent());
  }

  private static String placed(BmcSettings settings, String key, String otherwise) {
    BmcSettings.Value value = settings.values().get(key);
    return value == null ? otherwise : value.origin();
  }
}
