package zeroboot.image.bios;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.core.BundledCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.plan.Gap;
import zeroboot.spec.BootPath;
import zeroboot.stage.BootStages;

class BiosBlobReaderTest {
  private static final byte[] SCRIPT = "#!ipxe\nexit\n".getBytes(US_ASCII);
  private static final byte[] STAGE = BootStages.of(BootPath.BIOS);
  private static final int ISO_BLOCK = 3;
  private static final Gap GAP = new Gap(BiosBlob.FRAME + 2048, 3 * 2048);

  private static BiosBlob tiny() {
    return BiosBlob.of(STAGE, TinyKernel.bytes(7), SCRIPT);
  }

  /** Sector 0 and the blob of a hybrid ISO, with a partition table in the former. */
  private static byte[] hybrid(BiosBlob blob) {
    byte[] image = new byte[ISO_BLOCK * 2048 + blob.size() + 100];
    System.arraycopy(blob.onDisk(4 * ISO_BLOCK), 0, image, 0, 512);
    System.arraycopy(blob.onCd(ISO_BLOCK, Gap.NONE), 0, image, ISO_BLOCK * 2048, blob.size());
    Arrays.fill(image, 0x1B8, 0x1FE, (byte) 0x77);
    return image;
  }

  /** The same with the blob in two parts, and something of the ISO's own between them. */
  private static byte[] split(BiosBlob blob) {
    byte[] image = new byte[2048 + blob.size() + (int) GAP.bytes()];
    Arrays.fill(image, (byte) 0x55);
    System.arraycopy(blob.onDisk(4, GAP), 0, image, 0, 512);
    GAP.put(blob.onCd(1, GAP), image, 2048);
    Arrays.fill(image, 0x1B8, 0x1FE, (byte) 0x77);
    return image;
  }

  private static byte[] disk(BiosBlob blob) {
    byte[] image = Arrays.copyOf(blob.onDisk(0), blob.size() + 512);
    Arrays.fill(image, 0x1B8, 0x1FE, (byte) 0x77);
    return image;
  }

  static Stream<Arguments> forms() {
    BiosBlob blob = tiny();
    return Stream.of(
        Arguments.of("kernel file", blob.file(), 0L),
        Arguments.of("disk", disk(blob), 0L),
        Arguments.of("hybrid ISO", hybrid(blob), 2048L * ISO_BLOCK),
        Arguments.of("hybrid ISO, two parts", split(blob), 2048L));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void givesBackWhatWentIn(String form, byte[] image, long offset) {
    BiosBlobReader.Parts parts = BiosBlobReader.read(form, image);
    assertArrayEquals(STAGE, parts.stage());
    assertArrayEquals(TinyKernel.bytes(7), parts.lkrn());
    assertArrayEquals(SCRIPT, parts.script());
    assertEquals(offset, parts.offset());
  }

  /** Earlier versions filled up to 2048 bytes. */
  @Test
  void readsWhatEarlierVersionsMade() {
    BiosBlob blob = BiosBlob.of(STAGE, TinyKernel.bytes(7), SCRIPT, BiosBlob.BLOCK);
    byte[] image = blob.file();
    assertEquals(0x3800, image.length);
    BiosBlobReader.Parts parts = BiosBlobReader.read("kernel file", image);
    assertArrayEquals(TinyKernel.bytes(7), parts.lkrn());
    assertEquals(0x3800, parts.size());
  }

  @Test
  void givesBackTheBundledCore() {
    byte[] lkrn = BundledCore.load().lkrn();
    BiosBlob blob = BiosBlob.of(STAGE, lkrn, SCRIPT);
    assertArrayEquals(lkrn, BiosBlobReader.read("disk", disk(blob)).lkrn());
  }

  /** Whichever byte is spoilt, the reader notices, or says that the stage is another one. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void noticesEverySpoiltByte(String form, byte[] image, long offset) {
    int end = end(form, offset);
    for (int at = 0; at < end; at++) {
      boolean partitions = 0x1B8 <= at && at < 0x1FE && !form.equals("kernel file");
      boolean inGap = offset == 2048 && at >= 2048 + GAP.at() && at < 2048 + GAP.at() + GAP.bytes();
      boolean between = (0x200 <= at && at < offset) || inGap;
      if (partitions || between) {
        continue;
      }
      image[at] ^= 0x10;
      assertTrue(noticed(form, image), String.format("byte %04x", at));
      image[at] ^= 0x10;
    }
    assertArrayEquals(SCRIPT, BiosBlobReader.read(form, image).script());
  }

  private static int end(String form, long offset) {
    int gap = form.endsWith("two parts") ? (int) GAP.bytes() : 0;
    return (int) offset + tiny().size() + gap;
  }

  private static boolean noticed(String form, byte[] image) {
    try {
      return !Arrays.equals(STAGE, BiosBlobReader.read(form, image).stage());
    } catch (ZbootException e) {
      assertEquals(ZbootException.Kind.SETTINGS, e.kind());
      return true;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void noticesATruncatedImage(String form, byte[] image, long offset) {
    int end = end(form, offset);
    for (int length = 0; length < end; length += 1 + length / 16) {
      assertRefused(Arrays.copyOf(image, length), "");
    }
    assertRefused(Arrays.copyOf(image, end - 1), "cut off");
    assertArrayEquals(SCRIPT, BiosBlobReader.read(form, Arrays.copyOf(image, end)).script());
  }

  static Stream<Arguments> hostileFields() {
    return Stream.of(
        hostile("payload of 4 GiB - 1", b -> b.putInt(0x1414, -1), "impossible size"),
        hostile("payload of 2 GiB - 1", b -> b.putInt(0x1414, 0x7FFFFFFF), "impossible size"),
        hostile("script of 4 GiB - 1", b -> b.putInt(0x1410, -1), "impossible size"),
        hostile("no script", b -> b.putInt(0x1410, 0), "impossible size"),
        hostile("script elsewhere", b -> b.putInt(0x140C, 0), "impossible size"),
        hostile("body of 4 GiB - 2048", b -> b.putInt(0x1404, -2048), "impossible size"),
        hostile("255 setup sectors", b -> b.put(0x1420, (byte) -1), "kernel header"),
        hostile("target in sector 0", b -> b.putShort(0x141C, (short) 0x1FE), "kernel header"),
        hostile("target far away", b -> b.putShort(0x141C, (short) -1), "kernel header"),
        hostile("target at another place", b -> b.putShort(0x141C, (short) 0x300), "0x300"),
        hostile("hook at another place", b -> b.putShort(0x141E, (short) 0x1500), "0x231"),
        hostile("other header kept", b -> b.put(0x142C, (byte) 1), "0x1fd"),
        hostile("a gap of no length", b -> b.putInt(0x1FF4, 0x800), "impossible size"),
        hostile("a gap in the frame", b -> b.putInt(0x1FF8, 0x800), "impossible size"),
        hostile("a gap within a block", b -> gap(b, 0x400, 0x800), "impossible size"),
        hostile("a gap of half a block", b -> gap(b, 0x800, 0x400), "impossible size"),
        hostile("a gap behind the end", b -> gap(b, 0x1800, 0x800), "impossible size"),
        hostile("a gap of 4 GiB - 2048", b -> gap(b, 0x800, -0x800), "impossible size"),
        hostile("a head of 4 GiB - 2048", b -> gap(b, -0x800, 0x800), "impossible size"),
        hostile("a head of 2 GiB", b -> gap(b, 0x80000000, 0x800), "impossible size"),
        hostile("no tail mark", b -> b.put(0x1FFF, (byte) 0), "no BIOS boot stage"),
        hostile("other magic", b -> b.put(0x1403, (byte) '4'), "no BIOS boot stage"));
  }

  private static void gap(ByteBuffer frame, int head, int bytes) {
    frame.putInt(0x1FF4, head).putInt(0x1FF8, bytes);
  }

  private static Arguments hostile(String name, Consumer<ByteBuffer> change, String reason) {
    return Arguments.of(name, change, reason);
  }

  /** With the frame's sum made right again, so that only the check of the field itself is left. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileFields")
  void refusesFieldsThatMakeNoSense(String name, Consumer<ByteBuffer> change, String reason) {
    byte[] image = tiny().file();
    ByteBuffer fields = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(fields);
    fields.putInt(0x1B4, RollingSum.over(0, image, 0x200, 0x1E00));
    assertRefused(image, reason);
  }

  @Test
  void refusesAStageThatPointsOutOfTheImage() {
    byte[] image = tiny().onDisk(0xFFFFFFFFL);
    assertRefused(image, "no BIOS boot stage");
    image[0x1AC] = 63; // a shift that would turn the offset negative
    assertRefused(image, "no BIOS boot stage");
    assertRefused(tiny().onCd(1, Gap.NONE), "no BIOS boot stage");
  }

  @Test
  void refusesABlobThatWasMovedOnItsMedium() {
    byte[] image = hybrid(tiny());
    byte[] moved = new byte[image.length + 2048];
    System.arraycopy(image, 0, moved, 2048, image.length);
    System.arraycopy(tiny().onDisk(4 * (ISO_BLOCK + 1)), 0, moved, 0, 512);
    assertRefused(moved, "another place");
  }

  private static void assertRefused(byte[] image, String reason) {
    ZbootException e =
        assertThrows(ZbootException.class, () -> BiosBlobReader.read("stick.img", image));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    assertTrue(e.toString().contains(reason), e.toString());
    assertTrue(e.toString().contains(": stick.img: "), e.toString());
  }
}
