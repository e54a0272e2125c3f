package zeroboot.usb.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.usb.DeviceException;
import zeroboot.usb.source.ImageSource;
import zeroboot.usb.source.ImageSources;

/** The writer on devices that do as they please. */
class ImageWriterTest {
  private static final int SIZE = 16 << 20;
  private static final Progress IGNORED = new Listener(() -> {});
  private static final WriteOptions PLAIN = new WriteOptions(false, false);

  private final MemoryDevice device = new MemoryDevice(SIZE);

  /** Does something at each step forward. */
  private record Listener(Runnable onProgress) implements Progress {
    @Override
    public void begins(Phase phase, long total) {}

    @Override
    public void advanced(long done) {
      onProgress.run();
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        512,
        4096,
        65_535,
        65_536,
        65_537,
        870_912,
        4 << 20,
        (4 << 20) + 511,
        9_000_001,
        SIZE
      })
  void theImageIsThereAndItsNeighboursAreToo(int size) {
    byte[] image = image(size);
    assertEquals(size, writer(PLAIN).write(ImageSources.ofBytes("image", image)));
    assertArrayEquals(image, Arrays.copyOf(device.bytes, size));
    assertArrayEquals(
        Arrays.copyOfRange(device.before, size, SIZE),
        Arrays.copyOfRange(device.bytes, size, SIZE));
    assertTrue(device.isPartitionTableRead);
  }

  @Test
  void aDeviceMayTakeLittleAtATime() {
    device.mostAtOnce = 1536;
    byte[] image = image(1_000_000);
    writer(PLAIN).write(ImageSources.ofBytes("image", image));
    assertArrayEquals(image, Arrays.copyOf(device.bytes, image.length));
  }

  @Test
  void aBadBlockIsNamedAndNothingBoots() {
    device.badFrom = 5_000_192;
    DeviceException e = failure(device, ImageSources.ofBytes("image", image(9_000_000)));
    assertEquals(DeviceException.Kind.IO, e.kind());
    assertTrue(
        e.what().startsWith("writing failed at byte 5000192 (Input/output error); its first block"),
        e.what());
    assertTrue(device.isEmpty(0, 64 << 10));

    device.badFrom = Long.MAX_VALUE;
    byte[] again = image(9_000_000);
    writer(PLAIN).write(ImageSources.ofBytes("image", again));
    assertArrayEquals(again, Arrays.copyOf(device.bytes, again.length));
  }

  /** However far it came, a device that went away has no first block that boots. */
  @Test
  void aDeviceThatGoesAwayNeverHalfBoots() {
    byte[] image = image(9_000_000);
    MemoryDevice whole = new MemoryDevice(SIZE);
    writer(whole, PLAIN, IGNORED, new Cancellation()).write(ImageSources.ofBytes("i", image));
    for (int writes = 1; writes < whole.writes; writes++) {
      MemoryDevice pulled = new MemoryDevice(SIZE);
      pulled.goneAfterWrites = writes;
      DeviceException e = failure(pulled, ImageSources.ofBytes("image", image));
      assertTrue(e.what().contains("No such device"), e.what());
      assertTrue(e.what().contains("do not boot from it"), e.what());
      assertTrue(pulled.isFirstBlockEmpty(), "after " + writes + " writes");
    }
  }

  /** An image that comes slowly: what is written is told meanwhile, and so is what went wrong. */
  @Test
  void aBadBlockIsToldBeforeTheImageEnds() {
    MemoryDevice large = new MemoryDevice(32 << 20);
    large.badFrom = 5_000_192;
    CountDownLatch failed = new CountDownLatch(1);
    InputStream slow =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try {
              assertTrue(failed.await(60, TimeUnit.SECONDS), "the writer waits for the image");
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return -1;
          }

          @Override
          public int read(byte[] bytes, int from, int count) throws IOException {
            return count == 0 ? 0 : read();
          }
        };
    InputStream image = new SequenceInputStream(new ByteArrayInputStream(new byte[17 << 20]), slow);
    try {
      DeviceException e = failure(large, ImageSources.ofStream("standard input", image));
      assertTrue(e.what().startsWith("writing failed at byte 5000192"), e.what());
    } finally {
      failed.countDown();
    }
  }

  /** Nor is there anything for firmware that looks for a GPT or a CD's descriptors. */
  @Test
  void theHeadComesLast() {
    byte[] image = image(9_000_000);
    List<Boolean> isEmpty = new ArrayList<>();
    Progress watch = new Listener(() -> isEmpty.add(device.isEmpty(0, 64 << 10)));
    ImageSource stream = stream(image, image.length);
    writer(device, PLAIN, watch, new Cancellation()).write(stream);
    // Three chunks are written while it is empty, and read back when it is there.
    assertEquals(List.of(true, true, true, false, false, false), isEmpty);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 511, 65_535, 65_536, 4_194_304, 8_999_999})
  void aByteThatChangedIsFound(int place) {
    device.spoiledAt = place;
    byte[] image = image(9_000_000);
    DeviceException e = failure(device, ImageSources.ofBytes("image", image));
    String expected =
        String.format("differs from the image at byte %d: expected %02x", place, image[place]);
    assertTrue(e.what().startsWith(expected), e.what());
    assertTrue(e.what().contains(String.format("found %02x", (image[place] ^ 1) & 0xFF)), e.what());
    assertTrue(device.isFirstBlockEmpty());
  }

  /** A stream can't be read twice; then the difference is known to 64 KiB. */
  @Test
  void aDifferenceFromAStream() {
    byte[] image = image(SIZE);
    MemoryDevice large = new MemoryDevice(32 << 20);
    large.spoiledAt = 70_000;
    DeviceException e = failure(large, stream(new byte[0], 20 << 20));
    assertTrue(e.what().contains("in the 65536 bytes from 65536 on"), e.what());
    assertEquals(SIZE, image.length);
  }

  @Test
  void memoryThatIsNotThere() {
    MemoryDevice fake = new MemoryDevice(8 << 20, 64 << 20);
    DeviceException e = failure(fake, ImageSources.ofBytes("image", image(12 << 20)));
    assertTrue(e.what().contains("differs from the image at byte 8388608"), e.what());
    assertTrue(e.what().contains("less memory than it states"), e.what());
    assertTrue(fake.isFirstBlockEmpty());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFalseCapacityIsFoundBeforeTheImageNeedsIt(boolean isFolding) {
    MemoryDevice fake = new MemoryDevice(8 << 20, 64 << 20);
    fake.isFolding = isFolding;
    WriteOptions checked = new WriteOptions(false, true);
    ImageSource image = ImageSources.ofBytes("image", image(870_912));
    DeviceException e =
        assertThrows(
            DeviceException.class,
            () -> writer(fake, checked, IGNORED, new Cancellation()).write(image));
    assertTrue(e.what().contains("its capacity is a lie"), e.what());
    assertTrue(fake.isFirstBlockEmpty());
  }

  @Test
  void anHonestDevicePassesAndKeepsWhatLiesBeyondTheImage() {
    byte[] image = image(870_912);
    writer(new WriteOptions(false, true)).write(ImageSources.ofBytes("image", image));
    assertArrayEquals(image, Arrays.copyOf(device.bytes, image.length));
    assertArrayEquals(
        Arrays.copyOfRange(device.before, image.length, SIZE),
        Arrays.copyOfRange(device.bytes, image.length, SIZE));
  }

  @Test
  void oldSignaturesGo() {
    put(device, SIZE - 512, "EFI PART");
    put(device, 12 << 20, "not a signature");
    byte[] image = image(870_912);
    writer(PLAIN).write(ImageSources.ofBytes("image", image));
    assertTrue(device.isEmpty(SIZE - 512, SIZE));
    assertEquals('n', device.bytes[12 << 20]);
  }

  @Test
  void oldSignaturesStayIfWanted() {
    put(device, SIZE - 512, "EFI PART");
    byte[] image = image(870_912);
    writer(new WriteOptions(true, false)).write(ImageSources.ofBytes("image", image));
    assertEquals('E', device.bytes[SIZE - 512]);
  }

  @Test
  void stopping() {
    Cancellation cancellation = new Cancellation();
    Progress stop = new Listener(cancellation::request);
    ImageSource image = ImageSources.ofBytes("image", image(9_000_000));
    DeviceException e =
        assertThrows(
            DeviceException.class, () -> writer(device, PLAIN, stop, cancellation).write(image));
    assertEquals(
        "stopped before the end; its first block is empty, so that nothing boots from it",
        e.what());
    assertTrue(device.isFirstBlockEmpty());
  }

  @Test
  void anEmptyImageChangesNothing() {
    assertThrows(
        DeviceException.class,
        () -> writer(PLAIN).write(ImageSources.ofBytes("image", new byte[0])));
    assertArrayEquals(device.before, device.bytes);
  }

  @Test
  void anImageThatIsTooLargeChangesNothing() {
    DeviceException e =
        assertThrows(
            DeviceException.class,
            () -> writer(PLAIN).write(ImageSources.ofBytes("image", new byte[SIZE + 1])));
    assertEquals(DeviceException.Kind.REFUSED, e.kind());
    assertArrayEquals(device.before, device.bytes);
  }

  /** Only the end of a stream tells its size; the device boots nothing then. */
  @Test
  void aStreamThatIsTooLarge() {
    DeviceException e = failure(device, stream(new byte[0], SIZE + (5 << 20)));
    assertTrue(e.what().contains("has more than fits"), e.what());
    assertTrue(device.isFirstBlockEmpty());
  }

  @Test
  void anImageThatCannotBeReadToItsEnd() {
    InputStream hungUp =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the server hung up");
          }

          @Override
          public int read(byte[] bytes, int from, int count) throws IOException {
            return count == 0 ? 0 : read();
          }
        };
    InputStream broken =
        new SequenceInputStream(new ByteArrayInputStream(new byte[17 << 20]), hungUp);
    MemoryDevice large = new MemoryDevice(32 << 20);
    DeviceException e = failure(large, ImageSources.ofStream("standard input", broken));
    assertTrue(e.what().contains("standard input cannot be read at byte"), e.what());
    assertTrue(e.what().contains("the server hung up"), e.what());
    assertTrue(large.isFirstBlockEmpty());
  }

  @Test
  void checksAreOneCrcOf64Bits() {
    UnitChecksums checks = new UnitChecksums();
    byte[] unit = image(UnitChecksums.UNIT);
    checks.add(0, ByteBuffer.wrap(unit));
    assertTrue(checks.isSame(0, ByteBuffer.wrap(unit)));
    for (int bit = 0; bit < 64; bit++) {
      byte[] other = unit.clone();
      other[bit * 1000] ^= (byte) (1 << (bit % 8));
      assertFalse(checks.isSame(0, ByteBuffer.wrap(other)));
    }
  }

  private ImageWriter writer(WriteOptions options) {
    return writer(device, options, IGNORED, new Cancellation());
  }

  private static ImageWriter writer(
      MemoryDevice device, WriteOptions options, Progress progress, Cancellation cancellation) {
    return new ImageWriter(device, "/dev/sdx", options, progress, cancellation);
  }

  private static DeviceException failure(MemoryDevice device, ImageSource image) {
    return assertThrows(
        DeviceException.class,
        () -> writer(device, PLAIN, IGNORED, new Cancellation()).write(image));
  }

  private static ImageSource stream(byte[] start, int size) {
    return ImageSources.ofStream(
        "standard input", new ByteArrayInputStream(Arrays.copyOf(start, size)));
  }

  private static void put(MemoryDevice device, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, device.bytes, offset, bytes.length);
    System.arraycopy(bytes, 0, device.before, offset, bytes.length);
  }

  private static byte[] image(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
