package zeroboot.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * iPXE's way of making 32-bit code smaller to pack ({@code libprefix.S} of its sources): the
 * operands of call and jmp become places instead of distances. Not xz's x86 filter: it takes every
 * E8 and E9 for an instruction, and depends on how long the whole is.
 */
final class BranchFilter {
  private static final int INSTRUCTION = 5;

  private BranchFilter() {}

  /** {@code plain} with its operands coded. */
  static byte[] encode(byte[] plain) {
    return encode(plain, 0);
  }

  private static byte[] encode(byte[] plain, int from) {
    return walk(
        plain,
        from,
        (operand, at, limit) -> {
          if (operand >= -at && operand < limit - at) {
            return operand + at;
          }
          return operand >= limit - at && operand < limit ? operand - limit : operand;
        });
  }

  /** The inverse of {@link #encode}. */
  static byte[] decode(byte[] coded) {
    return decode(coded, 0);
  }

  private static byte[] decode(byte[] coded, int from) {
    return walk(
        coded,
        from,
        (operand, at, limit) -> {
          if (operand >= 0 && operand < limit) {
            return operand - at;
          }
          return operand >= -at && operand < 0 ? operand + limit : operand;
        });
  }

  /**
   * What stands for the same data with other bytes.
   *
   * @param at their place
   */
  static byte[] replace(byte[] coded, int at, byte[] bytes) {
    int from = at;
    while (mayBeOperand(coded, from)) {
      from--;
    }
    byte[] plain = decode(coded, from);
    System.arraycopy(bytes, 0, plain, at, bytes.length);
    return encode(plain, from);
  }

  /** Whether one of the bytes before may begin an instruction that this one belongs to. */
  private static boolean mayBeOperand(byte[] bytes, int at) {
    for (int before = Math.max(0, at - INSTRUCTION + 1); before < at; before++) {
      if (isInstruction(bytes[before])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInstruction(byte opcode) {
    return (opcode & 0xFE) == 0xE8;
  }

  private interface Change {
    int apply(int operand, int at, int limit);
  }

  private static byte[] walk(byte[] bytes, int from, Change change) {
    byte[] result = bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN);
    int limit = bytes.length - INSTRUCTION;
    int at = from;
    while (at <= limit) {
      if (isInstruction(result[at])) {
        buffer.putInt(at + 1, change.apply(buffer.getInt(at + 1), at, limit));
        at += INSTRUCTION;
      } else {
        at++;
      }
    }
    return result;
  }
}
