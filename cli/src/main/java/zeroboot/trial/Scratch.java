package zeroboot.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import zeroboot.ground.ZbootException;

/** A folder for what QEMU wants as files; gone with this object, and with this program. */
public final class Scratch implements AutoCloseable {
  private final Path folder;
  private final AtomicInteger used = new AtomicInteger();
  private final Thread hook = new Thread(this::delete, "delete scratch files");

  /** A new folder, among the system's temporary ones. */
  public Scratch() {
    try {
      folder = Files.createTempDirectory("zboot-try");
    } catch (IOException e) {
      throw ZbootException.io(
          "temporary folder", "cannot be made (" + e.getMessage() + ")", "make room on the disk");
    }
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A file with these bytes. */
  Path file(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw ZbootException.io(
          folder.resolve(name).toString(),
          "cannot be written (" + e.getMessage() + ")",
          "make room on the disk");
    }
  }

  /**
   * A path in it that nothing has used yet; what is made there has to be a plain file or socket.
   */
  Path unused(String name) {
    return folder.resolve(name + "-" + used.incrementAndGet());
  }

  /** The folder. Nothing in it is a folder. */
  Path folder() {
    return folder;
  }

  private void delete() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      System.err.println("zboot: " + folder + " could not be deleted (" + e.getMessage() + ")");
    }
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the hook is doing the same
    }
  }
}
