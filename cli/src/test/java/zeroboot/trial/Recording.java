package zeroboot.trial;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a machine sent on its serial line, from its first byte to the start of the kernel. */
public final class Recording {
  private Recording() {}

  /**
   * The recording of {@code bios} or {@code uefi}: an ISO for farm 4242 with a kernel at
   * http://10.0.2.2:8000/k.
   *
   * @param imageId that shall be on the screen
   */
  public static String of(String firmware, String imageId) {
    try (InputStream in = Recording.class.getResourceAsStream(firmware + ".serial")) {
      if (in == null) {
        throw new IllegalArgumentException(firmware);
      }
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).replace("@IMAGE@", imageId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
