package zeroboot.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines break between words, and nothing else changes. */
class WrappingTest {
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  @Test
  void aLineThatFitsStays() {
    assertEquals("one two", Wrapping.at(7, "one two"));
    assertEquals("", Wrapping.at(20, ""));
    assertEquals("a\n\nb\n", Wrapping.at(20, "a\n\nb\n"));
  }

  @Test
  void itBreaksBetweenWords() {
    assertEquals("one\ntwo\nthree", Wrapping.at(6, "one two three"));
    assertEquals("a word-that-is-long\nb", Wrapping.at(20, "a word-that-is-long b"));
    assertEquals(
        "a\nhttps://example.com/very/long\nb",
        Wrapping.at(20, "a https://example.com/very/long b"));
  }

  @Test
  void itGoesOnBelowWhereItBegan() {
    assertEquals(
        "    one two three\n    four five", Wrapping.at(20, "    one two three four five"));
    assertEquals(
        "  write   no: it is\n          mounted at\n          /media/x",
        Wrapping.at(26, "  write   no: it is mounted at /media/x"));
  }

  /** A terminal takes no room for colours, and two columns for these. */
  @Test
  void whatATerminalShowsIsCounted() {
    assertEquals(3, Wrapping.width(BOLD + "abc" + PLAIN));
    assertEquals(6, Wrapping.width("\u6f22\u5b57\uD83D\uDE00"));
    assertEquals(2, Wrapping.width("\u00fce\u0301"));
    assertEquals(
        BOLD + "No:" + PLAIN + " one two\nthree",
        Wrapping.at(12, BOLD + "No:" + PLAIN + " one two three"));
    assertEquals("\u6f22\u5b57\n\u6f22\u5b57", Wrapping.at(8, "\u6f22\u5b57 \u6f22\u5b57"));
  }

  @Test
  void whatMovesTheCursorStays() {
    String bar = "\r\u001b[K" + "one two ".repeat(20);
    assertEquals(bar, Wrapping.at(20, bar));
  }

  @Test
  void nothingIsLost() {
    Random random = new Random(15);
    for (int i = 0; i < 2000; i++) {
      List<String> words = new ArrayList<>();
      for (int word = random.nextInt(30); word >= 0; word--) {
        words.add("x".repeat(1 + random.nextInt(30)));
      }
      int columns = 20 + random.nextInt(100);
      String line = " ".repeat(random.nextInt(5)) + String.join(" ", words);
      String broken = Wrapping.at(columns, line);
      assertEquals(line.strip(), broken.strip().replaceAll("\\s+", " "));
      for (String each : broken.split("\n", -1)) {
        assertTrue(
            each.length() <= columns || !each.strip().contains(" "), columns + ": '" + each + "'");
      }
    }
  }
}
