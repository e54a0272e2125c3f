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
  private static FileAttribute<?>[] ownerAlone() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** A file in it; the folder is made. */
  Path file(String name) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent(), ownerAlone());
    } catch (IOException e) {
      throw ZbootException.io(
          folder.toString(),
          "cannot be made (" + e.getMessage() + ")",
          "set XDG_STATE_HOME to a folder of yours");
    }
    return file;
  }
}
