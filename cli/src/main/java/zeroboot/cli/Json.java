package zeroboot.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Results for programs. */
final class Json {
  private Json() {}

  /** Writes the fields of an object that has been begun. */
  interface Fields {
    /** Writes them. */
    void writeTo(JsonWriter json) throws IOException;
  }

  /** Prints one indented object. */
  static void print(PrintStream out, Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent("  ");
      json.beginObject();
      fields.writeTo(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(text);
  }

  /** An array of strings. */
  static void strings(JsonWriter json, String name, Iterable<String> values) throws IOException {
    json.name(name).beginArray();
    for (String value : values) {
      json.value(value);
    }
    json.endArray();
  }
}
