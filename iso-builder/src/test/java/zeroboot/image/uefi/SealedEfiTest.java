package zeroboot.image.uefi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.SectionHeader;
import zeroboot.image.plan.Extent;
import zeroboot.image.testing.Refusal;
import zeroboot.script.BootScript;
import zeroboot.script.ImageId;
import zeroboot.spec.BootPath;
import zeroboot.stage.BootStages;

class SealedEfiTest {
  private static final IpxeCore CORE = BundledCore.load();
  private static final String TEXT = "#!ipxe\necho farm 4242\n";
  private static final SealedEfi SEALED =
      SealedEfi.build(CORE, new BootScript(TEXT, ImageId.of(TEXT)));

  @Test
  void givesBackWhatWentIn() {
    SealedEfi.Content content = SealedEfi.read("boot.efi", SEALED.file());
    assertEquals(TEXT, content.script());
    assertArrayEquals(CORE.efi(), content.core());
    assertArrayEquals(BootStages.of(BootPath.UEFI_X64), content.loader());
    assertEquals(SEALED.views(), content.views());
  }

  @Test
  void viewsAreWhereTheBytesAre() {
    assertArrayEquals(BootStages.of(BootPath.UEFI_X64), view("UEFI loader"));
    PackedCore core = PackedCores.of(CORE);
    byte[] core1 = view(SealedEfi.CORE);
    byte[] written = core.encoder().written();
    // The last bytes are still to come for an encoder, and shared with what follows.
    assertArrayEquals(
        Arrays.copyOf(written, core.packedSize() - 8), Arrays.copyOf(core1, core1.length - 8));
    assertEquals(core.packedSize(), core1.length);
    assertEquals(extent(SealedEfi.CORE).end(), extent(SealedEfi.SCRIPT).offset());
  }

  /** What firmware unpacks into lies behind the file's content, writable, and on its own pages. */
  @Test
  void roomIsLargeEnough() {
    PeImage image = PeImage.read("boot.efi", SEALED.file());
    SectionHeader room = image.section(".room").orElseThrow();
    assertEquals(0, room.sizeOfRawData());
    int script = TEXT.length() + "ipxe.efi ".length() + 1;
    int needed = 26_608 + CORE.efi().length + PackedCores.of(CORE).example().length + 2 * script;
    assertEquals(needed, room.virtualSize());
    assertEquals(0, room.virtualAddress() % 4096);
    assertEquals(
        SectionHeader.UNINITIALIZED_DATA | SectionHeader.READ | SectionHeader.WRITE,
        room.characteristics());
  }

  /** Images of earlier versions, which the firmware unpacks: with and without the core's CRC. */
  @ParameterizedTest
  @CsvSource({"false, UTF-16LE", "true, UTF-16LE", "true, US-ASCII"})
  void filesOfEarlierVersionsAreRead(boolean vouches, Charset characters) {
    byte[] file = EarlierFiles.efi(CORE, TEXT, vouches, characters);
    SealedEfi.Content content = SealedEfi.read("boot.efi", file);
    assertEquals(TEXT, content.script());
    assertArrayEquals(CORE.efi(), content.core());
    assertTrue(SealedEfi.claims(file));
    file[file.length - 600] ^= 1;
    assertThrows(ZbootException.class, () -> SealedEfi.read("boot.efi", file));
  }

  /** Those whose stream has the trust root in it. */
  @Test
  void filesWithoutARootFieldAreRead() {
    byte[] file = EarlierFiles.withoutRootField(CORE, TEXT);
    SealedEfi.Content content = SealedEfi.read("boot.efi", file);
    assertEquals(TEXT, content.script());
    assertArrayEquals(CORE.efi(), content.core());
    assertTrue(SealedEfi.claims(file));
    assertTrue(SealedEfi.holdsLoader(file));
    file[file.length - 600] ^= 1;
    assertThrows(ZbootException.class, () -> SealedEfi.read("boot.efi", file));
  }

  @Test
  void everyByteOfThePayloadIsUnderTheChecksum() {
    Random random = new Random(5);
    int payload = (int) extent("UEFI payload header").offset();
    int end = (int) extent(SealedEfi.SCRIPT).end();
    for (int i = 0; i < 100; i++) {
      int at = i < SealedPayload.STREAM ? payload + i : payload + random.nextInt(end - payload);
      byte[] damaged = SEALED.file().clone();
      damaged[at] ^= 0x10;
      assertThrows(ZbootException.class, () -> SealedEfi.read("boot.efi", damaged), "byte " + at);
    }
  }

  @Test
  void truncatedFilesAreRefused() {
    byte[] whole = SEALED.file();
    for (int size = 0; size < whole.length; size += size < 2200 ? 7 : 39_119) {
      byte[] part = Arrays.copyOf(whole, size);
      ZbootException e =
          assertThrows(ZbootException.class, () -> SealedEfi.read("a.efi", part), size + " bytes");
      assertTrue(e.toString().contains("a.efi: "), e.getMessage());
    }
  }

  @Test
  void otherUefiFilesAreRefused() {
    ZbootException e =
        assertThrows(ZbootException.class, () -> SealedEfi.read("ipxe.efi", CORE.efi()));
    assertTrue(e.toString().contains("not a UEFI file made by zboot"), e.getMessage());
  }

  /** What the checksum does not find, since it was made right again. */
  @Test
  void lengthsThatDoNotFitAreRefused() {
    for (int field = 12; field < 44; field += 4) {
      for (int value : new int[] {0, 1, 0x7FFF_FFFF, -1, CORE.efi().length + 40_000}) {
        if ((field == 28 || field == 32) && value < 2 && value >= 0) {
          continue; // code that is coded otherwise: only the core's checksum finds that
        }
        byte[] damaged = resealed(field, value);
        assertThrows(
            ZbootException.class, () -> SealedEfi.read("boot.efi", damaged), field + ": " + value);
      }
    }
  }

  /**
   * Another's file, with a good checksum: the loader believes what the payload says of the core.
   */
  @Test
  void codeBeyondTheCoreIsRefused() {
    for (int codeEnd : new int[] {CORE.efi().length + 1, 1 << 24, -1}) {
      byte[] changed = resealed(32, codeEnd);
      Refusal.assertRefused(
          "code beyond the end of its iPXE", () -> SealedEfi.read("boot.efi", changed));
    }
  }

  /** The same with its root: whatever the loader were told, it would write nothing else over. */
  @Test
  void rootBeyondTheCoreIsRefused() {
    for (int rootAt : new int[] {CORE.efi().length - 31, CORE.efi().length, 1 << 24, -1}) {
      byte[] changed = resealed(36, rootAt);
      Refusal.assertRefused(
          "trust root beyond the end of its iPXE", () -> SealedEfi.read("boot.efi", changed));
    }
  }

  /** The file with another value in a field of the payload's header, under a right checksum. */
  private static byte[] resealed(int field, int value) {
    int payload = (int) extent("UEFI payload header").offset();
    int end = (int) extent(SealedEfi.SCRIPT).end();
    byte[] changed = SEALED.file().clone();
    ByteBuffer bytes = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(payload + field, value);
    CRC32 crc = new CRC32();
    crc.update(changed, payload + 4, end - payload - 4);
    bytes.putInt(payload, (int) crc.getValue());
    return changed;
  }

  private static byte[] view(String name) {
    Extent view = extent(name);
    return Arrays.copyOfRange(SEALED.file(), (int) view.offset(), (int) view.end());
  }

  private static Extent extent(String name) {
    return SEALED.layout().find(name).orElseThrow();
  }
}
