package zeroboot.usb.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import zeroboot.usb.BlockReader;

/** A device node or a file, read through the page cache. */
public final class FileBlockReader implements BlockReader {
  private final SeekableByteChannel channel;
  private final long size;

  private FileBlockReader(SeekableByteChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** Opens it; {@code size} is the end, in bytes. */
  public static BlockReader open(Path path, long size) throws IOException {
    return new FileBlockReader(Files.newByteChannel(path), size);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(length, size - offset)));
    channel.position(offset);
    while (buffer.hasRemaining() && channel.read(buffer) > 0) {
      // A device may give less than it was asked for.
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
