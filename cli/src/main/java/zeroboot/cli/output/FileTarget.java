package zeroboot.cli.output;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import zeroboot.ground.OwnedByOthersException;
import zeroboot.ground.Staged;
import zeroboot.ground.ZbootException;

/**
 * A file. Nobody ever sees half of it ({@link Staged}).
 *
 * @param file the target
 * @param mayReplace whether a file that is there may be replaced
 */
public record FileTarget(Path file, boolean mayReplace) implements Target {
  /** Names of what this process has open already. */
  private static final String DESCRIPTORS = "/dev/(fd/.*|stdin|stdout|stderr)|/proc/[^/]+/fd/.*";

  /**
   * The file that a user names; a path in Java no longer knows how its name was written.
   *
   * @throws ZbootException if it is no file's name
   */
  public static FileTarget of(String name, boolean mayReplace) {
    if (name.isEmpty()) {
      throw ZbootException.usage("-o ''", "names nothing", "name a file, or - for standard output");
    }
    if (name.endsWith("/") || name.endsWith(File.separator)) {
      String plain = name.replaceFirst("[/\\\\]+$", "");
      throw ZbootException.usage(
          name,
          "is the name of a folder",
          Files.isDirectory(Path.of(name))
              ? "name a file in it, like -o " + name + "node.iso"
              : "name a file, like -o " + (plain.isEmpty() ? "node.iso" : plain));
    }
    if (name.matches(DESCRIPTORS)) {
      throw ZbootException.usage(
          name,
          "is not a file, but something that is open already",
          "write -o - for standard output");
    }
    return new FileTarget(Path.of(name), mayReplace);
  }

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
          file.startsWith("~")
              ? "write ~/ without quotes in front of it, and the shell puts your home folder there"
              : "make it first, or name another");
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
    if (!mayReplace && Files.exists(file)) {
      throw exists();
    }
  }

  @Override
  public void write(byte[] bytes) {
    check();
    try (Staged staged = Staged.file(file)) {
      staged.write(bytes);
      if (mayReplace) {
        staged.replace();
      } else {
        staged.place();
      }
    } catch (FileAlreadyExistsException e) {
      throw exists();
    } catch (OwnedByOthersException e) {
      throw ZbootException.refused(
          file.toString(),
          String.valueOf(e.getReason()),
          "name another place with -o, or run the command as its owner");
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
    return Optional.of(new FileTarget(Path.of(file + extension), mayReplace));
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
