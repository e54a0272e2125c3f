package zeroboot.bmc.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One reader for every shape that errors come in. */
class TroubleTest {
  private static String shown(int status, String body) {
    return Trouble.of(new Answer(status, Map.of(), body)).shown(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "{\"error\":{\"code\":\"Base.1.0.GeneralError\",\"message\":\"See"
            + " below.\",\"@Message.ExtendedInfo\":[{\"MessageId\":\"Base.1.8.PropertyUnknown\",\"Message\":\"Unknown"
            + " x.\"}]}}|Unknown x (Base.1.8.PropertyUnknown)",
        "{\"error\":{\"@Message.ExtendedInfo\":{\"MessageId\":\"IDRAC.2.8.VRM0012\",\"Message\":\"Attached.\"}}}|Attached"
            + " (IDRAC.2.8.VRM0012)",
        "{\"error\":{\"code\":\"iLO.0.10.ExtendedInfo\",\"message\":\"See"
            + " it.\",\"@Message.ExtendedInfo\":[{\"MessageId\":\"iLO.2.14.X\"}]}}|iLO.2.14.X",
        "{\"@Message.ExtendedInfo\":[{\"MessageId\":\"A.1.B\",\"Message\":\"C.\"}]}|C (A.1.B)",
        "{\"error\":{\"code\":\"Base.1.4.Denied\",\"message\":\"No way.\"}}|No way"
            + " (Base.1.4.Denied)",
        "{\"error\":{\"code\":\"Base.1.0.GeneralError\",\"message\":\"Bad.\"}}|Bad"
            + " (Base.1.0.GeneralError)",
        "{\"error\":\"just words\"}|just words (HTTP 500)",
        "<html><h1>500 Internal</h1></html>|500 Internal (HTTP 500)",
        "not json {|not json { (HTTP 500)",
        "[1,2]|[1,2] (HTTP 500)",
        "{}|HTTP 500",
        "{\"error\":[]}|HTTP 500",
        "{\"error\":{\"@Message.ExtendedInfo\":[[{\"MessageId\":1}],null,\"x\"]}}|1"
      })
  void everyShape(String body, String expected) {
    assertEquals(expected, shown(500, body));
  }

  @Test
  void anEmptyBody() {
    assertEquals("HTTP 503", shown(503, ""));
  }

  @Test
  void successIsNoTrouble() {
    String ilo =
        "{\"error\":{\"code\":\"iLO.0.10.ExtendedInfo\",\"@Message.ExtendedInfo\":"
            + "[{\"MessageId\":\"Base.1.4.Success\"}]}}";
    assertTrue(Trouble.of(new Answer(200, Map.of(), ilo)).isSuccess());
  }

  @Test
  void longAndHostileTextsStayOneLine() {
    String line = shown(500, "\u001b[2J" + "x\n".repeat(5000));
    assertFalse(line.contains("\u001b"), line);
    assertFalse(line.contains("\n"), line);
    assertTrue(line.length() < 300, line);
    assertEquals(
        "HTTP 500",
        shown(500, "[".repeat(100_000)).replaceFirst("^\\[+… \\(", "").replace(")", ""));
  }
}
