package zeroboot.bmc;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Optional;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.Session;

/** The drive itself is changed: Lenovo, older HPE, and whoever has no actions. */
record PatchWay() implements DriveWay {
  @Override
  public String name() {
    return "PATCH";
  }

  @Override
  public Optional<Answer> insert(Session session, Resource drive, String url) {
    JsonObject body = new JsonObject();
    body.addProperty("Image", url);
    if (!drive.json().has("Inserted")) {
      Answer plain = drive.patch(session, body); // iLO 4 knows the image and nothing else
      if (plain.isGood()) {
        return Optional.of(plain);
      }
    }
    body.addProperty("Inserted", true);
    body.addProperty("WriteProtected", true);
    return Optional.of(drive.patch(session, body));
  }

  @Override
  public Optional<Answer> eject(Session session, Resource drive) {
    JsonObject body = new JsonObject();
    body.add("Image", JsonNull.INSTANCE);
    if (drive.json().has("Inserted")) {
      body.addProperty("Inserted", false);
    }
    return Optional.of(drive.patch(session, body));
  }
}
