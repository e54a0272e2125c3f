package zeroboot.medium;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the texts of boot scripts in bytes whose structures may be damaged: as ASCII, and as the
 * UEFI halves of the first sticks have them (UTF-16).
 */
final class ScriptHunt {
  private static final String BEGINNING = "#!ipxe\n";

  /** A line that every script of zboot's has near its start. */
  private static final String ANCHOR = "\nset zboot ";

  /** The anchor comes this soon, in characters. */
  private static final int BEFORE = 400;

  private static final int LONGEST = 1 << 16;
  private static final int MOST = 8;

  private ScriptHunt() {}

  /** The texts; what was changed in them is as it is. */
  static Set<String> in(byte[] bytes) {
    Set<String> texts = new LinkedHashSet<>();
    String ascii = new String(bytes, StandardCharsets.ISO_8859_1);
    collect(ascii, texts);
    String anchor =
        new String(ANCHOR.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
    for (int at = ascii.indexOf(anchor); at >= 0; at = ascii.indexOf(anchor, at + 1)) {
      int from = Math.max(at & 1, at - 2 * BEFORE);
      int to = (int) Math.min(bytes.length, at + 2L * LONGEST);
      String wide = new String(bytes, from, to - from, StandardCharsets.UTF_16LE);
      collect(wide, texts);
      if (texts.size() > MOST) {
        break;
      }
    }
    return texts;
  }

  private static void collect(String all, Set<String> texts) {
    for (int at = all.indexOf(ANCHOR); at >= 0; at = all.indexOf(ANCHOR, at + 1)) {
      int start = start(all, at);
      if (start >= 0) {
        int end = all.indexOf("\0\0", at);
        end = Math.min(end < 0 ? all.length() : end, start + LONGEST);
        String text = all.substring(start + BEGINNING.length(), end);
        texts.add(BEGINNING + (text.endsWith("\0") ? text.substring(0, text.length() - 1) : text));
      }
      if (texts.size() > MOST) {
        return;
      }
    }
  }

  /** The last place before {@code anchor} that looks like the first line; a letter may be wrong. */
  private static int start(String all, int anchor) {
    for (int at = anchor; at >= Math.max(0, anchor - BEFORE); at--) {
      int same = 0;
      for (int i = 0; i < BEGINNING.length() && at + i < all.length(); i++) {
        same += all.charAt(at + i) == BEGINNING.charAt(i) ? 1 : 0;
      }
      if (same >= BEGINNING.length() - 1) {
        return at;
      }
    }
    return -1;
  }
}
