package zeroboot.cli.output;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import zeroboot.ground.OwnedByOthersException;
import zeroboot.ground.Staged;
import zeroboot.ground.ZbootException;

/**
 * A folder of results: all of it appears, or nothing ({@link Staged}). Files may be written from
 * several threads.
 */
public final class FolderTarget implements AutoCloseable {
  private final Path folder;
  private final Staged staged;

  private FolderTarget(Path folder, Staged staged) {
    this.folder = folder;
    this.staged = staged;
  }

  /**
   * Begins to fill a folder.
   *
   * @param force whether files that are in it already may be replaced
   * @throws ZbootException if the place is not one for it
   */
  public static FolderTarget begin(Path folder, boolean force) {
    check(folder, force);
    try {
      return new FolderTarget(folder, Staged.folder(folder, Staged.Access.USUAL));
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static void check(Path folder, boolean force) {
    if (folder.toString().isEmpty()) {
      throw ZbootException.usage("-o ''", "names nothing", "name a folder");
    }
    Path parent = folder.toAbsolutePath().normalize().getParent();
    if (parent == null) {
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
    if (!force && !isEmpty(folder)) {
      throw ZbootException.refused(
          folder.toString(),
          "is there already and not empty",
          "add --force to replace what is in it, or name another with -o");
    }
  }

  private static boolean isEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return true;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Writes one file of the set. */
  public void write(String name, byte[] bytes) {
    try {
      staged.write(name, bytes, Staged.Access.USUAL);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Moves everything into place. */
  public void complete() {
    try {
      // A link to a folder keeps pointing there.
      if (Files.isSymbolicLink(folder) || !isEmpty(folder)) {
        staged.merge();
      } else {
        staged.place();
      }
    } catch (OwnedByOthersException e) {
      throw ZbootException.refused(
          e.getFile(),
          String.valueOf(e.getReason()),
          "name another place with -o, or run the command as its owner");
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static ZbootException failed(Path folder, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return ZbootException.io(
        folder.toString(),
        "could not be written (" + reason + ")",
        "make room, or name another place with -o");
  }

  /** Removes what was begun, unless it was completed. */
  @Override
  public void close() {
    staged.close();
  }
}
