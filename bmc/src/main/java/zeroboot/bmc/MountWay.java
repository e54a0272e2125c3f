package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.Optional;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.Fields;
import zeroboot.bmc.link.Session;

/**
 * Supermicro's older way: host and path are configured, then mounted. There is a drive to look at
 * only once something was mounted.
 *
 * @param config path of the configuration
 */
record MountWay(String config) implements DriveWay {
  @Override
  public String name() {
    return "IsoConfig.Mount";
  }

  private static Optional<String> target(Resource configuration, String action) {
    return Fields.text(
            Fields.object(configuration.json(), "Actions", "#IsoConfig." + action), "target")
        .filter(path -> path.startsWith("/"));
  }

  @Override
  public Optional<Answer> insert(Session session, Resource drive, String url) {
    Resource configuration = Resource.read(session, config);
    int slash = url.indexOf('/', url.indexOf("//") + 2);
    JsonObject body = new JsonObject();
    body.addProperty("Host", url.substring(0, slash));
    body.addProperty("Path", url.substring(slash));
    body.addProperty("Username", "");
    body.addProperty("Password", "");
    Answer configured = configuration.patch(session, body);
    if (!configured.isGood()) {
      return Optional.of(configured);
    }
    return target(configuration, "Mount").map(path -> session.post(path, new JsonObject()));
  }

  @Override
  public Optional<Answer> eject(Session session, Resource drive) {
    return target(Resource.read(session, config), "UnMount")
        .map(path -> session.post(path, new JsonObject()));
  }
}
