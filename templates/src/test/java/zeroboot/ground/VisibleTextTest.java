package zeroboot.ground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a terminal shows as it is, and what it would obey, hide or turn round. */
class VisibleTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hofstraße 7",
        "café",
        "漢字",
        "日本　東京",
        "Ελλάδα",
        "हिन्दी",
        "العربية",
        "עברית",
        "😀👍",
        "❤\uFE0F",
        "a%20b\\x1b",
        "e\u0301"
      })
  void lettersOfEveryScriptStay(String text) {
    assertSame(text, VisibleText.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0xA0, 0xAD, 0x034F,
        0x061C, 0x115F, 0x1160, 0x180E, 0x2003, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028,
        0x2029, 0x202A, 0x202E, 0x202F, 0x2060, 0x2066, 0x2069, 0x2800, 0x3164, 0xD800, 0xDFFF,
        0xE000, 0xF8FF, 0xFDD0, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFE, 0xFFFF, 0x1D173, 0xE0001, 0xE0041,
        0xE0100, 0xF0000, 0x10FFFF
      })
  void everythingElseIsSpelledOut(int codePoint) {
    assertFalse(VisibleText.isVisible(codePoint));
    String shown = VisibleText.of("a" + Character.toString(codePoint) + "z");
    assertEquals("a" + VisibleText.spelled(codePoint) + "z", shown);
    assertEquals(shown.length(), shown.chars().filter(c -> c >= 0x20 && c <= 0x7E).count(), shown);
  }

  @Test
  void asCAndBashWriteThem() {
    assertEquals("\\x1b[31m", VisibleText.of("\u001b[31m"));
    assertEquals("\\u202etxt.exe", VisibleText.of("\u202Etxt.exe"));
    assertEquals("\\U000e0001", VisibleText.of("\uDB40\uDC01"));
    assertEquals("\\ud83d x", VisibleText.of("\uD83D x")); // half a pair
  }

  @Test
  void errorsAreOneVisibleLine() {
    ZbootException e = ZbootException.io("a\nb\u009b\u2028c", "w", "m");
    assertEquals("a\\x0ab\\x9b\\u2028c: w; m", e.getMessage());
  }
}
