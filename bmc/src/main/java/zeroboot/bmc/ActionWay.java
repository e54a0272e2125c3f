package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Fields;
import zeroboot.bmc.link.Session;
import zeroboot.bmc.link.Trouble;

/**
 * The actions of the standard (schema VirtualMedia), or a maker's own of the same kind. The image
 * alone is given at first; what the answer misses is added, since each maker refuses something that
 * another one needs.
 *
 * @param actions of a drive, to find the targets in
 */
record ActionWay(String name, Function<JsonObject, JsonObject> actions, String insert, String eject)
    implements DriveWay {
  /** What an insert may have besides, and its usual value. */
  private static final Map<String, Function<String, Object>> PARAMETERS =
      Map.of(
          "TransferProtocolType", url -> url.replaceFirst(":.*", "").toUpperCase(Locale.ROOT),
          "TransferMethod", url -> "Stream",
          "Inserted", url -> true,
          "WriteProtected", url -> true,
          "UserName", url -> "",
          "Password", url -> "");

  static final ActionWay STANDARD =
      new ActionWay(
          "InsertMedia",
          drive -> Fields.object(drive, "Actions"),
          "#VirtualMedia.InsertMedia",
          "#VirtualMedia.EjectMedia");

  static final ActionWay ILO_5 =
      new ActionWay(
          "HpeiLOVirtualMedia",
          drive -> Fields.object(drive, "Oem", "Hpe", "Actions"),
          "#HpeiLOVirtualMedia.InsertVirtualMedia",
          "#HpeiLOVirtualMedia.EjectVirtualMedia");

  static final ActionWay ILO_4 =
      new ActionWay(
          "HpiLOVirtualMedia",
          drive -> Fields.object(drive, "Oem", "Hp", "Actions"),
          "#HpiLOVirtualMedia.InsertVirtualMedia",
          "#HpiLOVirtualMedia.EjectVirtualMedia");

  private Optional<String> target(Resource drive, String action) {
    return Fields.text(Fields.object(actions.apply(drive.json()), action), "target")
        .filter(path -> path.startsWith("/"));
  }

  @Override
  public Optional<Answer> insert(Session session, Resource drive, String url) {
    return target(drive, insert).map(path -> insert(session, path, url));
  }

  private static Answer insert(Session session, String path, String url) {
    JsonObject body = new JsonObject();
    body.addProperty("Image", url);
    Answer answer = session.post(path, body);
    for (int i = 0; i < PARAMETERS.size() && answer.status() == 400; i++) {
      Trouble trouble = session.refused("to insert", answer).trouble().orElseThrow();
      List<String> missing = new ArrayList<>();
      for (String name : PARAMETERS.keySet()) {
        boolean named = trouble.names().contains(name) || trouble.message().contains(name);
        if (named && !body.has(name)) {
          missing.add(name);
        }
      }
      if (missing.isEmpty()) {
        return answer;
      }
      missing.forEach(name -> add(body, name, url));
      answer = session.post(path, body);
    }
    return answer;
  }

  private static void add(JsonObject body, String name, String url) {
    Function<String, Object> value = PARAMETERS.get(name);
    Object usual = value == null ? "" : value.apply(url);
    if (usual instanceof Boolean truth) {
      body.addProperty(name, truth);
    } else {
      body.addProperty(name, usual.toString());
    }
  }

  /** An empty object: one maker wants a body, and no other minds. */
  @Override
  public Optional<Answer> eject(Session session, Resource drive) {
    return target(drive, eject).map(path -> session.post(path, new JsonObject()));
  }

  /** Whether an answer leaves open what happened. */
  static boolean isUnknown(BmcException e) {
    return e.kind() == BmcException.Kind.UNKNOWN;
  }
}
