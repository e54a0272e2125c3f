package zeroboot.image.fat;

import java.util.Optional;
import zeroboot.image.bytes.SpecReader;

/**
 * Puts the long name of a file together from the directory entries that stand before its own (FAT
 * specification section 7). Parts that do not fit each other are no name.
 */
final class LongName {
  private static final int LAST = 0x40;
  private static final int CHECKSUM = 13; // LDIR_Chksum
  private static final int[] CHARACTERS = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

  private String name = "";
  private int expected;
  private int checksum;
  private boolean complete;

  /** Takes the next part, which stands before those that it follows in the name. */
  void add(SpecReader r) {
    int order = r.u8(0); // LDIR_Ord
    if ((order & LAST) != 0) {
      name = "";
      checksum = r.u8(CHECKSUM);
      expected = order & ~LAST;
    }
    if (expected == 0 || (order & ~LAST) != expected || r.u8(CHECKSUM) != checksum) {
      forget();
      return;
    }
    StringBuilder part = new StringBuilder(CHARACTERS.length);
    for (int at : CHARACTERS) {
      char c = (char) r.le16(at);
      if (c == 0) {
        break;
      }
      part.append(c);
    }
    name = part + name;
    expected--;
    complete = expected == 0;
  }

  /** Begins anew, after an entry that ends a name. */
  void forget() {
    name = "";
    expected = 0;
    complete = false;
  }

  /** The whole name, if it is that of the file whose entry is {@code r}. */
  Optional<String> of(SpecReader r) {
    return complete && checksum == checksum(r) ? Optional.of(name) : Optional.empty();
  }

  /** Of the short name, section 7.2. */
  private static int checksum(SpecReader r) {
    int sum = 0;
    for (int at = 0; at < 11; at++) {
      sum = ((sum & 1) << 7) + (sum >> 1) + r.u8(at) & 0xFF;
    }
    return sum;
  }
}
