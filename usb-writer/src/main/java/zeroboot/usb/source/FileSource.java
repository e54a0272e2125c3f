package zeroboot.usb.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An image in a file or on a block device, packed or not. It is read more than once; what has taken
 * its name since the first time is not read.
 */
final class FileSource implements ImageSource {
  private static final int BUFFER = 1 << 16;
  private final Path path;
  private final Packing packing;
  private final OptionalLong size;
  private final State state;

  private FileSource(Path path, Packing packing, OptionalLong size, State state) {
    this.path = path;
    this.packing = packing;
    this.size = size;
    this.state = state;
  }

  /** What tells a file from every other, and from itself once somebody has written to it. */
  private record State(@Nullable Object key, long size, FileTime modified) {
    static State of(Path path) throws IOException {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new State(now.fileKey(), now.size(), now.lastModifiedTime());
    }

    boolean isSame(State other) {
      return Objects.equals(key, other.key)
          && size == other.size
          && modified.equals(other.modified);
    }
  }

  static FileSource of(Path path) throws IOException {
    State state = State.of(path);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Packing packing = Packing.of(Channels.newInputStream(channel).readNBytes(Packing.LONGEST));
      return new FileSource(path, packing, packing.unpackedSize(path, channel.size()), state);
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
  public boolean isPacked() {
    return packing != Packing.NONE;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public ReadableByteChannel open() throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      if (!state.isSame(State.of(path))) {
        throw new IOException("it has changed since it was looked at");
      }
      return packing == Packing.NONE
          ? channel
          : Channels.newChannel(
              packing.unpack(new BufferedInputStream(Channels.newInputStream(channel), BUFFER)));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
