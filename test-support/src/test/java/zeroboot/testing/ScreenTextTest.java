package zeroboot.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Bytes as SeaBIOS, OVMF and iPXE were seen to send them. */
class ScreenTextTest {
  private static String shown(int columns, String bytes) {
    ScreenText screen = new ScreenText(columns);
    bytes.chars().forEach(c -> screen.put((char) c));
    return screen.toString();
  }

  @Test
  void dropsColoursAndModes() {
    assertEquals("SeaBIOS\n", shown(80, "\u001bc\u001b[?7l\u001b[2J\u001b[0mSeaBIOS\r\n"));
    assertEquals("iPXE 1.21\n", shown(80, "\u001b[0;1miPXE 1.21\u001b[0m\r\n"));
  }

  @Test
  void startsANewLineWhereTheCursorIsMoved() {
    assertEquals(
        "Boot0001\nBoot0002",
        shown(132, "\u001b[01;01H\u001b[=3h\u001b[2JBoot0001\u001b[02;01HBoot0002"));
  }

  @Test
  void joinsLinesBrokenAtTheRightEdge() {
    String digits = "1234567890".repeat(8);
    assertEquals(digits + "ABC\nnext", shown(80, digits + "\r\nABC\r\nnext"));
    assertEquals(digits + "\nnext", shown(80, digits + "\r\n\r\nnext"));
    assertEquals(digits + "\nnext", shown(Integer.MAX_VALUE, digits + "\r\nnext"));
  }

  @Test
  void keepsEachStateOfALineThatIsPaintedOver() {
    assertEquals("in 30 s \nin 29 s \n", shown(80, "\rin 30 s \rin 29 s \r\n"));
  }

  @Test
  void carriesBackspacesOut() {
    assertEquals("kernel... ok\n", shown(80, "kernel... 12%\b\b\b   \b\b\bok\r\n"));
  }
}
