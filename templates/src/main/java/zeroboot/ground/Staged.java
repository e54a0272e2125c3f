package zeroboot.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file or a folder in the making. It lies beside its place, hidden, and moves there when it is
 * whole: whoever looks sees all of it or what was there before, also after a power failure, since
 * each file is on the disk before anything moves. Files of a folder may be written from several
 * threads.
 */
public final class Staged implements AutoCloseable {
  /** Who may read what is made. */
  public enum Access {
    /** Whom the user's own mask lets. */
    USUAL,
    /** The owner alone. */
    PRIVATE;

    private FileAttribute<?>[] attributes(String permissions) {
      // Windows has no such permissions; there a folder of the user's own is private.
      boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      if (this == USUAL || !isPosix) {
        return new FileAttribute<?>[0];
      }
      Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
      return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
    }

    private FileAttribute<?>[] ofFile() {
      return attributes("rw-------");
    }

    private FileAttribute<?>[] ofFolder() {
      return attributes("rwx------");
    }
  }

  private final Path place;
  private final Path part;
  private final Access access;

  private Staged(Path place, Access access) {
    this.place = place;
    this.access = access;
    part = beside(place, "part");
  }

  /** Begins a file; nothing is there before {@link #write(byte[])}. */
  public static Staged file(Path place) throws IOException {
    // A link keeps pointing where it did: what it points to is replaced.
    // What takes its place is its owner's alone until it has that one's mode.
    return Files.exists(place)
        ? new Staged(place.toRealPath(), Access.PRIVATE)
        : new Staged(place, Access.USUAL);
  }

  /**
   * Begins a file for a place where nothing is.
   *
   * @param access who may read it
   */
  public static Staged file(Path place, Access access) {
    return new Staged(place, access);
  }

  /**
   * Begins a folder, empty.
   *
   * @param access who may enter it and the folders in it
   */
  public static Staged folder(Path place, Access access) throws IOException {
    Staged staged = new Staged(place, access);
    Files.createDirectory(staged.part, access.ofFolder());
    return staged;
  }

  /** By the clock: to ask for the number of the process takes a start longer than to write. */
  private static Path beside(Path place, String what) {
    Path absolute = place.toAbsolutePath().normalize();
    String name = String.valueOf(absolute.getFileName());
    String own = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    return absolute.resolveSibling("." + name + "." + own + "." + what);
  }

  /** Where the file is made, for who writes it by other means and sees that it is on the disk. */
  public Path part() {
    return part;
  }

  /** Writes the file. */
  public void write(byte[] bytes) throws IOException {
    write(part, bytes, access);
  }

  /**
   * Writes a file of the folder.
   *
   * @param name may lie in folders of its own, {@code enroll/db.auth}
   */
  public void write(String name, byte[] bytes, Access whose) throws IOException {
    Path file = part.resolve(name);
    Path folder = file.getParent();
    if (folder != null && !folder.equals(part)) {
      Files.createDirectories(folder, access.ofFolder());
    }
    write(file, bytes, whose);
  }

  private static void write(Path file, byte[] bytes, Access whose) throws IOException {
    Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, anew, whose.ofFile())) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /**
   * Moves it to a place where nothing is yet, or an empty folder.
   *
   * @throws FileAlreadyExistsException if something is
   */
  public void place() throws IOException {
    if (Files.isDirectory(part) && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      Ownership.keep(place, part);
      try {
        Files.delete(place);
      } catch (DirectoryNotEmptyException e) {
        throw new FileAlreadyExistsException(place.toString(), null, e.getMessage());
      }
    }
    Files.move(part, place);
  }

  /**
   * Moves it to its place; what is there goes, and leaves a file its owner, group and mode.
   *
   * @throws OwnedByOthersException if a file may not be given those
   */
  public void replace() throws IOException {
    if (!Files.isDirectory(part)) {
      if (Files.exists(place)) {
        Ownership.keep(place, part);
      }
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    Path old = beside(place, "old");
    boolean isAside = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    if (isAside) {
      Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (isAside) {
        Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
    delete(old);
  }

  /**
   * Moves each file of the folder into the one that is there; files of the same name go, as {@link
   * #replace} says.
   */
  public void merge() throws IOException {
    for (Path file : sorted(part, 1)) {
      if (!file.equals(part)) {
        Path to = place.resolve(file.getFileName());
        if (Files.isRegularFile(to)) {
          Ownership.keep(to, file);
        }
        Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.delete(part);
  }

  /** Removes what was begun and is not in its place. */
  @Override
  public void close() {
    try {
      delete(part);
    } catch (IOException e) {
      // The error that brought us here says more than this one would.
      return;
    }
  }

  private static void delete(Path what) throws IOException {
    if (!Files.exists(what, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all = sorted(what, Integer.MAX_VALUE);
    for (int i = all.size() - 1; i >= 0; i--) { // what lies deepest goes first
      Files.delete(all.get(i));
    }
  }

  private static List<Path> sorted(Path top, int depth) throws IOException {
    try (Stream<Path> all = Files.walk(top, depth)) {
      return all.sorted(Comparator.naturalOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
