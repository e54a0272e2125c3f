package zeroboot.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A block device over a file. Closing it takes it away again. */
public final class LoopDevice implements AutoCloseable {
  private static final Path CONTROL = Path.of("/dev/loop-control");

  private final ForeignTool losetup;
  private final Path file;
  private final Path path;

  private LoopDevice(ForeignTool losetup, Path file, Path path) {
    this.losetup = losetup;
    this.file = file;
    this.path = path;
  }

  /** A device of this size over a new file; a skipped (in CI: failed) test for who is not root. */
  public static LoopDevice create(Path folder, long size, String... options) {
    try {
      Path file = Files.createTempFile(folder, "loop", ".disk");
      try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
        content.setLength(size);
      }
      return over(file, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A device over a file that is there. */
  public static LoopDevice over(Path file, String... options) {
    requireRoot();
    ForeignTool losetup = ForeignTool.require("losetup");
    String[] words = new String[options.length + 3];
    words[0] = "--find";
    words[1] = "--show";
    System.arraycopy(options, 0, words, 2, options.length);
    words[words.length - 1] = file.toString();
    return new LoopDevice(losetup, file, Path.of(bind(losetup, words)));
  }

  /**
   * One at a time on this machine. Two that look for a free device find the same one, and the later
   * has it open for writing until it learns that it came too late; a test of the earlier one's
   * would be refused as in use.
   */
  private static synchronized String bind(ForeignTool losetup, String... words) {
    try (FileChannel control = FileChannel.open(CONTROL, StandardOpenOption.WRITE)) {
      FileLock lock = control.lock();
      try {
        return losetup.run(words).ok().strip();
      } finally {
        lock.release();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Block devices and mounts are root's. */
  public static void requireRoot() {
    if (!Files.isWritable(CONTROL)) {
      ForeignTool.cannotTest("loop devices need root");
    }
  }

  /** {@code /dev/loopN}. */
  public Path path() {
    return path;
  }

  /** The file behind it. */
  public Path file() {
    return file;
  }

  /** What zboot asks for before it erases it. */
  public String challenge(String size) {
    return size + " " + path.getFileName();
  }

  @Override
  public void close() {
    losetup.run("--detach", path.toString()).ok();
  }
}
