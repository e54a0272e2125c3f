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
    return walk(
        plain,
        (operand, at, limit) -> {
          if (operand >= -at && operand < limit - at) {
            return operand + at;
          }
          return operand >= limit - at && operand < limit ? operand - limit : operand;
        });
  }

  /** The inverse of {@link #encode}. */
  static byte[] decode(byte[] coded) {
    return walk(
        coded,
        (operand, at, limit) -> {
          if (operand >= 0 && operand < limit) {
            return operand - at;
          }
          return operand >= -at && operand < 0 ? operand + limit : operand;
        });
  }

  private interface Change {
    int apply(int operand, int at, int limit);
  }

  private static byte[] walk(byte[] bytes, Change change) {
    byte[] result = bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN);
    int limit = bytes.length - INSTRUCTION;
    int at = 0;
    while (at <= limit) {
      if ((result[at] & 0xFE) == 0xE8) {
        buffer.putInt(at + 1, change.apply(buffer.getInt(at + 1), at, limit));
        at += INSTRUCTION;
      } else {
        at++;
      }
    }
    return result;
  }
}
