package zeroboot.cli.write;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.cli.console.Json;
import zeroboot.cli.look.FindingText;
import zeroboot.image.StickRecord;
import zeroboot.medium.Verdict;
import zeroboot.usb.Content;
import zeroboot.usb.Contents;
import zeroboot.usb.Device;
import zeroboot.usb.Obstacle;
import zeroboot.usb.Partition;
import zeroboot.usb.Use;

/** Devices for programs. */
final class DeviceJson {
  private DeviceJson() {}

  static void print(List<ListedDevice> listed, Map<String, Verdict> verdicts, PrintStream out) {
    Json.print(
        out,
        json -> {
          json.name("devices").beginArray();
          for (ListedDevice device : listed) {
            json.beginObject();
            write(json, device);
            writeVerdict(json, verdicts.get(device.device().path()));
            json.endObject();
          }
          json.endArray();
        });
  }

  private static void writeVerdict(JsonWriter json, @Nullable Verdict verdict) throws IOException {
    if (verdict == null) {
      return;
    }
    json.name("verdict").beginObject();
    json.name("asMade").value(verdict.isAsMade());
    FindingText.write(json, verdict.findings());
    json.endObject();
  }

  /** The fields, into an object that the caller has begun. */
  static void write(JsonWriter json, ListedDevice listed) throws IOException {
    Device device = listed.device();
    json.name("path").value(device.path());
    Json.strings(json, "ids", device.ids());
    json.name("vendor").value(device.product().vendor());
    json.name("model").value(device.product().model());
    json.name("serial").value(device.product().serial());
    json.name("size").value(device.size());
    json.name("blockSize").value(device.geometry().blockSize());
    json.name("bus").value(device.bus().shown());
    json.name("removable").value(device.geometry().isRemovable());
    json.name("readOnly").value(device.geometry().isReadOnly());
    json.name("rotational").value(device.geometry().isRotational());
    writeContents(json, device.contents(), listed.stick());
    json.name("uses").beginArray();
    for (Use use : device.uses()) {
      json.beginObject();
      json.name("kind").value(Json.lower(use.kind()));
      json.name("what").value(use.what());
      json.name("by").value(use.by());
      json.endObject();
    }
    json.endArray();
    json.name("writable").value(listed.obstacles().isEmpty());
    writeObstacles(json, listed.obstacles());
  }

  static void writeObstacles(JsonWriter json, List<Obstacle> obstacles) throws IOException {
    json.name("obstacles").beginArray();
    for (Obstacle obstacle : obstacles) {
      json.beginObject();
      json.name("guard").value(Json.lower(obstacle.guard()));
      json.name("reason").value(obstacle.reason());
      json.name("mend").value(obstacle.mend());
      json.endObject();
    }
    json.endArray();
  }

  private static void writeContents(JsonWriter json, Contents contents, Optional<StickRecord> stick)
      throws IOException {
    json.name("contents").beginObject();
    json.name("known").value(contents.isReadable());
    json.name("partitionTable").value(contents.table());
    writeFound(json, contents.whole());
    json.name("partitions").beginArray();
    for (Partition partition : contents.partitions()) {
      json.beginObject();
      json.name("name").value(partition.name());
      if (partition.start() != Partition.UNKNOWN) {
        json.name("start").value(partition.start());
      }
      json.name("size").value(partition.size());
      writeFound(json, partition.contents());
      json.endObject();
    }
    json.endArray();
    if (stick.isPresent()) {
      json.name("zeroBoot").beginObject();
      if (stick.get().farmId().isPresent()) {
        json.name("farmId").value(stick.get().farmId().getAsLong());
        json.name("network").value(stick.get().network());
      }
      json.name("imageId").value(stick.get().imageId());
      json.endObject();
    }
    json.endObject();
  }

  private static void writeFound(JsonWriter json, List<Content> found) throws IOException {
    json.name("found").beginArray();
    for (Content content : found) {
      json.beginObject();
      json.name("name").value(content.name());
      json.name("label").value(content.label());
      json.endObject();
    }
    json.endArray();
  }
}
