package zeroboot.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whoever could read a file can read what replaces it, and nobody else. */
final class Ownership {
  /** Of stat(2)'s mode: read, write and execute for three, and what folders hand down. */
  private static final int PERMISSIONS = 07777;

  private Ownership() {}

  /**
   * Gives a new file or folder owner, group and mode of the old one, as far as a system has them.
   *
   * @throws OwnedByOthersException if this user may not
   */
  static void keep(Path old, Path replacement) throws IOException {
    if (!old.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    for (String id : new String[] {"unix:uid", "unix:gid"}) {
      Object wanted = Files.getAttribute(old, id);
      if (!wanted.equals(Files.getAttribute(replacement, id))) {
        give(old, replacement, id, wanted);
      }
    }
    // After the owner, since a change of that takes bits away.
    int mode = (int) Files.getAttribute(old, "unix:mode") & PERMISSIONS;
    Files.setAttribute(replacement, "unix:mode", mode);
  }

  private static void give(Path old, Path replacement, String id, Object wanted)
      throws OwnedByOthersException {
    try {
      Files.setAttribute(replacement, id, wanted);
    } catch (IOException e) {
      throw new OwnedByOthersException(old);
    }
  }
}
