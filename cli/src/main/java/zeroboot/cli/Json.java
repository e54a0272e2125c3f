package zeroboot.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import zeroboot.image.Extent;

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

  /** An array of what lies where. */
  static void extents(JsonWriter json, Iterable<Extent> extents) throws IOException {
    json.beginArray();
    for (Extent extent : extents) {
      json.beginObject();
      json.name("name").value(extent.name());
      json.name("offset").value(extent.offset());
      json.name("length").value(extent.length());
      json.endObject();
    }
    json.endArray();
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
