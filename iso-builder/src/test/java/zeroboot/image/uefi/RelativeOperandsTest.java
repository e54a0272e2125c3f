package zeroboot.image.uefi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeOperandsTest {
  /** Two bytes in front; operands little-endian before, big-endian and absolute after. */
  @ParameterizedTest
  @CsvSource({
    // call: next instruction at 7, 7 + 0x10 = 0x17
    "9090 e8 10000000 9090, 9090 e8 00000017 9090",
    // jmp back: 7 - 7 = 0
    "9090 e9 f9ffffff 9090, 9090 e9 00000000 9090",
    // jne: next at 8
    "9090 0f85 00010000 90, 9090 0f85 00000108 90",
    // lea rdi, [rip + 0x200]: next at 9
    "9090 488d3d 00020000, 9090 488d3d 00000209",
    // mov r12, [rip - 9]
    "9090 4c8b25 f7ffffff, 9090 4c8b25 00000000",
    // beyond 16 MiB: turned around, not changed
    "9090 e8 00000002 9090, 9090 e8 02000000 9090",
    // wraps within 25 bits
    "9090 e8 ffffff00 9090, 9090 e8 ff000006 9090",
    // REX.W before an opcode with bit 6 is nothing; the call in it is one
    "9090 48 e8 05000000 9090, 9090 48 e8 0000000d 9090",
    // fewer bytes left than the longest form has
    "9090 90 e8 10000000 90, 9090 90 e8 10000000 90",
  })
  void operandsBecomeAbsolute(String before, String after) {
    byte[] plain = HexFormat.of().parseHex(before.replace(" ", ""));
    byte[] coded = HexFormat.of().parseHex(after.replace(" ", ""));
    assertArrayEquals(coded, RelativeOperands.encode(plain, 2, plain.length));
    assertArrayEquals(plain, RelativeOperands.decode(coded, 2, plain.length));
  }

  @Test
  void comesBackWhateverTheBytes() {
    byte[] tricky = HexFormat.of().parseHex("48494c4fe8e90f80858f053d0d8d8b6300ff0140");
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] plain = new byte[random.nextInt(64)];
      for (int at = 0; at < plain.length; at++) {
        plain[at] = tricky[random.nextInt(tricky.length)];
      }
      int start = random.nextInt(plain.length + 1);
      int end = start + random.nextInt(plain.length - start + 1);
      byte[] coded = RelativeOperands.encode(plain, start, end);
      assertArrayEquals(plain, RelativeOperands.decode(coded, start, end), "round " + i);
      assertEquals(plain.length, coded.length);
    }
  }
}
