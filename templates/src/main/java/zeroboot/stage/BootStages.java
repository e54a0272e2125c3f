package zeroboot.stage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;
import zeroboot.ground.Resources;
import zeroboot.ground.Sha256;
import zeroboot.spec.BootPath;

/**
 * The boot codes as assembled bytes. Their sources are in {@code templates/src/main/stage}; a test
 * assembles them anew and compares.
 */
public final class BootStages {
  private BootStages() {}

  /**
   * The code of one way. For a BIOS: the 8192-byte frame that goes around {@code ipxe.lkrn}. For
   * UEFI: the sealed loader, position-independent x86-64 code that is entered at its first byte.
   */
  public static byte[] of(BootPath path) {
    return resource(
        switch (path) {
          case BIOS -> "bios-stage.bin";
          case UEFI_X64 -> "efi-loader.bin";
        });
  }

  /**
   * The sealed loader that hands the card over by which it came: of the same source, for the core
   * that has no drivers of its own.
   */
  public static byte[] chained() {
    return resource("chained-efi-loader.bin");
  }

  /** Whether {@code code} is this version's for one way. */
  public static boolean isKnown(BootPath path, byte[] code) {
    return Arrays.equals(code, of(path))
        || (path == BootPath.UEFI_X64 && Arrays.equals(code, chained()));
  }

  /**
   * SHA-256 over all codes, for the image ID: another boot code is another image. It is stored,
   * since hashing would be a tenth of a run's time; a test compares.
   */
  public static String fingerprint() {
    return new String(resource("fingerprint.txt"), StandardCharsets.US_ASCII);
  }

  /** The same with {@link #chained} in its place. */
  public static String chainedFingerprint() {
    return fingerprint(path -> path == BootPath.UEFI_X64 ? chained() : of(path));
  }

  /** The same over the codes of another version. */
  public static String fingerprint(Function<BootPath, byte[]> codes) {
    MessageDigest sha256 = Sha256.begin();
    for (BootPath path : BootPath.values()) {
      sha256.update(codes.apply(path));
    }
    return Sha256.hex(sha256);
  }

  private static byte[] resource(String name) {
    return Resources.bytes(BootStages.class.getResourceAsStream(name), name);
  }
}
