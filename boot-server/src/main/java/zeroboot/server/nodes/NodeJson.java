package zeroboot.server.nodes;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Nodes and events for programs; {@code docs/json} has the schemas. */
public final class NodeJson {
  /** Of all JSON of zboot. */
  private static final int FORMAT = 1;

  private NodeJson() {}

  /** Writes something into an object that has been begun. */
  private interface Fields {
    void write(JsonWriter json) throws IOException;
  }

  private static String text(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      fields.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * All nodes, and what concerns none of them.
   *
   * @param listed how many nodes the profile lists, heard of or not
   */
  public static String table(List<Node> nodes, int listed, List<String> warnings) {
    return text(
        json -> {
          json.name("format").value(FORMAT);
          json.name("warnings").beginArray();
          for (String warning : warnings) {
            json.value(warning);
          }
          json.endArray();
          json.name("listed").value(listed);
          json.name("nodes").beginArray();
          for (Node node : nodes) {
            json.beginObject();
            write(json, node);
            json.endObject();
          }
          json.endArray();
        });
  }

  /** One node. */
  public static String node(Node node) {
    return text(json -> write(json, node));
  }

  /** One event, in a line. */
  public static String event(NodeEvent event) {
    return text(
        json -> {
          json.name("format").value(FORMAT);
          json.name("time").value(time(event.node().seen()));
          json.name("event").value(event.event());
          json.name("detail").value(event.detail());
          json.name("node").beginObject();
          write(json, event.node());
          json.endObject();
        });
  }

  private static void write(JsonWriter json, Node node) throws IOException {
    json.name("mac").value(node.mac().value());
    optional(json, "name", node.name());
    json.name("firmware").value(node.firmware());
    json.name("step").value(node.step().word());
    json.name("shown").value(node.step().shown());
    json.name("since").value(time(node.since()));
    json.name("seen").value(time(node.seen()));
    optional(json, "address", node.address());
    optional(json, "card", node.card());
    optional(json, "serial", node.serial());
    optional(json, "imageId", node.imageId());
    optional(json, "error", node.error());
    optional(json, "why", node.why());
    optional(json, "note", node.note());
    json.name("boots").value(node.boots());
  }

  private static void optional(JsonWriter json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.name(name).value(value.get());
    }
  }

  private static String time(java.time.Instant when) {
    return when.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
