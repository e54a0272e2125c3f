package zeroboot.usb.linux;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A machine's sysfs, {@code /proc} and {@code /dev} in memory, from a text of lines:
 *
 * <pre>
 * block FOLDER MAJOR:MINOR   a block device below sys/devices, with its node and its class link;
 *   ATTRIBUTE = VALUE        the indented lines are files in its folder
 * link PATH -> TARGET
 * file PATH = VALUE
 * line PATH = TEXT           appended
 * bytes PATH OFFSET TEXT     or 0x and hexadecimal digits
 * </pre>
 */
final class RecordedMachine {
  private final Path root;
  private @Nullable Path block;

  private RecordedMachine(Path root) {
    this.root = root;
  }

  /** The root of a machine that a resource beside this class describes. */
  static Path read(String name) {
    FileSystem files =
        Jimfs.newFileSystem(Configuration.unix().toBuilder().setAttributeViews("unix").build());
    RecordedMachine machine = new RecordedMachine(files.getPath("/"));
    try (InputStream in =
        Objects.requireNonNull(RecordedMachine.class.getResourceAsStream(name + ".txt"), name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n", -1)) {
        machine.add(line);
      }
      return machine.root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) throws IOException {
    if (line.startsWith("#") || line.isEmpty()) {
      return;
    }
    if (line.startsWith("  ")) {
      String[] parts = line.strip().split(" =", 2);
      write(Objects.requireNonNull(block).resolve(parts[0]), parts[1].strip());
      return;
    }
    String[] words = line.split(" ", 4);
    Path path = root.resolve(words[1]);
    switch (words[0]) {
      case "block" -> addBlock(words[1], words[2]);
      case "link" -> link(path, words[3]);
      case "file" -> write(path, line.split(" = ?", 2)[1]);
      case "line" -> append(path, line.split(" = ", 2)[1] + "\n");
      case "bytes" -> bytes(path, Integer.parseInt(words[2]), words[3]);
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void addBlock(String folder, String number) throws IOException {
    Path at = root.resolve("sys/devices").resolve(folder);
    String name = at.getFileName().toString();
    block = at;
    write(at.resolve("dev"), number);
    link(root.resolve("sys/class/block").resolve(name), "../../devices/" + folder);
    write(root.resolve("dev").resolve(name), "");
  }

  private static void link(Path path, String target) throws IOException {
    Files.createDirectories(path.getParent());
    Files.createSymbolicLink(path, path.getFileSystem().getPath(target));
  }

  private static void write(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }

  private static void append(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void bytes(Path path, int offset, String value) throws IOException {
    Files.createDirectories(path.getParent());
    byte[] bytes =
        value.startsWith("0x")
            ? HexFormat.of().parseHex(value.substring(2))
            : value.getBytes(StandardCharsets.US_ASCII);
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.position(offset).write(ByteBuffer.wrap(bytes));
    }
  }
}
