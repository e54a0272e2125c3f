package zeroboot.core;

import java.util.Arrays;
import java.util.HexFormat;

/** "iPXE root CA", which every build of iPXE trusts unless it was told otherwise. */
final class IpxeRoot {
  /** Of the certificate's DER form. */
  static final String SHA256 = "9faf717b7f8ca2f93c256c79f8ac5591895d66d1ff3bee6397a70d29c65eed1a";

  private IpxeRoot() {}

  /** The 32 bytes that a core holds. */
  static byte[] bytes() {
    return HexFormat.of().parseHex(SHA256);
  }

  /** Where they are in {@code core}, from a place on; negative if nowhere. */
  static int find(byte[] core, int from) {
    byte[] wanted = bytes();
    for (int i = from; i <= core.length - wanted.length; i++) {
      if (core[i] == wanted[0]
          && Arrays.equals(core, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
