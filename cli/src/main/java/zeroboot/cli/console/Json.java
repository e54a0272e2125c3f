package zeroboot.cli.console;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import zeroboot.ground.VisibleText;
import zeroboot.image.ImageReceipt;
import zeroboot.image.plan.Extent;

/** Results for programs. {@code docs/json} has a schema for each. */
public final class Json {
  /** Version of the JSON of every command; it grows when a field changes its meaning. */
  static final int FORMAT = 1;

  private Json() {}

  /** Writes the fields of an object that has been begun. */
  public interface Fields {
    /** Writes them. */
    void writeTo(JsonWriter json) throws IOException;
  }

  /** The word for a constant: {@code two-words}. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Prints one indented object with its format. */
  public static void print(PrintStream out, Fields fields) {
    out.print(Shown.lines(text("  ", fields)));
    out.flush();
  }

  /**
   * One object with its format, and a line feed.
   *
   * @param indent for each level; empty for a single line
   */
  public static String text(String indent, Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent(indent);
      json.beginObject();
      json.name("format").value(FORMAT);
      fields.writeTo(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return visible(text.toString()) + "\n";
  }

  /**
   * What is not visible becomes an escape of JSON (RFC 8259, section 7), which a reader takes for
   * the same character; lone surrogates have no UTF-8 otherwise.
   */
  private static String visible(String json) {
    StringBuilder text = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || VisibleText.isVisible(c)) {
                text.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  text.append(String.format("\\u%04x", (int) unit));
                }
              }
            });
    return text.toString();
  }

  /** An array of what lies where. */
  public static void extents(JsonWriter json, Iterable<Extent> extents) throws IOException {
    ImageReceipt.writeExtents(json, extents);
  }

  /** An array of strings. */
  public static void strings(JsonWriter json, String name, Iterable<String> values)
      throws IOException {
    json.name(name).beginArray();
    for (String value : values) {
      json.value(value);
    }
    json.endArray();
  }
}
