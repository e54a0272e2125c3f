package zeroboot.script;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import zeroboot.ground.Resources;

/** The boot script with {@code @{name}} places, as {@link ScriptPacker} made it of its parts. */
final class ScriptTemplate {
  /** A place begins so and ends with a brace. */
  private static final String PLACE = "@{";

  private ScriptTemplate() {}

  private static final class OfOneNode {
    private static final String TEXT = read(ScriptPacker.OF_ONE_NODE);
  }

  private static final class OfRack {
    private static final String TEXT = read(ScriptPacker.OF_RACK);
  }

  /** The whole template, read once; {@code rack} if there are nodes to tell apart. */
  static String text(boolean rack) {
    return rack ? OfRack.TEXT : OfOneNode.TEXT;
  }

  /**
   * Fills the places of {@code template}. A value may hold several lines. The values are not looked
   * at again, so none of them can bring in a place or a comment.
   */
  static String fill(String template, Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (int at = template.indexOf(PLACE); at >= 0; at = template.indexOf(PLACE, from)) {
      int end = template.indexOf('}', at);
      String name = end < 0 ? "" : template.substring(at + PLACE.length(), end);
      String value = values.get(name);
      if (value == null) {
        throw new IllegalStateException("no value for " + PLACE + name);
      }
      filled.append(template, from, at).append(value);
      from = end + 1;
    }
    return filled.append(template, from, template.length()).toString();
  }

  /** A file beside this class. */
  static String read(String name) {
    byte[] bytes = Resources.bytes(ScriptTemplate.class.getResourceAsStream(name), name);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
