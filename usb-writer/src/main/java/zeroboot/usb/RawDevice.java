package zeroboot.usb;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A device that is open for this program alone. Offsets and lengths are whole multiples of {@link
 * #blockSize}, and buffers come from {@link #buffer}: nothing is copied or cached on the way.
 */
public interface RawDevice extends Closeable {
  /** In bytes. */
  long size();

  /** The logical block in bytes. */
  int blockSize();

  /** Memory that the device can read into and write from. */
  ByteBuffer buffer(int bytes);

  /**
   * Reads into the buffer from its position on, once; returns how many bytes, 0 at the end.
   *
   * @throws IOException with the system's own words
   */
  int read(ByteBuffer buffer, long offset) throws IOException;

  /** Writes what remains in the buffer, once; returns how many bytes it took. */
  int write(ByteBuffer buffer, long offset) throws IOException;

  /** Returns when everything written is on the medium, as far as the device tells. */
  void flush() throws IOException;

  /** Makes sure that what is read from now on comes from the device. */
  void dropCaches() throws IOException;

  /** Has the system look at the new partition table; a system that can't does nothing. */
  void rereadPartitions();
}
