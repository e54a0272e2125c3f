package zeroboot.core;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;

/**
 * An iPXE core that zboot does not carry but knows: it was tried with every form of image, and its
 * package is told by its hash, so it may come from anywhere.
 */
public enum KnownCore {
  /** Takes ECDSA certificates and, in its UEFI file, has {@code ntp} and {@code syslog}. */
  IPXE_2_0_0(
      "2.0.0",
      "2.0.0+dfsg-5",
      "forky sid",
      "f0f2b3df949f3207e2ca5c1324d23d0ad94a968c3d53e18ed8ea57b12f24a4bb");

  private final String release;
  private final String version;
  private final String suites;
  private final String sha256;

  KnownCore(String release, String version, String suites, String sha256) {
    this.release = release;
    this.version = version;
    this.suites = suites;
    this.sha256 = sha256;
  }

  /** The core that {@code name} means: a release of iPXE or the version of its package. */
  public static Optional<KnownCore> of(String name) {
    return Arrays.stream(values())
        .filter(core -> name.equals(core.release) || name.equals(core.version))
        .findFirst();
  }

  /** The newest of them. */
  public static KnownCore newest() {
    return values()[values().length - 1];
  }

  /** iPXE's own release, {@code 2.0.0}: enough for {@code --core}. */
  public String release() {
    return release;
  }

  /** The version of Debian's package, which iPXE prints too: {@code 2.0.0+dfsg-5}. */
  public String version() {
    return version;
  }

  /** The suites of Debian that have it, the one that keeps it longest first. */
  public List<String> suites() {
    return List.of(suites.split(" ", -1));
  }

  /**
   * The core in a package that somebody fetched.
   *
   * @throws ZbootException (settings) if {@code deb} is not the known package, to the byte
   */
  public IpxeCore read(Path deb) {
    String found = CoreReader.packageSha256(deb);
    if (!found.equals(sha256)) {
      throw ZbootException.settings(
          "ipxe " + version,
          "what was fetched has SHA-256 " + found + ", not " + sha256,
          "nothing was kept; a mirror that gives another file under this name is not to be"
              + " trusted");
    }
    return CoreReader.readPackage(deb, origin());
  }

  /** The core of a package with this SHA-256. */
  static Optional<KnownCore> ofPackage(String sha256) {
    return Arrays.stream(values()).filter(core -> core.sha256.equals(sha256)).findFirst();
  }

  /** What receipts call it. */
  String origin() {
    return "Debian ipxe " + version;
  }
}
