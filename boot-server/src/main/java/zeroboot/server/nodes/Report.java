package zeroboot.server.nodes;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.spec.MacAddress;

/**
 * What a node's loader tells of itself, in the query of a URL. Nobody vouches for it: every text is
 * cut and made printable here.
 *
 * @param mac the card
 * @param step the step's word
 * @param firmware that started it
 * @param address the node's
 * @param card its kind
 * @param serial the machine's
 * @param imageId the image's
 * @param error what went wrong, in the words of the screen, and iPXE's number for it
 */
public record Report(
    MacAddress mac,
    String step,
    Optional<String> firmware,
    Optional<String> address,
    Optional<String> card,
    Optional<String> serial,
    Optional<String> imageId,
    Optional<String> error) {
  private static final int LONGEST = 240;

  /** The report in these fields of a query; empty if it lacks a MAC address or a step. */
  public static Optional<Report> of(Map<String, String> fields) {
    MacAddress mac;
    try {
      mac = MacAddress.parse(fields.getOrDefault("mac", ""));
    } catch (ZbootException e) {
      return Optional.empty();
    }
    Optional<String> step = text(fields, "step");
    return step.map(
        word ->
            new Report(
                mac,
                word,
                text(fields, "firmware"),
                text(fields, "ip"),
                text(fields, "card"),
                serial(fields),
                text(fields, "image"),
                error(fields)));
  }

  private static Optional<String> error(Map<String, String> fields) {
    Optional<String> code = text(fields, "code").map(number -> "iPXE error " + number);
    return text(fields, "error")
        .map(words -> words + code.map(number -> " (" + number + ")").orElse(""))
        .or(() -> code);
  }

  /** As iPXE writes it: the bytes in hexadecimal, since it cannot put every text into a URL. */
  private static Optional<String> serial(Map<String, String> fields) {
    try {
      byte[] bytes = HexFormat.of().parseHex(fields.getOrDefault("serial-hex", ""));
      return text(Map.of("serial", new String(bytes, StandardCharsets.UTF_8)), "serial")
          .or(() -> text(fields, "serial"));
    } catch (IllegalArgumentException e) {
      return text(fields, "serial");
    }
  }

  private static Optional<String> text(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .map(Report::printable)
        .filter(text -> !text.isEmpty());
  }

  /** At most so long, and of visible characters alone. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> shown.appendCodePoint(c >= 0x20 && c <= 0x7E ? c : '?'));
    return shown.toString().strip();
  }
}
