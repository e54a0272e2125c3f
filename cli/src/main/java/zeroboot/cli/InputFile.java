package zeroboot.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import zeroboot.spec.ZbootException;

/** Files that a command reads whole. */
final class InputFile {
  /** A Zero-OS kernel has some tens of megabytes. */
  private static final long MAX_BYTES = 1L << 30;

  private InputFile() {}

  static byte[] read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw ZbootException.usage(file.toString(), "is a folder", "name the file in it");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw ZbootException.usage(
            file.toString(), "is larger than 1 GiB", "name a boot file or an image");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw ZbootException.usage(file.toString(), "no such file", "name one that is there");
    } catch (AccessDeniedException e) {
      throw ZbootException.usage(
          file.toString(), "is not readable for you", "name another, or ask for access");
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(), "cannot be read (" + e.getMessage() + ")", "look at the disk");
    }
  }
}
