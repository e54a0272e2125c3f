package zeroboot.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import zeroboot.ground.Staged;
import zeroboot.spec.ZbootException;

/**
 * A file. Nobody ever sees half of it ({@link Staged}).
 *
 * @param file the target
 * @param force whether a file that is there may be replaced
 */
record FileTarget(Path file, boolean force) implements Target {
  @Override
  public void check() {
    if (Files.isDirectory(file)) {
      throw ZbootException.usage(
          file.toString(), "is a folder", "name a file in it, like -o " + file.resolve("node.iso"));
    }
    Path folder = folder();
    if (!Files.isDirectory(folder)) {
      throw ZbootException.usage(
          file.toString(),
          "the folder " + folder + " is not there",
          "make it first, or name another");
    }
    if (!Files.isWritable(folder)) {
      throw ZbootException.usage(
          file.toString(),
          "the folder " + folder + " is not writable for you",
          "name another with -o");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw ZbootException.refused(
          file.toString(), "is not a plain file", "write to a file with -o, then copy it there");
    }
    if (!force && Files.exists(file)) {
      throw exists();
    }
  }

  @Override
  public void write(byte[] bytes) {
    check();
    try (Staged staged = Staged.file(file)) {
      staged.write(bytes);
      if (force) {
        staged.replace();
      } else {
        staged.place();
      }
    } catch (FileAlreadyExistsException e) {
      throw exists();
    } catch (AccessDeniedException e) {
      throw ZbootException.usage(
          file.toString(), "is not writable for you", "name another with -o");
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(),
          "could not be written (" + reason(e) + ")",
          "make room, or name another place with -o");
    }
  }

  @Override
  public Optional<Target> beside(String extension) {
    return Optional.of(new FileTarget(Path.of(file + extension), force));
  }

  @Override
  public String fileName() {
    return file.toString();
  }

  private ZbootException exists() {
    return ZbootException.refused(
        file.toString(), "is there already", "add --force to replace it, or name another with -o");
  }

  private Path folder() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
