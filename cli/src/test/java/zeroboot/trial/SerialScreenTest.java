package zeroboot.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SerialScreenTest {
  private static List<String> lines(int columns, String sent) {
    return lines(columns, sent.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<String> lines(int columns, byte[] sent) {
    List<String> lines = new ArrayList<>();
    SerialScreen screen = new SerialScreen(columns, lines::add);
    screen.put(sent, sent.length);
    lines.add(screen.unfinished());
    return lines;
  }

  @Test
  void escapeSequencesAreLeftOut() {
    assertEquals(
        List.of("plain red text", ""),
        lines(80, "\u001bc\u001b[?7lplain \u001b[1;31mred\u001b[0m text\r\n"));
    assertEquals(List.of("title", ""), lines(80, "\u001b]0;rm -rf\u0007title\r\n"));
    assertEquals(List.of("ends", ""), lines(80, "\u001b]52;c;c2F5\u001b\\ends\n"));
    assertEquals(List.of("device", ""), lines(80, "\u001bP+q544e\u001b\\\u001b(Bdevice\n"));
    assertEquals(List.of("a?b?", ""), lines(80, "a\u009bb\u00ff\u0000\u007f\n"));
  }

  @Test
  void backspacesCountdownsAndCursorMoves() {
    assertEquals(List.of("k... ok", ""), lines(80, "k... 24%\b\b\b\b    \b\b\b\b ok\r\n"));
    assertEquals(List.of("10 s", "9 s"), lines(80, "\r10 s\r9 s"));
    assertEquals(List.of("left", "right"), lines(80, "left\u001b[12;40Hright"));
    assertEquals(List.of("b"), lines(80, "\b\b\bb"));
  }

  /** SeaBIOS breaks a line at the right edge; OVMF does not. */
  @Test
  void linesBrokenAtTheRightEdgeAreWhole() {
    String edge = "x".repeat(80);
    assertEquals(List.of(edge + "yz", ""), lines(80, edge + "\r\nyz\r\n"));
    assertEquals(List.of(edge, "yz", ""), lines(Integer.MAX_VALUE, edge + "\r\nyz\r\n"));
  }

  @Test
  void whateverComesALineIsShortPrintableAscii() {
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    byte[] endless = new byte[1 << 20];
    Arrays.fill(endless, (byte) 'x');
    for (byte[] sent : List.of(noise, endless)) {
      for (String line : lines(80, sent)) {
        assertTrue(line.length() <= SerialScreen.LONGEST, line);
        assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
      }
    }
  }
}
