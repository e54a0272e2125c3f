package zeroboot.image.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes x86-64 code smaller to compress. A call says how far away its target is, so two calls of
 * one function differ; with the offset of the following byte added, they are equal. This is done to
 * the 32-bit operands of call and jmp, of conditional jumps, and of instructions with REX.W and an
 * address relative to rip. The operand is stored with its most significant byte first: that varies
 * least, and so prolongs what the opcode begins. All this saves 33 KB of the core's 510.
 *
 * <p>The boot loader takes it back ({@code loader.S}, label {@code decode}); the bytes need not be
 * code for that. Both ways meet the same instructions: neither looks into an operand, and what
 * tells an instruction from others lies before its own operand and in nobody else's. (That is why a
 * REX prefix counts only before opcodes without bit 6: E8 and E9 have it.) An operand is made
 * absolute only within 16 MiB either way, in 25 bits with their sign, which holds for the result
 * again.
 */
final class RelativeOperands {
  /** The longest form: three bytes and the operand. */
  private static final int LONGEST = 7;

  private RelativeOperands() {}

  /** {@code file} with the operands between {@code start} and {@code end} made absolute. */
  static byte[] encode(byte[] file, int start, int end) {
    return walk(file, start, end, (operand, next) -> Integer.reverseBytes(shift(operand, next)));
  }

  /** The inverse of {@link #encode}. */
  static byte[] decode(byte[] file, int start, int end) {
    return walk(file, start, end, (operand, next) -> shift(Integer.reverseBytes(operand), -next));
  }

  /** What becomes of a stored operand; {@code next} is the offset of the byte after it. */
  private interface Change {
    int apply(int operand, int next);
  }

  private static byte[] walk(byte[] file, int start, int end, Change change) {
    byte[] result = file.clone();
    ByteBuffer bytes = ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN);
    int at = start;
    while (at + LONGEST <= end) {
      int opcode = opcodeLength(bytes.getInt(at));
      if (opcode == 0) {
        at++;
      } else {
        at += opcode + 4;
        bytes.putInt(at - 4, change.apply(bytes.getInt(at - 4), at));
      }
    }
    return result;
  }

  private static int shift(int operand, int distance) {
    return signed25(operand) == operand ? signed25(operand + distance) : operand;
  }

  /** Bytes before the operand, if {@code bytes} start with an instruction that has one; else 0. */
  private static int opcodeLength(int bytes) {
    if ((bytes & 0xFE) == 0xE8) {
      return 1; // E8 call, E9 jmp
    }
    if ((bytes & 0xF0FF) == 0x800F) {
      return 2; // 0F 80 to 0F 8F
    }
    if ((bytes & 0xC7_40F8) == 0x05_0048) {
      return 3; // REX.W, opcode, ModRM with mod 00 and r/m 101
    }
    return 0;
  }

  private static int signed25(int value) {
    return (value << 7) >> 7;
  }
}
