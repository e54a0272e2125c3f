package zeroboot.usb.source;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** An image: bytes in a row, of whatever size. */
public interface ImageSource {
  /** What messages call it. */
  String name();

  /** In bytes, of what will be written; unknown where only reading to the end would tell. */
  OptionalLong size();

  /** The file that it is read from; empty if it is none. */
  default Optional<Path> path() {
    return Optional.empty();
  }

  /** Whether that file is another than the image, which has to be unpacked. */
  default boolean isPacked() {
    return false;
  }

  /** Whether it can be opened more than once. */
  boolean isRepeatable();

  /** The bytes from the first on. */
  ReadableByteChannel open() throws IOException;
}
