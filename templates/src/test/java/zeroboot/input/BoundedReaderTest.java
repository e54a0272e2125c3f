package zeroboot.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.ground.ZbootException;
import zeroboot.testing.ForeignTool;

/** Whatever a name leads to, reading it ends, and soon. */
class BoundedReaderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/urandom", "/dev/full", "/dev/null", "/dev"})
  void devicesAndFoldersAreNoFiles(String name) {
    refused(ZbootException.Kind.USAGE, Path.of(name), InputKind.IMAGE, "");
  }

  @Test
  void namesThatLeadNowhere() throws IOException {
    refused(ZbootException.Kind.USAGE, folder.resolve("none"), InputKind.KEY, "no such file");
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    refused(ZbootException.Kind.USAGE, loop, InputKind.KEY, "leads to itself");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThrows(
        ZbootException.class, () -> BoundedReader.file(file.resolve("below"), InputKind.KEY));
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
    refused(ZbootException.Kind.USAGE, dangling, InputKind.PROFILE, "no such file");
  }

  /** A file without a single block may say that it has any size. */
  @ParameterizedTest
  @EnumSource(InputKind.class)
  void sizesUpToTheLimit(InputKind kind) throws IOException {
    Path sparse = folder.resolve("sparse");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(1L << 40);
      refused(ZbootException.Kind.SETTINGS, sparse, kind, kind.shown());
      file.setLength(kind.limit() + 1L);
      refused(ZbootException.Kind.SETTINGS, sparse, kind, "the most is");
      if (kind != InputKind.IMAGE) { // which is a gigabyte
        file.setLength(kind.limit());
        assertEquals(kind.limit(), BoundedReader.file(sparse, kind).length);
      }
    }
  }

  /** The kernel says that these files have no bytes. */
  @Test
  void filesOfTheKernel() throws IOException {
    byte[] read = BoundedReader.file(Path.of("/proc/self/status"), InputKind.KEY);
    assertTrue(new String(read, java.nio.charset.StandardCharsets.US_ASCII).startsWith("Name:"));
    assertEquals(0, Files.size(Path.of("/proc/self/status")));
    // One that is larger than its kind may be, and does not say so.
    refused(ZbootException.Kind.SETTINGS, Path.of("/proc/kallsyms"), InputKind.PASSWORD, "4 KiB");
  }

  @Test
  void pipesThatNobodyWritesTo() {
    Path pipe = pipe("silent");
    ZbootException e =
        assertThrows(
            ZbootException.class,
            () -> BoundedReader.file(pipe, InputKind.KEY, Duration.ofMillis(300)));
    assertEquals(ZbootException.Kind.IO, e.kind());
    assertTrue(e.getMessage() != null && e.getMessage().contains("nothing was written"));
  }

  @Test
  void pipesThatNeverEnd() throws InterruptedException {
    Path pipe = pipe("endless");
    Thread writer = writer(pipe, Integer.MAX_VALUE);
    refused(ZbootException.Kind.SETTINGS, pipe, InputKind.PROFILE, "4 MiB");
    writer.join(); // the reader has left, so that it could not go on
  }

  @Test
  void pipesAreReadToTheirEnd() throws InterruptedException {
    Path pipe = pipe("good");
    Thread writer = writer(pipe, 1 << 20);
    assertArrayEquals(new byte[1 << 20], BoundedReader.file(pipe, InputKind.SIGNATURE));
    writer.join();
  }

  @Test
  void streamsHaveTheSameLimit() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }
        };
    ZbootException e =
        assertThrows(
            ZbootException.class,
            () -> BoundedReader.stream("standard input", endless, InputKind.KEY));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
  }

  @Test
  void unpackedBytesHaveALimit() throws IOException {
    byte[] ten = new byte[10];
    assertEquals(10, limited(ten, 10).readAllBytes().length);
    assertThrows(IOException.class, () -> limited(ten, 9).readAllBytes());
    assertThrows(IOException.class, () -> limited(ten, 9).skipNBytes(10));
    try (InputStream in = limited(ten, 1)) {
      assertEquals(0, in.read());
      assertThrows(IOException.class, in::read);
    }
  }

  private static InputStream limited(byte[] bytes, long limit) {
    return new LimitedStream(new ByteArrayInputStream(bytes), limit);
  }

  private Path pipe(String name) {
    Path pipe = folder.resolve(name);
    ForeignTool.require("mkfifo").run(pipe.toString()).ok();
    return pipe;
  }

  private static Thread writer(Path pipe, int bytes) {
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                byte[] part = new byte[1 << 16];
                for (int left = bytes; left > 0; left -= part.length) {
                  out.write(part, 0, Math.min(left, part.length));
                }
              } catch (IOException e) {
                return; // the reader left
              }
            });
    writer.setDaemon(true);
    writer.start();
    return writer;
  }

  private static void refused(ZbootException.Kind kind, Path file, InputKind as, String says) {
    ZbootException e =
        assertThrows(ZbootException.class, () -> BoundedReader.file(file, as), file.toString());
    assertEquals(kind, e.kind(), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains(says), e.getMessage());
    assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
  }
}
