package zeroboot.core;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.spec.BootPath;

/**
 * The one certificate that iPXE trusts when it fetches over HTTPS. Its UEFI file holds the SHA-256
 * of it as it is; the BIOS file has it in its packed part.
 *
 * @param sha256 of the certificate's DER form, lower-case hexadecimal
 */
public record TrustRoot(String sha256) {
  /** What every build trusts that was not told otherwise. */
  public static final TrustRoot IPXE = new TrustRoot(IpxeRoot.SHA256);

  /** How many of it a core holds. */
  public static final int BYTES = 32;

  /** What 32 other bytes may do to the length of a packed file. */
  private static final int LARGEST_CHANGE = 512;

  /** Refuses anything but 64 hexadecimal digits. */
  public TrustRoot {
    if (!Sha256.isHex(sha256)) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + sha256);
    }
  }

  /** What the UEFI file of {@code core} trusts; the BIOS file does as well, or is not of it. */
  public static Optional<TrustRoot> of(IpxeCore core) {
    Optional<TrustRoot> known = core.file(BootPath.UEFI_X64).knownRootSha256().map(TrustRoot::new);
    return known.isPresent() ? known : of(BootPath.UEFI_X64, core.efi());
  }

  /**
   * What a core's file trusts; empty if it was built to trust something else.
   *
   * @param file an iPXE without signature
   */
  public static Optional<TrustRoot> of(BootPath path, byte[] file) {
    IpxeCore bundled = BundledCore.load();
    if (Arrays.equals(bundled.file(path).bytes(), file)) {
      return bundled.file(path).knownRootSha256().map(TrustRoot::new);
    }
    return open(path, file)
        .filter(open -> IpxeRoot.find(open, 0) >= 0)
        .map(open -> IPXE)
        .or(() -> inPlaceOfIpxes(bundled, path, file));
  }

  /**
   * What {@code file} trusts, if it is the file of {@code core} for that way with another root in
   * it and nothing else changed: what {@link #in} makes.
   *
   * @param file an iPXE without signature
   */
  public static Optional<TrustRoot> inPlaceOfIpxes(IpxeCore core, BootPath path, byte[] file) {
    byte[] known = core.file(path).bytes();
    if (Math.abs(known.length - file.length) > LARGEST_CHANGE) {
      return Optional.empty();
    }
    return open(path, file)
        .flatMap(open -> open(path, known).flatMap(original -> inPlaceOfIpxes(original, open)));
  }

  private static Optional<TrustRoot> inPlaceOfIpxes(byte[] original, byte[] changed) {
    int at = IpxeRoot.find(original, 0);
    return at >= 0 && isAllThatDiffers(at, original, changed)
        ? Optional.of(new TrustRoot(HexFormat.of().formatHex(changed, at, at + BYTES)))
        : Optional.empty();
  }

  /** Whether two unpacked cores are the same but for the bytes of a root at this place. */
  public static boolean isAllThatDiffers(int at, byte[] one, byte[] other) {
    return one.length == other.length
        && Arrays.equals(one, 0, at, other, 0, at)
        && Arrays.equals(one, at + BYTES, one.length, other, at + BYTES, other.length);
  }

  /** What is under the packing of a file; empty if it is packed in a way that is not known. */
  private static Optional<byte[]> open(BootPath path, byte[] file) {
    if (path == BootPath.UEFI_X64) {
      return Optional.of(file);
    }
    try {
      return Optional.of(LkrnFile.read("BIOS file", file).plain());
    } catch (ZbootException e) {
      return Optional.empty();
    }
  }

  /**
   * The core with this root instead of iPXE's own, in all its files.
   *
   * @throws ZbootException (settings) if the place is not there exactly once, or a file is not
   *     exactly as the builds that are known
   */
  public IpxeCore in(IpxeCore core) {
    int at = IpxeRoot.find(core.efi(), 0);
    if (at < 0 || IpxeRoot.find(core.efi(), at + 1) >= 0) {
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
    System.arraycopy(bytes(), 0, efi, at, BYTES);
    RootBlock block =
        BundledCore.rootBlock(core).orElseGet(() -> RootBlock.of(core.origin(), core.lkrn()));
    byte[] lkrn = block.with(core.origin(), core.lkrn(), bytes());
    return core.with(Map.of(BootPath.BIOS, lkrn, BootPath.UEFI_X64, efi));
  }

  private byte[] bytes() {
    return HexFormat.of().parseHex(sha256);
  }

  /** Where a UEFI file holds the fingerprint of iPXE's own root; empty if nowhere. */
  public static OptionalInt at(byte[] efi) {
    int at = IpxeRoot.find(efi, 0);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
  }

  /** Whether all files of a core trust iPXE's own root. */
  static boolean isIpxes(IpxeCore core) {
    return Stream.of(BootPath.values())
        .allMatch(
            path ->
                open(path, core.file(path).bytes())
                    .filter(open -> IpxeRoot.find(open, 0) >= 0)
                    .isPresent());
  }

  /** Whether a UEFI file trusts iPXE's own root. */
  static boolean isIpxes(byte[] efi) {
    return IpxeRoot.find(efi, 0) >= 0;
  }
}
