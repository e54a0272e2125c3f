package zeroboot.image.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.ground.ZbootException;
import zeroboot.image.testing.Refusal;

final class SpecReaderTest {
  private static final byte[] BYTES = {
    0x12, 0x34, 0x56, 0x78, 0x78, 0x56, 0x34, 0x12, (byte) 0xFF, 0x1B, ' ', ' '
  };
  private final SpecReader reader = SpecReader.of("sample", BYTES);

  @Test
  void readsNumbersInBothOrders() {
    assertEquals(0x3412, reader.le16(0));
    assertEquals(0x78563412L, reader.le32(0));
    assertEquals(0x12345678L, reader.be32(0));
    assertEquals(0x78563412L, reader.bothEndian32(0));
    assertEquals(0x3412, SpecReader.of("x", new byte[] {0x12, 0x34, 0x34, 0x12}).bothEndian16(0));
    assertEquals(0xFF, reader.u8(8));
    assertArrayEquals(new byte[] {0x34, 0x56}, reader.bytes(1, 2));
  }

  @Test
  void textBringsNoEscapeCodeToATerminal() {
    assertEquals("%FF%1B", reader.spacePadded(8, 4));
  }

  @Test
  void byteOrdersThatDisagreeAreDamage() {
    Refusal.assertRefused("sample: the two byte orders at 0", () -> reader.bothEndian16(0));
  }

  @ParameterizedTest
  @CsvSource({
    "-1,1",
    "0,13",
    "13,0",
    "12,1",
    "1,-1",
    "9223372036854775807,1",
    "1,9223372036854775807"
  })
  void partsStayInside(long offset, long length) {
    assertThrows(ZbootException.class, () -> reader.part("part", offset, length));
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "12,1", "0,13", "2147483647,1", "4,2147483647", "4,-1"})
  void fieldsStayInside(int offset, int count) {
    assertThrows(ZbootException.class, () -> reader.bytes(offset, count));
    SpecReader part = reader.part("part", 0, 0);
    assertThrows(ZbootException.class, () -> part.u8(0));
  }
}
