package zeroboot.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

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

  private static byte[] resource(String name) {
    try (InputStream in = BootStages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build carries no " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
