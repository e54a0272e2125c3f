package zeroboot.usb.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.ForeignTool;
import zeroboot.usb.DeviceException;

class ImageSourcesTest {
  private static final int SIZE = 3_000_001;

  @TempDir private Path folder;

  /** What gzip and xz packed; the name says nothing. */
  @ParameterizedTest
  @CsvSource({"gzip, -kn", "xz, -kT1"})
  void packedByOthers(String tool, String options) throws IOException {
    byte[] image = image();
    Path plain = Files.write(folder.resolve("image"), image);
    ForeignTool.require(tool).run(options, "-S", ".packed", plain.toString()).ok();
    Path packed = folder.resolve("image.packed");
    assertTrue(Files.size(packed) != SIZE);

    ImageSource file = ImageSources.ofFile(packed);
    assertEquals(tool.equals("xz") ? OptionalLong.of(SIZE) : OptionalLong.empty(), file.size());
    assertArrayEquals(image, bytes(file));
    assertArrayEquals(image, bytes(file), "a second time");

    byte[] stored = Files.readAllBytes(packed);
    assertArrayEquals(image, bytes(ImageSources.ofStream("-", new ByteArrayInputStream(stored))));

    // Two in a row are one image.
    byte[] twice = Arrays.copyOf(stored, 2 * stored.length);
    System.arraycopy(stored, 0, twice, stored.length, stored.length);
    Path two = Files.write(folder.resolve("two"), twice);
    assertEquals(2 * SIZE, bytes(ImageSources.ofFile(two)).length);

    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(stored, stored.length - 20));
    assertThrows(Exception.class, () -> bytes(ImageSources.ofFile(cut)));
  }

  @Test
  void aFileAsItIs() throws IOException {
    byte[] image = image();
    ImageSource source = ImageSources.ofFile(Files.write(folder.resolve("image.gz"), image));
    assertEquals(OptionalLong.of(SIZE), source.size());
    assertArrayEquals(image, bytes(source));
  }

  @Test
  void aStream() throws IOException {
    ImageSource small = ImageSources.ofStream("-", new ByteArrayInputStream(image()));
    assertEquals(OptionalLong.of(SIZE), small.size());
    assertArrayEquals(image(), bytes(small));
    assertArrayEquals(image(), bytes(small), "a second time");

    byte[] large = Arrays.copyOf(image(), 20 << 20);
    ImageSource once = ImageSources.ofStream("-", new ByteArrayInputStream(large));
    assertEquals(OptionalLong.empty(), once.size());
    assertArrayEquals(large, bytes(once));
  }

  @Test
  void aFileThatIsNotThere() {
    DeviceException e =
        assertThrows(
            DeviceException.class, () -> ImageSources.ofFile(folder.resolve("no such file")));
    assertEquals(DeviceException.Kind.IO, e.kind());
  }

  /** Between question and writing another file may take the name. */
  @Test
  void whatHasChangedSinceIsNotRead() throws IOException {
    Path path = Files.write(folder.resolve("image"), image());
    ImageSource replaced = ImageSources.ofFile(path);
    Path other = Files.write(folder.resolve("other"), image());
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(path));
    Files.delete(path);
    Files.createSymbolicLink(path, other);
    assertThrows(IOException.class, replaced::open);

    ImageSource grown = ImageSources.ofFile(other);
    Files.write(other, new byte[1], java.nio.file.StandardOpenOption.APPEND);
    assertThrows(IOException.class, grown::open);
  }

  @Test
  void pipesAreStreamsAndTerminalsAreNothing() throws IOException {
    Path pipe = folder.resolve("pipe");
    ForeignTool.require("mkfifo").run(pipe.toString()).ok();
    Path image = Files.write(folder.resolve("image"), image());
    Process writer = new ProcessBuilder("sh", "-c", "cat '" + image + "' >'" + pipe + "'").start();
    ImageSource source = ImageSources.ofFile(pipe);
    assertArrayEquals(image(), bytes(source));
    assertArrayEquals(image(), bytes(source), "a second time");
    writer.destroy();
    for (String other : new String[] {"/dev/zero", "/dev/null", folder.toString()}) {
      assertThrows(DeviceException.class, () -> ImageSources.ofFile(Path.of(other)), other);
    }
  }

  private static byte[] bytes(ImageSource source) throws IOException {
    try (ReadableByteChannel channel = source.open()) {
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  private static byte[] image() {
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
