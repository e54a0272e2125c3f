package zeroboot.usb.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/** An image in a file or on a block device, packed or not. */
final class FileSource implements ImageSource {
  private static final int BUFFER = 1 << 16;
  private final Path path;
  private final Packing packing;
  private final OptionalLong size;

  private FileSource(Path path, Packing packing, OptionalLong size) {
    this.path = path;
    this.packing = packing;
    this.size = size;
  }

  static FileSource of(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Packing packing = Packing.of(Channels.newInputStream(channel).readNBytes(Packing.LONGEST));
      return new FileSource(path, packing, packing.unpackedSize(path, channel.size()));
    }
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public Optional<Path> path() {
    return Optional.of(path);
  }

  @Override
  public OptionalLong size() {
    return size;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public ReadableByteChannel open() throws IOException {
    if (packing == Packing.NONE) {
      return FileChannel.open(path, StandardOpenOption.READ);
    }
    return Channels.newChannel(
        packing.unpack(new BufferedInputStream(Files.newInputStream(path), BUFFER)));
  }
}
