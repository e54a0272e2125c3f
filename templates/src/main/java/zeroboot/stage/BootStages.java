package zeroboot.stage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import zeroboot.ground.Resources;
import zeroboot.ground.Sha256;

/**
 * The two boot codes as assembled bytes. Their sources are in {@code templates/src/main/stage}; a
 * test assembles them anew and compares.
 */
public final class BootStages {
  private BootStages() {}

  /** The BIOS stage: the 8192-byte frame that goes around {@code ipxe.lkrn}. */
  public static byte[] biosStage() {
    return resource("bios-stage.bin");
  }

  /** The sealed UEFI loader: position-independent x86-64 code, entered at its first byte. */
  public static byte[] efiLoader() {
    return resource("efi-loader.bin");
  }

  /**
   * SHA-256 over both codes, for the image ID: another boot code is another image. It is stored,
   * since hashing would be a tenth of a run's time; a test compares.
   */
  public static String fingerprint() {
    return new String(resource("fingerprint.txt"), StandardCharsets.US_ASCII);
  }

  /** The same over the codes of another version. */
  public static String fingerprint(byte[] biosStage, byte[] efiLoader) {
    MessageDigest sha256 = Sha256.begin();
    sha256.update(biosStage);
    sha256.update(efiLoader);
    return Sha256.hex(sha256);
  }

  private static byte[] resource(String name) {
    return Resources.bytes(BootStages.class.getResourceAsStream(name), name);
  }
}
