package zeroboot.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import zeroboot.ground.ZbootException;

/**
 * Reads files that are used whole. However large a file is, or says it is, no more than the limit
 * of its kind is kept, and nobody waits for ever: a plain file (one of {@code /proc} too) or a pipe
 * is read, and everything else refused in a line.
 */
public final class BoundedReader {
  /** A pipe, named or not, has to go on within this time. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int FILE_TYPE = 0170000; // stat(2), S_IFMT
  private static final int FIFO = 0010000; // S_IFIFO

  private BoundedReader() {}

  /**
   * A whole file.
   *
   * @throws ZbootException (usage) if there is none that can be opened, (I/O) if reading fails,
   *     (settings) if it is too large
   */
  public static byte[] file(Path file, InputKind kind) {
    return file(file, kind, PATIENCE);
  }

  /** The same with another patience. */
  static byte[] file(Path file, InputKind kind, Duration patience) {
    String name = file.toString();
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      if (is.isDirectory()) {
        throw ZbootException.usage(name, "is a folder", "name the file in it");
      }
      if (is.isRegularFile()) {
        if (is.size() > kind.limit()) {
          throw tooLarge(name, kind, kind.limit());
        }
        try (InputStream in = Files.newInputStream(file)) {
          return bounded(name, in, kind, kind.limit());
        }
      }
      if (!isPipe(file)) {
        throw ZbootException.usage(name, "is neither a file nor a pipe", "name one of those");
      }
      byte[] bytes = new PatientRead(file, kind.pipedLimit() + 1).bytes(patience);
      if (bytes.length > kind.pipedLimit()) {
        throw tooLarge(name, kind, kind.pipedLimit());
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * A stream to its end.
   *
   * @param name for errors
   * @throws ZbootException (I/O) if reading fails, (settings) if it is too large
   */
  public static byte[] stream(String name, InputStream in, InputKind kind) {
    try {
      return bounded(name, in, kind, kind.pipedLimit());
    } catch (IOException e) {
      throw ZbootException.io(
          name, "cannot be read (" + reason(e) + ")", "look at the program before the pipe");
    }
  }

  private static byte[] bounded(String name, InputStream in, InputKind kind, int limit)
      throws IOException {
    byte[] bytes = in.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw tooLarge(name, kind, limit);
    }
    return bytes;
  }

  private static boolean isPipe(Path file) throws IOException {
    try {
      return ((int) Files.getAttribute(file, "unix:mode") & FILE_TYPE) == FIFO;
    } catch (UnsupportedOperationException e) {
      return true; // a system that does not tell
    }
  }

  private static ZbootException tooLarge(String name, InputKind kind, int limit) {
    return ZbootException.settings(
        name,
        "is too large for " + kind.shown() + " (the most is " + shown(limit) + ")",
        "name another file");
  }

  /** All limits are powers of 2. */
  private static String shown(int bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }

  private static ZbootException unreadable(String name, IOException e) {
    if (e instanceof NoSuchFileException) {
      return ZbootException.usage(name, "no such file", "name one that is there");
    }
    if (e instanceof AccessDeniedException) {
      return ZbootException.usage(
          name, "is not readable for you", "name another, or run zboot as the user it belongs to");
    }
    if (e instanceof FileSystemLoopException || reason(e).contains("symbolic links")) {
      return ZbootException.usage(name, "is a link that leads to itself", "name a file");
    }
    return ZbootException.io(name, "cannot be read (" + reason(e) + ")", "look at the disk");
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
