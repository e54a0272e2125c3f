package zeroboot.usb.windows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Bytes that Windows filled in as a structure of {@code winioctl.h}; what is missing is 0. */
final class Structure {
  private final byte[] bytes;

  Structure(byte[] bytes) {
    this.bytes = bytes;
  }

  private ByteBuffer at(long offset, int length) {
    byte[] field = new byte[length];
    if (offset >= 0 && offset < bytes.length) {
      int available = (int) Math.min(length, bytes.length - offset);
      System.arraycopy(bytes, (int) offset, field, 0, available);
    }
    return ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN);
  }

  int u8(long offset) {
    return at(offset, 1).get() & 0xFF;
  }

  long u32(long offset) {
    return Integer.toUnsignedLong(at(offset, 4).getInt());
  }

  long i64(long offset) {
    return at(offset, 8).getLong();
  }

  /** As people write a GUID, without hyphens: three numbers of the machine's order, then bytes. */
  String guid(long offset) {
    ByteBuffer guid = at(offset, 16);
    String numbers =
        String.format(Locale.ROOT, "%08x%04x%04x", guid.getInt(), guid.getShort(), guid.getShort());
    return numbers
        + String.format(Locale.ROOT, "%016x", guid.order(ByteOrder.BIG_ENDIAN).getLong());
  }

  /** ASCII up to a zero byte, without what a terminal would obey; offset 0 stands for no text. */
  String text(long offset) {
    if (offset <= 0 || offset >= bytes.length) {
      return "";
    }
    int from = (int) offset;
    int end = from;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(Arrays.copyOfRange(bytes, from, end), StandardCharsets.US_ASCII)
        .strip()
        .replaceAll("\\p{C}", "");
  }
}
