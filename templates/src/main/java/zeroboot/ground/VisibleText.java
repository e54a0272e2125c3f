package zeroboot.ground;

/**
 * Text that nobody vouches for, made safe to be looked at. What a terminal obeys, what reorders a
 * line or what cannot be seen is spelled out; letters of every script, and pictures, stay.
 */
public final class VisibleText {
  private static final int IDEOGRAPHIC_SPACE = 0x3000;

  private VisibleText() {}

  /**
   * Whether a character is shown as itself. Not so: controls (C0, DEL, C1), format characters
   * (bidirectional controls, zero width, tags), separators but the space, lone surrogates, private
   * use, noncharacters, and letters that are blank.
   */
  public static boolean isVisible(int codePoint) {
    if (codePoint >= 0x20 && codePoint <= 0x7E) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == IDEOGRAPHIC_SPACE;
      default -> !isIgnorable(codePoint);
    };
  }

  /** Default_Ignorable_Code_Point of Unicode, as far as the type does not tell; noncharacters. */
  private static boolean isIgnorable(int c) {
    return switch (c) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x2065, 0x2800, 0x3164, 0xFFA0 -> true;
      default ->
          (c >= 0x180B && c <= 0x180D)
              || (c >= 0xFFF0 && c <= 0xFFF8)
              || (c >= 0xE0000 && c <= 0xE0FFF)
              || (c >= 0xFDD0 && c <= 0xFDEF)
              || (c & 0xFFFE) == 0xFFFE;
    };
  }

  /** How a character is spelled out: {@code \x1b}, {@code \}{@code u202e}, {@code \U000e0001}. */
  public static String spelled(int codePoint) {
    if (codePoint < 0x100) {
      return String.format("\\x%02x", codePoint);
    }
    return String.format(codePoint < 0x10000 ? "\\u%04x" : "\\U%08x", codePoint);
  }

  /** The text in one line, with everything invisible spelled out; line feeds too. */
  public static String of(String text) {
    if (text.codePoints().allMatch(VisibleText::isVisible)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isVisible(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append(spelled(c));
              }
            });
    return shown.toString();
  }
}
