package zeroboot.script;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import zeroboot.ground.Resources;

/**
 * The parts of the boot script, files beside this class that read as iPXE scripts but for their
 * {@code @{name}} places.
 */
final class ScriptTemplate {
  /** Only a rack needs it. */
  private static final String RACK = "2-rack.ipxe";

  private static final List<String> PARTS =
      List.of(
          "1-settings.ipxe",
          RACK,
          "3-banner.ipxe",
          "4-network.ipxe",
          "5-kernel.ipxe",
          "6-failure.ipxe");

  /** A place begins so and ends with a brace. */
  private static final String PLACE = "@{";

  private ScriptTemplate() {}

  /**
   * All parts in order, as they stand in the files; {@code rack} if there are nodes to tell apart.
   */
  static String text(boolean rack) {
    return rack ? OfRack.TEXT : OfOneNode.TEXT;
  }

  /** Read once, when the first such script is made: most runs make one of the two. */
  private static final class OfRack {
    private static final String TEXT = parts(part -> true);
  }

  /** Likewise. */
  private static final class OfOneNode {
    private static final String TEXT = parts(part -> !part.equals(RACK));
  }

  private static String parts(Predicate<String> chosen) {
    return ScriptNames.shorten(
        PARTS.stream().filter(chosen).map(ScriptTemplate::read).collect(Collectors.joining()));
  }

  /**
   * Fills the places of {@code template} and drops what only a reader needs: comments, empty lines,
   * indentation (a UEFI image pays two bytes for each character). A value may hold several lines.
   * The values are not looked at again, so none of them can bring in a place or a comment.
   */
  static String fill(String template, Map<String, String> values) {
    StringBuilder script = new StringBuilder();
    for (String line : template.lines().map(String::strip).toList()) {
      if (line.isEmpty() || (line.startsWith("#") && !line.startsWith("#!"))) {
        continue;
      }
      script.append(fillLine(line, values)).append('\n');
    }
    return script.toString();
  }

  static String fillLine(String line, Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (int at = line.indexOf(PLACE); at >= 0; at = line.indexOf(PLACE, from)) {
      int end = line.indexOf('}', at);
      String value = end < 0 ? null : values.get(line.substring(at + PLACE.length(), end));
      if (value == null) {
        throw new IllegalStateException("no value for " + line.substring(at));
      }
      filled.append(line, from, at).append(value);
      from = end + 1;
    }
    return filled.append(line, from, line.length()).toString();
  }

  static String read(String name) {
    byte[] bytes = Resources.bytes(ScriptTemplate.class.getResourceAsStream(name), name);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
