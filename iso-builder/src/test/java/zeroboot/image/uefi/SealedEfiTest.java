package zeroboot.image.uefi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.compress.UefiDecompressor;
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
  void scriptOfTheFirstSticksIsRead() {
    byte[] wide = ("ipxe.efi " + TEXT + "\0").getBytes(StandardCharsets.UTF_16LE);
    SpecReader r = SpecReader.of("old.efi", new SealedPayload(PackedCore.of(CORE), wide).toBytes());
    assertEquals(TEXT, SealedPayload.read(r).script(r));
  }

  @Test
  void viewsAreWhereTheBytesAre() {
    assertArrayEquals(BootStages.of(BootPath.UEFI_X64), view("UEFI loader"));
    assertArrayEquals(PackedCore.of(CORE).compressed(), view("iPXE (UEFI), compressed"));
    assertEquals(
        "ipxe.efi " + TEXT + "\0", new String(view(SealedEfi.SCRIPT), StandardCharsets.US_ASCII));
  }

  @Test
  void firmwareSeesPartsAlignedToEightBytes() {
    for (int length = 20; length < 36; length++) {
      String text = "#!ipxe\n" + "#".repeat(length) + "\n";
      SealedEfi sealed =
          SealedEfi.build(
              new PackedCore(new byte[length], new PackedCore.CodeRange(0, 0), -length),
              new BootScript(text, ImageId.of(text)));
      for (Extent view : sealed.views()) {
        assertEquals(0, view.offset() % 8, view.toString());
      }
      assertEquals(0, sealed.file().length % 8);
    }
  }

  @Test
  void everyByteOfThePayloadIsUnderTheChecksum() {
    Random random = new Random(5);
    int payload = (int) extent("UEFI payload header").offset();
    int end = (int) extent(SealedEfi.SCRIPT).end();
    for (int i = 0; i < 40; i++) {
      int at = i < 20 ? payload + i : payload + random.nextInt(end - payload);
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
    assertTrue(e.toString().contains("no UEFI file made by zboot"), e.getMessage());
  }

  /**
   * Another's file, with a good checksum: the loader believes what the payload says of the core.
   */
  @Test
  void codeBeyondTheCoreIsRefused() {
    int payload = (int) extent("UEFI payload header").offset();
    int end = (int) extent(SealedEfi.SCRIPT).end();
    for (int codeEnd : new int[] {CORE.efi().length + 1, UefiDecompressor.MAX_ORIGINAL_SIZE}) {
      byte[] changed = SEALED.file().clone();
      ByteBuffer bytes = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putInt(payload + 24, codeEnd);
      CRC32 crc = new CRC32();
      crc.update(changed, payload + 12, end - payload - 12);
      bytes.putInt(payload + 8, (int) crc.getValue());
      Refusal.assertRefused(
          "code beyond the end of its iPXE", () -> SealedEfi.read("boot.efi", changed));
    }
  }

  private static byte[] view(String name) {
    Extent view = extent(name);
    return Arrays.copyOfRange(SEALED.file(), (int) view.offset(), (int) view.end());
  }

  private static Extent extent(String name) {
    return SEALED.layout().find(name).orElseThrow();
  }
}
