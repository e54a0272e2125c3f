package zeroboot.cli.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Machine;
import zeroboot.usb.Obstacle;
import zeroboot.usb.source.ImageSource;
import zeroboot.usb.source.ImageSources;
import zeroboot.usb.system.Machines;
import zeroboot.usb.write.Progress;
import zeroboot.usb.write.WriteOptions;

/** A new file is there when all of it is, or never. */
class NewFilesTest {
  private final byte[] bytes = new byte[3_000_001];
  private final Machine machine = Machines.current();
  private final List<String> told = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeEach
  void fill() {
    new Random(5).nextBytes(bytes);
  }

  @Test
  void aFileIsThereWhenAllOfItIs() throws IOException {
    Path place = folder.resolve("new.img");
    assertTrue(write(ImageSources.ofBytes("image", bytes), place, () -> {}));
    assertArrayEquals(bytes, Files.readAllBytes(place));
    assertEquals(List.of("new.img"), names());
    assertEquals(List.of("done"), told);
  }

  @Test
  void halfAFileIsNot() throws IOException {
    assertFalse(write(new Half(), folder.resolve("new.img"), () -> {}));
    assertEquals(List.of(), names());
    assertTrue(told.get(0).contains("a wire has come off"), told.toString());
  }

  @Test
  void whatTakesItsNameMeanwhileStays() throws IOException {
    Path place = folder.resolve("new.img");
    assertFalse(
        write(
            ImageSources.ofBytes("image", bytes), place, () -> Files.writeString(place, "theirs")));
    assertEquals("theirs", Files.readString(place));
    assertEquals(List.of("new.img"), names());
    assertTrue(told.get(0).contains("something has taken its name"), told.toString());
  }

  @Test
  void whatHasItsNameIsSeenBeforeAnythingIsWritten() throws IOException {
    Path place = folder.resolve("new.img");
    try (NewFiles files = new NewFiles(ImageSources.ofBytes("image", bytes))) {
      Device device = files.planned(place.toString()).orElseThrow();
      Files.createSymbolicLink(place, folder.resolve("nowhere"));
      assertThrows(DeviceException.class, () -> files.begin(machine, device));
    }
    assertEquals(List.of("new.img"), names());
  }

  /** What was opened goes again where another device could not be. */
  @Test
  void whatIsOnlyBegunGoes() throws IOException {
    try (NewFiles files = new NewFiles(ImageSources.ofBytes("image", bytes))) {
      Device device = files.planned(folder.resolve("new.img").toString()).orElseThrow();
      files.begin(machine, device).close();
      assertEquals(1, names().size());
    }
    assertEquals(List.of(), names());
  }

  private interface Meanwhile {
    void happens() throws IOException;
  }

  private boolean write(ImageSource image, Path place, Meanwhile meanwhile) throws IOException {
    try (NewFiles files = new NewFiles(image)) {
      Device device = files.planned(place.toString()).orElseThrow();
      Writing writing = new Writing(image, new WriteOptions(false, false), new Told(), files);
      var raw = files.begin(machine, device);
      assertFalse(Files.exists(place));
      meanwhile.happens();
      return writing.run(Map.of(device, raw));
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Its second half cannot be read. */
  private final class Half implements ImageSource {
    @Override
    public String name() {
      return "image";
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(bytes.length);
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public ReadableByteChannel open() {
      InputStream failing =
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("a wire has come off");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
              return read();
            }
          };
      return Channels.newChannel(
          new SequenceInputStream(new ByteArrayInputStream(bytes, 0, bytes.length / 2), failing));
    }
  }

  private final class Told implements WriteReport {
    @Override
    public void warning(String text) {
      told.add(text);
    }

    @Override
    public void plan(WritePlan plan, boolean isDryRun) {
      told.add("plan");
    }

    @Override
    public void refused(Device device, List<Obstacle> obstacles) {
      told.add("refused");
    }

    @Override
    public Progress progress(Device device) {
      return new ProgressLine(device.path(), text -> {});
    }

    @Override
    public void done(Device device, long count) {
      told.add("done");
    }

    @Override
    public void failed(Device device, DeviceException e) {
      told.add(e.getMessage());
    }

    @Override
    public void close() {}
  }
}
