package zeroboot.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import zeroboot.spec.ZbootException;

/**
 * A folder of results. It is filled beside its place and moved there when it is complete: all of it
 * appears, or nothing. Files may be written from several threads.
 */
final class FolderTarget implements AutoCloseable {
  private final Path folder;
  private final boolean force;
  private final Path part;
  private boolean complete;

  private FolderTarget(Path folder, boolean force) {
    this.folder = folder;
    this.force = force;
    Path absolute = folder.toAbsolutePath().normalize();
    part = absolute.resolveSibling(partName(absolute));
  }

  private static String partName(Path absolute) {
    return "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".part";
  }

  /**
   * Begins to fill a folder.
   *
   * @param force whether files that are in it already may be replaced
   * @throws ZbootException if the place is not one for it
   */
  static FolderTarget begin(Path folder, boolean force) {
    FolderTarget target = new FolderTarget(folder, force);
    target.check();
    try {
      Files.createDirectory(target.part);
    } catch (IOException e) {
      throw target.trouble(e);
    }
    return target;
  }

  private void check() {
    if (folder.toString().isEmpty()) {
      throw ZbootException.usage("-o ''", "names nothing", "name a folder");
    }
    Path parent = part.getParent();
    if (parent == null || folder.toAbsolutePath().normalize().getFileName() == null) {
      throw ZbootException.usage(folder.toString(), "is the root of all folders", "name another");
    }
    if (!Files.isDirectory(parent)) {
      throw ZbootException.usage(
          folder.toString(), "the folder " + parent + " is not there", "make it first");
    }
    if (!Files.isWritable(parent)) {
      throw ZbootException.usage(
          folder.toString(), "the folder " + parent + " is not writable for you", "name another");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw ZbootException.refused(folder.toString(), "is a file", "name a folder with -o");
    }
    if (!force && !isEmpty()) {
      throw ZbootException.refused(
          folder.toString(),
          "is there already and not empty",
          "add --force to replace what is in it, or name another with -o");
    }
  }

  private boolean isEmpty() {
    if (!Files.exists(folder)) {
      return true;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  /** Writes one file of the set. */
  void write(String name, byte[] bytes) {
    try {
      Files.write(part.resolve(name), bytes, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  /** Moves everything into place. */
  void complete() {
    try {
      if (isEmpty()) {
        if (Files.exists(folder)) {
          Ownership.keep(folder, part);
        }
        Files.deleteIfExists(folder);
        Files.move(part, folder);
      } else {
        for (Path file : files(part)) {
          Path to = folder.resolve(file.getFileName());
          if (Files.isRegularFile(to)) {
            Ownership.keep(to, file);
          }
          Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(part);
      }
    } catch (IOException e) {
      throw trouble(e);
    }
    complete = true;
  }

  private static List<Path> files(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.sorted(Comparator.naturalOrder()).toList();
    }
  }

  private ZbootException trouble(IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return ZbootException.io(
        folder.toString(),
        "could not be written (" + reason + ")",
        "make room, or name another place with -o");
  }

  /** Removes what was begun, unless it was completed. */
  @Override
  public void close() {
    if (complete) {
      return;
    }
    try {
      for (Path file : files(part)) {
        Files.delete(file);
      }
      Files.delete(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
