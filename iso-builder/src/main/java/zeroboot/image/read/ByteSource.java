package zeroboot.image.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.PartReader;

/**
 * A file or block device that is looked into, or bytes in memory. However large it is, no more than
 * {@link #BUDGET} bytes are ever read of it.
 */
public final class ByteSource implements Closeable, PartReader {
  /** Bytes that are read at most, all reads together. */
  public static final int BUDGET = 16 << 20;

  private static final int FILE_TYPE = 0170000; // stat(2), S_IFMT
  private static final int BLOCK_DEVICE = 0060000; // S_IFBLK

  private final String name;
  private final long size;
  private final boolean isDevice;
  private final byte[] bytes;
  private final @Nullable FileChannel channel;
  private int left = BUDGET;

  private ByteSource(
      String name, long size, boolean isDevice, byte[] bytes, @Nullable FileChannel channel) {
    this.name = name;
    this.size = size;
    this.isDevice = isDevice;
    this.bytes = bytes;
    this.channel = channel;
  }

  /** Bytes in memory; {@code name} stands for them in errors. */
  public static ByteSource of(String name, byte[] bytes) {
    return new ByteSource(name, bytes.length, false, bytes, null);
  }

  /** The beginning of a device, read by somebody else. */
  public static ByteSource ofDevice(String name, byte[] beginning) {
    return new ByteSource(name, beginning.length, true, beginning, null);
  }

  /**
   * A file or block device, opened for reading.
   *
   * @throws ZbootException if it is not there, not readable, or something else
   */
  public static ByteSource open(Path path) {
    String name = path.toString();
    try {
      if (Files.isDirectory(path)) {
        throw ZbootException.usage(name, "is a folder", "name a file in it, or a device");
      }
      if (Files.exists(path) && !Files.isRegularFile(path) && !isBlockDevice(path)) {
        throw ZbootException.usage(
            name, "is neither a file nor a block device", "name one of those");
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      boolean isDevice = !Files.isRegularFile(path);
      return new ByteSource(name, channel.size(), isDevice, new byte[0], channel);
    } catch (NoSuchFileException e) {
      throw ZbootException.usage(name, "no such file or device", "name one that is there");
    } catch (AccessDeniedException e) {
      throw ZbootException.usage(name, "is not readable for you", "ask for access, or use sudo");
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static boolean isBlockDevice(Path path) throws IOException {
    try {
      return ((int) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == BLOCK_DEVICE;
    } catch (UnsupportedOperationException e) {
      return false; // a system without Unix file types has no block devices among its files
    }
  }

  /** Its path. */
  public String name() {
    return name;
  }

  /** Whether it is a device, which is larger than what is on it and holds other things as well. */
  public boolean isDevice() {
    return isDevice;
  }

  /** Its size, in bytes. */
  public long size() {
    return size;
  }

  /**
   * A part of it; shorter where it ends, or where the budget does.
   *
   * @param offset in bytes
   */
  @Override
  public byte[] read(long offset, int length) {
    long there = Math.max(0, Math.min(length, size - offset));
    int count = (int) Math.min(there, left);
    if (offset < 0 || count <= 0) {
      return new byte[0];
    }
    left -= count;
    if (channel == null) {
      return Arrays.copyOfRange(bytes, (int) offset, (int) offset + count);
    }
    ByteBuffer buffer = ByteBuffer.allocate(count);
    try {
      int got = 0;
      while (got >= 0 && buffer.hasRemaining()) { // a read may give less than was asked for
        got = channel.read(buffer, offset + buffer.position());
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  @Override
  public void close() {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static ZbootException unreadable(String name, IOException e) {
    return ZbootException.io(
        name, "cannot be read (" + e.getMessage() + ")", "try another port, or another copy");
  }
}
