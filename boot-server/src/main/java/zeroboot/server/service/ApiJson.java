package zeroboot.server.service;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON of the API: one object, ASCII alone. */
final class ApiJson {
  private ApiJson() {}

  /** Writes the fields of an object that has been begun. */
  interface Fields {
    /** Writes them. */
    void writeTo(JsonWriter json) throws IOException;
  }

  /** One object, indented, and a line feed. */
  static String text(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent("  ");
      json.setHtmlSafe(true);
      json.beginObject();
      fields.writeTo(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }
}
