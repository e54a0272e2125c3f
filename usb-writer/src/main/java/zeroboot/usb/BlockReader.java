package zeroboot.usb;

import java.io.Closeable;
import java.io.IOException;

/** A disk, a partition or a file, to look at. */
public interface BlockReader extends Closeable {
  /** The size in bytes. */
  long size();

  /**
   * The bytes from {@code offset} on; fewer than {@code length} where the device ends.
   *
   * @throws IOException if the device reports an error
   */
  byte[] read(long offset, int length) throws IOException;
}
