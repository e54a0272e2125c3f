package zeroboot.ground;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files that the build put beside a class. The class opens them itself, since no module may look
 * into another's: {@code Resources.bytes(Here.class.getResourceAsStream(name), name)}.
 */
public final class Resources {
  private Resources() {}

  /** All bytes of one that every build has; the stream is closed. */
  public static byte[] bytes(@Nullable InputStream opened, String name) {
    return find(opened)
        .orElseThrow(() -> new IllegalStateException("this build carries no " + name));
  }

  /** All bytes of one that is there or not; the stream is closed. */
  public static Optional<byte[]> find(@Nullable InputStream opened) {
    if (opened == null) {
      return Optional.empty();
    }
    try (InputStream in = opened) {
      // What is in a jar tells its size: then nothing is copied.
      byte[] bytes = new byte[Math.max(1, in.available())];
      int size = in.readNBytes(bytes, 0, bytes.length);
      byte[] rest = in.readAllBytes();
      if (size == bytes.length && rest.length == 0) {
        return Optional.of(bytes);
      }
      byte[] all = Arrays.copyOf(bytes, size + rest.length);
      System.arraycopy(rest, 0, all, size, rest.length);
      return Optional.of(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
