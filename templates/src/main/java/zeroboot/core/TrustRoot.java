package zeroboot.core;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.spec.BootPath;

/**
 * The one certificate that iPXE trusts when it fetches over HTTPS. Its UEFI file holds the SHA-256
 * of it; the BIOS file holds it too, but compressed, where it cannot be replaced.
 *
 * @param sha256 of the certificate's DER form, lower-case hexadecimal
 */
public record TrustRoot(String sha256) {
  /** "iPXE root CA", which every build trusts that was not told otherwise. */
  public static final TrustRoot IPXE =
      new TrustRoot("9faf717b7f8ca2f93c256c79f8ac5591895d66d1ff3bee6397a70d29c65eed1a");

  private static final int BYTES = 32;

  /** Refuses anything but 64 hexadecimal digits. */
  public TrustRoot {
    if (!Sha256.isHex(sha256)) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + sha256);
    }
  }

  /** What the UEFI file of {@code core} trusts. */
  public static Optional<TrustRoot> of(IpxeCore core) {
    Optional<TrustRoot> known = core.file(BootPath.UEFI_X64).knownRootSha256().map(TrustRoot::new);
    return known.isPresent() ? known : of(core.efi());
  }

  /**
   * What a UEFI file trusts; empty if it was built to trust something else.
   *
   * @param efi an iPXE without signature
   */
  public static Optional<TrustRoot> of(byte[] efi) {
    return find(efi, 0) >= 0 ? Optional.of(IPXE) : inPlaceOfIpxes(BundledCore.load(), efi);
  }

  /**
   * What {@code efi} trusts, if it is the UEFI file of {@code core} with another root in it and
   * nothing else changed: what {@link #in} makes.
   *
   * @param efi an iPXE without signature
   */
  public static Optional<TrustRoot> inPlaceOfIpxes(IpxeCore core, byte[] efi) {
    int at = efi.length == core.efi().length ? find(core.efi(), 0) : -1;
    boolean same =
        at >= 0
            && Arrays.equals(efi, 0, at, core.efi(), 0, at)
            && Arrays.equals(
                efi, at + BYTES, efi.length, core.efi(), at + BYTES, core.efi().length);
    return same
        ? Optional.of(new TrustRoot(HexFormat.of().formatHex(efi, at, at + BYTES)))
        : Optional.empty();
  }

  /**
   * The core with this root instead of iPXE's own. The BIOS half stays as it is.
   *
   * @throws ZbootException (settings) if the place is not there exactly once
   */
  public IpxeCore in(IpxeCore core) {
    int at = find(core.efi(), 0);
    if (at < 0 || find(core.efi(), at + 1) >= 0) {
      throw ZbootException.settings(
          core.origin(),
          "this iPXE does not hold the fingerprint of iPXE's own root certificate exactly once",
          "leave --core out, or build that iPXE with TRUST=FILE");
    }
    if (CoreCheck.trustsFirmwareAlways(core.efi())) {
      throw ZbootException.settings(
          core.origin(),
          "this iPXE also trusts what the machine's firmware trusts, and has no certfree command",
          "leave --core out, or bring one with that command");
    }
    byte[] efi = core.efi().clone();
    System.arraycopy(HexFormat.of().parseHex(sha256), 0, efi, at, BYTES);
    return core.withEfi(efi);
  }

  /** Where a UEFI file holds the fingerprint of iPXE's own root; empty if nowhere. */
  public static OptionalInt at(byte[] efi) {
    int at = find(efi, 0);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
  }

  /** Whether a UEFI file trusts iPXE's own root. */
  static boolean isIpxes(byte[] efi) {
    return CoreCheck.holds(efi, HexFormat.of().parseHex(IPXE.sha256));
  }

  private static int find(byte[] efi, int from) {
    byte[] wanted = HexFormat.of().parseHex(IPXE.sha256);
    for (int i = from; i <= efi.length - BYTES; i++) {
      if (efi[i] == wanted[0] && Arrays.equals(efi, i, i + BYTES, wanted, 0, BYTES)) {
        return i;
      }
    }
    return -1;
  }
}
