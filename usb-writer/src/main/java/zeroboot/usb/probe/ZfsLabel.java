package zeroboot.usb.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The list of names and values in a ZFS label, XDR encoded (RFC 4506). */
final class ZfsLabel {
  static final int LIST_OFFSET = 16 << 10;
  static final int LIST_LENGTH = 8 << 10;

  /** The length 4, "name", the type 9 (a string), one element. */
  private static final byte[] NAME = {0, 0, 0, 4, 'n', 'a', 'm', 'e', 0, 0, 0, 9, 0, 0, 0, 1};

  private ZfsLabel() {}

  /** The pool's name, or empty. */
  static String poolName(byte[] list) {
    for (int i = 0; i + NAME.length + 4 <= list.length; i += 4) {
      if (ByteBuffer.wrap(list, i, NAME.length).equals(ByteBuffer.wrap(NAME))) {
        int from = i + NAME.length + 4;
        int length = ByteBuffer.wrap(list).getInt(from - 4);
        if (length < 0 || length > list.length - from) {
          return "";
        }
        return Probe.printable(new String(list, from, length, StandardCharsets.UTF_8));
      }
    }
    return "";
  }
}
