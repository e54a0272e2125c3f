package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Fields;
import zeroboot.bmc.link.Session;

/**
 * Which managers are a computer's. Behind a service with several computers, those alone that name
 * it: what is put into the drives of another manager, another machine sees.
 *
 * @param system path of the computer
 * @param isAlone whether it is the only one
 */
record Managers(Session session, String system, boolean isAlone) {
  /**
   * Their paths.
   *
   * @param json the computer as it reads
   * @param wanted id of the one that the owner names
   * @throws BmcException if nothing says which they are
   */
  List<String> of(JsonObject json, Optional<String> wanted) {
    if (wanted.isPresent()) {
      return named(wanted.get());
    }
    List<String> managing = Fields.links(Fields.object(json, "Links"), "ManagedBy");
    if (!managing.isEmpty()) {
      return List.copyOf(managing);
    }
    List<String> all = Controller.members(session, "Managers");
    if (isAlone) {
      return List.copyOf(all);
    }
    List<String> serving = all.stream().filter(this::isServing).toList();
    if (serving.isEmpty() && Fields.link(json, "VirtualMedia").isEmpty()) {
      throw BmcException.of(
          BmcException.Kind.CANNOT,
          "several systems are behind it, and nothing says which manager's virtual drives "
              + Controller.idOf(system)
              + " sees",
          "say which with manager: in the profile; it has " + ids(all));
    }
    return serving;
  }

  private List<String> named(String id) {
    List<String> all = Controller.members(session, "Managers");
    List<String> named = all.stream().filter(path -> Controller.idOf(path).equals(id)).toList();
    if (named.isEmpty()) {
      throw BmcException.of(
          BmcException.Kind.CANNOT,
          "there is no manager '" + id + "' behind it",
          "it has " + ids(all));
    }
    return named;
  }

  private boolean isServing(String manager) {
    JsonObject links = Fields.object(session.get(manager).json(), "Links");
    return Fields.links(links, "ManagerForServers").stream().anyMatch(this::isSystem);
  }

  private boolean isSystem(String path) {
    return path.replaceFirst("/+$", "").equals(system.replaceFirst("/+$", ""));
  }

  private static List<String> ids(List<String> paths) {
    return paths.stream().map(Controller::idOf).toList();
  }
}
