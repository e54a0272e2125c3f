package zeroboot.ground;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What shall be replaced has an owner or a group that its replacement cannot be given. */
public final class OwnedByOthersException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  OwnedByOthersException(Path old) {
    super(old.toString(), null, "belongs to others, and what replaces it would belong to you");
  }
}
