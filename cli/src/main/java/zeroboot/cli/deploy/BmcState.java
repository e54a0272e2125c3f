package zeroboot.cli.deploy;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import zeroboot.bmc.Controller;
import zeroboot.bmc.Drive;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Session;

/**
 * What a controller says of its machine and its drives.
 *
 * @param who as the user named it
 */
record BmcState(String who, Controller.Facts facts, List<Drive> drives) {
  static BmcState of(String who, Controller controller) {
    return new BmcState(who, controller.facts(), controller.drives().all());
  }

  void print(Session session, boolean isJson) {
    if (isJson) {
      Json.print(session.streams().out(), this::write);
    } else {
      lines().forEach(session.streams().out()::println);
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Maker:   " + (facts.maker() + " " + facts.product()).strip());
    lines.add("System:  " + facts.systemId() + " " + facts.model() + " " + facts.serial());
    lines.add("Power:   " + facts.power());
    if (!facts.override().isEmpty()) {
      lines.add("Boots:   " + facts.override());
    }
    for (Drive drive : drives) {
      lines.add(
          "Drive:   "
              + drive.id()
              + " ("
              + String.join(", ", drive.types())
              + ") "
              + (drive.inserted() ? drive.image().orElse("full") : "empty"));
    }
    return lines;
  }

  private void write(JsonWriter json) throws IOException {
    json.name("controller").value(who);
    json.name("maker").value(facts.maker());
    json.name("product").value(facts.product());
    json.name("system").value(facts.systemId());
    json.name("model").value(facts.model());
    json.name("serial").value(facts.serial());
    json.name("power").value(facts.power());
    json.name("override").value(facts.override());
    json.name("drives").beginArray();
    for (Drive drive : drives) {
      json.beginObject();
      json.name("id").value(drive.id());
      Json.strings(json, "types", drive.types());
      json.name("inserted").value(drive.inserted());
      json.name("image");
      if (drive.image().isPresent()) {
        json.value(drive.image().get());
      } else {
        json.nullValue();
      }
      json.endObject();
    }
    json.endArray();
  }
}
