package zeroboot.usb.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.RawDevice;
import zeroboot.usb.Refusals;

/** A plain file by Java's own means: flushed, and read back as the system likes to give it. */
public final class FileDevice implements RawDevice {
  private final FileChannel channel;
  private final long size;

  private FileDevice(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /**
   * Opens a file that is there.
   *
   * @throws DeviceException if something else has its name by now
   */
  public static RawDevice open(Device file) {
    Path real = PlainFiles.real(Path.of(file.path()));
    try {
      check(file, real);
      FileChannel channel =
          FileChannel.open(
              real, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      try {
        check(file, real);
      } catch (RuntimeException | IOException e) {
        channel.close();
        throw e;
      }
      return new FileDevice(channel, file.size());
    } catch (IOException e) {
      throw DeviceException.io(
          file.path(), "cannot be opened for writing (" + e + ")", "name another file");
    }
  }

  private static void check(Device asked, Path real) throws IOException {
    BasicFileAttributes now =
        Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!now.isRegularFile() || !asked.identity().equals(PlainFiles.identity(real, now))) {
      throw Refusals.changed(asked, "something else has taken its name");
    }
  }

  /** Makes a file where none is. */
  public static RawDevice create(Device file, Path at) {
    try {
      FileChannel channel =
          FileChannel.open(
              at, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new FileDevice(channel, file.size());
    } catch (FileAlreadyExistsException e) {
      throw Refusals.changed(file, "something has taken its name");
    } catch (IOException e) {
      throw DeviceException.io(
          file.path(), "cannot be made (" + e.getMessage() + ")", "name another place");
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int blockSize() {
    return 1;
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  @Override
  public int read(ByteBuffer buffer, long offset) throws IOException {
    return Math.max(0, channel.read(buffer, offset));
  }

  @Override
  public int write(ByteBuffer buffer, long offset) throws IOException {
    return channel.write(buffer, offset);
  }

  @Override
  public void flush() throws IOException {
    channel.force(true);
  }

  @Override
  public void dropCaches() {}

  @Override
  public void rereadPartitions() {}

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
