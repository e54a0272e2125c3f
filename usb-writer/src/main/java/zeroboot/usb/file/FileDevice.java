package zeroboot.usb.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.write.RawDevice;

/** A plain file by Java's own means: flushed, and read back as the system likes to give it. */
public final class FileDevice implements RawDevice {
  private final FileChannel channel;
  private final long size;

  private FileDevice(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** Opens a file that is there. */
  public static RawDevice open(Device file) {
    try {
      FileChannel channel =
          FileChannel.open(Path.of(file.path()), StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new FileDevice(channel, file.size());
    } catch (IOException e) {
      throw DeviceException.io(
          file.path(), "cannot be opened for writing (" + e + ")", "name another file");
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
