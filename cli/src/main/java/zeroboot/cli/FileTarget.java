package zeroboot.cli;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import zeroboot.spec.ZbootException;

/**
 * A file. It is made beside its target and moved into place when it is complete, so nobody ever
 * sees half of it.
 *
 * @param file the target
 * @param force whether a file that is there may be replaced
 */
record FileTarget(Path file, boolean force) implements Target {
  /** Names of what this process has open already. */
  private static final String DESCRIPTORS = "/dev/(fd/.*|stdin|stdout|stderr)|/proc/[^/]+/fd/.*";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * The file that a user names; a path in Java no longer knows how its name was written.
   *
   * @throws ZbootException if it is no file's name
   */
  static FileTarget of(String name, boolean force) {
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
          name, "is no file, but what is open already", "write -o - for standard output");
    }
    return new FileTarget(Path.of(name), force);
  }

  @Override
  public void check() {
    if (Files.isDirectory(file)) {
      throw ZbootException.usage(
          file.toString(), "is a folder", "name a file in it, like -o " + file.resolve("node.iso"));
    }
    Path folder = folder(file);
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
    Path part = file;
    try {
      // A link keeps pointing where it did: what it points to is replaced.
      Path target = force && Files.exists(file) ? file.toRealPath() : file;
      String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
      part = folder(target).resolve(name);
      boolean replaces = force && Files.exists(target);
      writeWhole(part, bytes, replaces);
      if (replaces) {
        Ownership.keep(target, part);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.move(part, target);
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
    } finally {
      if (!part.equals(file)) {
        deleteQuietly(part);
      }
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

  /** What takes the place of another file is its owner's alone until it has that one's mode. */
  private static void writeWhole(Path part, byte[] bytes, boolean replaces) throws IOException {
    boolean isPosix = part.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] mode =
        replaces && isPosix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
    Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(part, anew, mode)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void deleteQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // The error that brought us here says more than this one would.
      return;
    }
  }

  private ZbootException exists() {
    return ZbootException.refused(
        file.toString(), "is there already", "add --force to replace it, or name another with -o");
  }

  private static Path folder(Path file) {
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
