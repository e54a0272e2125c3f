package zeroboot.signing.efi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import zeroboot.core.BundledCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.PeSection;
import zeroboot.image.pe.PeWriter;
import zeroboot.image.pe.SectionHeader;
import zeroboot.signing.TestKeys;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.SigningKey;

class AuthenticodeTest {
  private static final SigningKey DB = TestKeys.SET.signingKey(KeyRole.DB);
  private static final SigningKey OTHER = TestKeys.SET.signingKey(KeyRole.KEK);
  private static final byte[] CORE = BundledCore.load().efi();
  private static final byte[] SMALL =
      PeWriter.write(
          List.of(
              new PeSection(".text", new byte[700], SectionHeader.CODE | SectionHeader.EXECUTE),
              new PeSection(".data", new byte[100], SectionHeader.INITIALIZED_DATA)));

  @Test
  void sameKeyAndFileGiveTheSameBytes() {
    byte[] once = Authenticode.sign("a", CORE, DB);
    assertArrayEquals(once, Authenticode.sign("b", CORE, DB));
    assertArrayEquals(once, Authenticode.sign("signed again", once, DB));
  }

  @Test
  void strippedFileIsTheOriginal() {
    for (byte[] original : List.of(CORE, SMALL)) {
      byte[] signed = Authenticode.sign("a", Authenticode.sign("a", original, OTHER), DB);
      assertArrayEquals(original, Authenticode.strip("a", signed));
      assertArrayEquals(original, Authenticode.strip("a", original));
    }
  }

  @Test
  void checkSumIsKeptRightIfThereIsOne() {
    assertEquals(0, checkSum(Authenticode.sign("core", CORE, DB)));
    assertNotEquals(0, checkSum(SMALL));
    assertNotEquals(checkSum(SMALL), checkSum(Authenticode.sign("small", SMALL, DB)));
  }

  @Test
  void fileOfAnyLengthIsPadded() {
    for (int more = 0; more < 9; more++) {
      byte[] odd = Arrays.copyOf(SMALL, SMALL.length + more);
      byte[] signed = Authenticode.sign("odd", odd, DB);
      assertEquals(0, PeImage.read("odd", signed).certificates().address() % 8);
      assertTrue(Authenticode.signatures("odd", signed).get(0).isIntact());
    }
  }

  /** All but the check sum and the place of the signatures, which firmware does not hash either. */
  @Test
  void everyChangedByteIsFound() {
    byte[] signed = Authenticode.sign("small", SMALL, DB);
    PeImage image = PeImage.read("small", signed);
    int end = image.certificates().address();
    for (int at = 0; at < end; at++) {
      boolean hashed = at < image.checkSum() || at >= image.checkSum() + 4;
      if (!hashed || (at >= image.certificateEntry() && at < image.certificateEntry() + 8)) {
        continue;
      }
      byte[] changed = signed.clone();
      changed[at] ^= 0x01;
      assertFalse(isIntact(changed), "byte " + at);
    }
  }

  @Test
  void everyCutOffFileAndSignatureIsRefused() {
    byte[] signed = Authenticode.sign("small", SMALL, DB);
    for (int size = 0; size < signed.length; size += 3) {
      assertFalse(isIntact(Arrays.copyOf(signed, size)), size + " bytes");
    }
    int table = PeImage.read("small", signed).certificates().address();
    for (int at = table + 8; at < signed.length - 8; at += 5) {
      byte[] changed = signed.clone();
      changed[at] ^= 0x20;
      // A signature may say the same in other bytes (a certificate that nobody reads); it may not
      // say that somebody else signed, nor end in anything but an answer.
      if (isIntact(changed)) {
        assertEquals(
            DB.certificate().getPublicKey(),
            Authenticode.signatures("x", changed).get(0).signer().orElseThrow().getPublicKey());
      }
    }
  }

  @Test
  void whatFirmwareWouldHashOtherwiseIsRefused() {
    byte[] gap = SMALL.clone();
    // The second section header's PointerToRawData, one file alignment later.
    int pointer = PeImage.read("x", SMALL).sections().get(1).pointerToRawData();
    ByteBuffer fields = ByteBuffer.wrap(gap).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0x40 + 4 + 20 + 240 + 40 + 20;
    assertEquals(pointer, fields.getInt(at));
    fields.putInt(at, pointer - 8);
    ZbootException e = assertThrows(ZbootException.class, () -> Authenticode.sign("gap", gap, DB));
    assertTrue(e.toString().contains("a gap or an overlap before its section .data"));
    ZbootException none =
        assertThrows(
            ZbootException.class,
            () -> Authenticode.sign("text", "text".getBytes(StandardCharsets.US_ASCII), DB));
    assertTrue(none.toString().contains("text: is not a PE image"), none.toString());
  }

  private static boolean isIntact(byte[] file) {
    try {
      List<AuthenticodeSignature> found = Authenticode.signatures("x", file);
      return found.size() == 1 && found.get(0).isIntact();
    } catch (ZbootException e) {
      return false;
    }
  }

  private static int checkSum(byte[] file) {
    return ByteBuffer.wrap(file).getInt(PeImage.read("x", file).checkSum());
  }
}
