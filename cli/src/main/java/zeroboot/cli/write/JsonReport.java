package zeroboot.cli.write;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import zeroboot.cli.console.Json;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Obstacle;
import zeroboot.usb.probe.FoundMark;
import zeroboot.usb.write.Progress;

/** Events for programs: one JSON object a line. */
final class JsonReport implements WriteReport {
  /** Not more often than this, in nanoseconds. */
  private static final long PAUSE = 200_000_000;

  private final PrintStream out;

  JsonReport(PrintStream out) {
    this.out = out;
  }

  private synchronized void event(String name, Json.Fields fields) {
    out.print(
        Json.text(
            "",
            json -> {
              json.name("event").value(name);
              fields.writeTo(json);
            }));
    out.flush();
  }

  @Override
  public void warning(String text) {
    event("warning", json -> json.name("text").value(text));
  }

  @Override
  public void plan(WritePlan plan, boolean isDryRun) {
    event(
        "plan",
        json -> {
          json.name("image").value(plan.image().name());
          if (plan.image().size().isPresent()) {
            json.name("size").value(plan.image().size().getAsLong());
          }
          if (plan.record().isPresent() && plan.record().get().farmId().isPresent()) {
            json.name("farmId").value(plan.record().get().farmId().getAsLong());
          }
          json.name("imageKind").value(Json.lower(plan.verdict().kind()));
          json.name("imageIs").value(plan.verdict().text());
          json.name("dryRun").value(isDryRun);
          json.name("devices").beginArray();
          for (WritePlan.Erasure erasure : plan.erasures()) {
            writeErasure(json, erasure);
          }
          json.endArray();
        });
  }

  private static void writeErasure(JsonWriter json, WritePlan.Erasure erasure) throws IOException {
    json.beginObject();
    DeviceJson.write(json, erasure.listed());
    json.name("clears").beginArray();
    for (FoundMark found : erasure.clears()) {
      json.beginObject();
      json.name("name").value(found.name());
      json.name("offset").value(found.offset());
      json.name("length").value(found.length());
      json.endObject();
    }
    json.endArray();
    Json.strings(json, "notes", erasure.notes());
    json.endObject();
  }

  @Override
  public void refused(Device device, List<Obstacle> obstacles) {
    event(
        "refused",
        json -> {
          json.name("device").value(device.path());
          DeviceJson.writeObstacles(json, obstacles);
        });
  }

  @Override
  public Progress progress(Device device) {
    String path = device.path();
    return new Progress() {
      private String phase = "";
      private long total;
      private long last;

      @Override
      public void begins(Phase next, long bytes) {
        phase = Json.lower(next);
        total = bytes;
        event("phase", json -> fields(json));
      }

      @Override
      public void advanced(long done) {
        if (System.nanoTime() - last > PAUSE || done == total) {
          last = System.nanoTime();
          event(
              "progress",
              json -> {
                fields(json);
                json.name("done").value(done);
              });
        }
      }

      private void fields(JsonWriter json) throws IOException {
        json.name("device").value(path);
        json.name("phase").value(phase);
        if (total >= 0) {
          json.name("total").value(total);
        }
      }
    };
  }

  @Override
  public void done(Device device, long bytes) {
    event(
        "done",
        json -> {
          json.name("device").value(device.path());
          json.name("bytes").value(bytes);
          json.name("verified").value(true);
        });
  }

  @Override
  public void failed(Device device, DeviceException e) {
    event(
        "failed",
        json -> {
          json.name("device").value(device.path());
          json.name("error").value(e.what());
          json.name("mend").value(e.mend());
        });
  }

  @Override
  public void close() {}
}
