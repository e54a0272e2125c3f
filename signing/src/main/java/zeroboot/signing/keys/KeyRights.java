package zeroboot.signing.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import zeroboot.ground.ZbootException;

/** Whether a file with a secret is its owner's alone, as ssh asks it of keys. */
public final class KeyRights {
  private static final int STICKY = 01000; // stat(2), S_ISVTX

  private KeyRights() {}

  /**
   * Checks a file. That its group may read it is left to its owner: some keep keys for a group.
   *
   * @param secret what is in it: {@code the key}
   * @throws ZbootException (settings) if others may read it, or change or replace it
   */
  public static void require(Path file, String secret) {
    try {
      if (!Files.isRegularFile(file)) {
        return; // a pipe, which only who made it can read
      }
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      String mend = "take it from them with: chmod 600 " + file;
      if (rights.contains(PosixFilePermission.OTHERS_READ)) {
        throw refused(file, "every user of this machine may read " + secret, mend);
      }
      if (rights.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw refused(file, "every user of this machine may change " + secret, mend);
      }
      if (rights.contains(PosixFilePermission.GROUP_WRITE)) {
        throw refused(file, "everybody in the group of the file may change " + secret, mend);
      }
      requireFolder(file, secret);
    } catch (UnsupportedOperationException e) {
      return; // no such permissions on this file system: nothing can be said
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(), "cannot be read (" + e.getMessage() + ")", "look at the disk");
    }
  }

  /** Who may write to the folder can put another file there; not in one like /tmp, though. */
  private static void requireFolder(Path file, String secret) throws IOException {
    Path folder = file.toRealPath().getParent();
    if (folder == null) {
      return;
    }
    boolean open =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
            .contains(PosixFilePermission.OTHERS_WRITE);
    if (open && ((int) Files.getAttribute(folder, "unix:mode") & STICKY) == 0) {
      throw refused(
          file,
          "every user of this machine may replace " + secret + ": its folder is open to them",
          "take it from them with: chmod o-w " + folder);
    }
  }

  private static ZbootException refused(Path file, String what, String mend) {
    return ZbootException.settings(file.toString(), what, mend);
  }
}
