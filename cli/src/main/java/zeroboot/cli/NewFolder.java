package zeroboot.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import zeroboot.spec.ZbootException;

/**
 * A folder with keys that is not there yet. It is made beside its place and moved there when it is
 * complete; only its owner may enter it.
 */
record NewFolder(Path folder) {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> READABLE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

  /** Refuses a place that is taken, or where nothing can be made. */
  void check() {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw exists();
    }
    if (!Files.isDirectory(parent()) || !Files.isWritable(parent())) {
      throw ZbootException.usage(
          folder.toString(),
          "no folder can be made in " + parent(),
          "name a place in a folder that is there and writable for you");
    }
  }

  /** Makes the folder with these files, all or none; what ends with {@code .p12} is private. */
  void write(SortedMap<String, byte[]> files) {
    check();
    Path part =
        parent()
            .resolve("." + folder.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      Files.createDirectory(part, OWNER_ONLY_FOLDER);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = part.resolve(file.getKey());
        Files.createDirectories(path.getParent(), OWNER_ONLY_FOLDER);
        write(path, file.getValue(), file.getKey().endsWith(".p12") ? OWNER_ONLY : READABLE);
      }
      Files.move(part, folder);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      throw exists();
    } catch (IOException e) {
      throw ZbootException.io(
          folder.toString(),
          "could not be written (" + e.getMessage() + ")",
          "make room, or name another place with -o");
    } finally {
      delete(part);
    }
  }

  private static void write(Path file, byte[] bytes, FileAttribute<?> permissions)
      throws IOException {
    Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, anew, permissions)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void delete(Path part) {
    if (!Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(part)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // The error that brought us here says more than this one would.
      return;
    }
  }

  private ZbootException exists() {
    return ZbootException.refused(
        folder.toString(),
        "is there already, and keys are never overwritten",
        "name another folder with -o");
  }

  private Path parent() {
    Path parent = folder.toAbsolutePath().getParent();
    return parent == null ? folder.toAbsolutePath() : parent;
  }
}
