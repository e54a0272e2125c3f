package zeroboot.cli.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import zeroboot.ground.Staged;
import zeroboot.ground.ZbootException;

/**
 * A folder with keys that is not there yet; only its owner may enter it. All of it is made, or
 * nothing.
 */
record NewFolder(Path folder) {
  /** Refuses a place that is taken, or where nothing can be made. */
  void check() {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw exists();
    }
    if (!Files.isDirectory(parent()) || !Files.isWritable(parent())) {
      throw ZbootException.usage(
          folder.toString(),
          "no folder can be made in " + parent(),
          "name a place in a folder that is there and writable for you");
    }
  }

  /** Makes the folder with these files, all or none; what ends with {@code .p12} is private. */
  void write(SortedMap<String, byte[]> files) {
    check();
    try (Staged staged = Staged.folder(folder, Staged.Access.PRIVATE)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        boolean isSecret = file.getKey().endsWith(".p12");
        staged.write(
            file.getKey(), file.getValue(), isSecret ? Staged.Access.PRIVATE : Staged.Access.USUAL);
      }
      staged.place();
    } catch (FileAlreadyExistsException e) {
      throw exists();
    } catch (IOException e) {
      throw ZbootException.io(
          folder.toString(),
          "could not be written (" + e.getMessage() + ")",
          "make room, or name another place with -o");
    }
  }

  private ZbootException exists() {
    return ZbootException.refused(
        folder.toString(),
        "is there already, and keys are never overwritten",
        "name another folder with -o");
  }

  private Path parent() {
    Path parent = folder.toAbsolutePath().getParent();
    return parent == null ? folder.toAbsolutePath() : parent;
  }
}
