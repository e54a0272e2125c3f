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

  /** What is on standard input is kept in memory; an image has less than a megabyte. */
  private static final int MAX_PIPED = 256 << 20;

  private static final String STDIN = "-";

  private InputFile() {}

  /** Whether this is how the command line calls standard input. */
  static boolean isStdin(Path file) {
    return file.toString().equals(STDIN);
  }

  /** What errors and receipts call it. */
  static String name(Path file) {
    return isStdin(file) ? "standard input" : file.toString();
  }

  static byte[] read(Path file) {
    return isStdin(file) ? readStdin() : readFile(file);
  }

  private static byte[] readStdin() {
    Descriptors.requireInput();
    byte[] bytes;
    try {
      bytes = System.in.readNBytes(MAX_PIPED + 1);
    } catch (IOException e) {
      throw ZbootException.io(
          "standard input",
          "cannot be read (" + e.getMessage() + ")",
          "look at the program before the pipe");
    }
    if (bytes.length > MAX_PIPED) {
      throw ZbootException.usage(
          "standard input", "is larger than 256 MiB", "store it in a file, and name that");
    }
    return bytes;
  }

  private static byte[] readFile(Path file) {
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
