package zeroboot.cli.deploy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import zeroboot.ground.ZbootException;

/**
 * What zboot remembers of controllers: {@code $XDG_STATE_HOME/zboot}, else {@code
 * ~/.local/state/zboot} (XDG Base Directory Specification).
 */
record StateFolder(Path folder) {
  private static final String OWNER_FILE = "rw-------";

  static StateFolder of(Map<String, String> environment) {
    String state = environment.get("XDG_STATE_HOME");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path base =
        state == null || !Path.of(state).isAbsolute()
            ? Path.of(home).resolve(".local").resolve("state")
            : Path.of(state);
    return new StateFolder(base.resolve("zboot"));
  }

  /** As the specification has it: whose machine it is knows who is in the rack. */
  private static FileAttribute<?>[] ownerAlone(String permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  /** A file in it that nobody else may read, whoever may enter the folder; it is made. */
  Path secret(String name) {
    Path file = file(name);
    try {
      if (Files.notExists(file)) {
        Files.createFile(file, ownerAlone(OWNER_FILE));
      } else if (isPosix()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_FILE));
      }
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(),
          "cannot be made its owner's alone (" + e.getMessage() + ")",
          "set XDG_STATE_HOME to a folder of yours");
    }
    return file;
  }

  /** A file in it; the folder is made. */
  Path file(String name) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent(), ownerAlone("rwx------"));
    } catch (IOException e) {
      throw ZbootException.io(
          folder.toString(),
          "cannot be made (" + e.getMessage() + ")",
          "set XDG_STATE_HOME to a folder of yours");
    }
    return file;
  }
}
