package zeroboot.testing.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another computer behind the same service, with a manager and a full drive; it can be read. */
final class SimNeighbour {
  private static final String SYSTEM = SimService.ROOT + "/Systems/Other";
  private static final String MANAGER = SimService.ROOT + "/Managers/Other";
  private static final String DRIVES = MANAGER + "/VirtualMedia";

  private SimNeighbour() {}

  /**
   * What is there; null for what is not its.
   *
   * @param unlinked whether it does not tell which manager is its
   */
  static @Nullable JsonObject resource(String path, boolean unlinked) {
    JsonObject links = new JsonObject();
    return switch (path) {
      case SYSTEM -> {
        if (!unlinked) {
          links = Sim.object("ManagedBy", List.of(Sim.link(MANAGER)));
        }
        yield Sim.object("@odata.id", path, "Id", "Other", "PowerState", "On", "Links", links);
      }
      case MANAGER -> {
        if (!unlinked) {
          links = Sim.object("ManagerForServers", List.of(Sim.link(SYSTEM)));
        }
        yield Sim.object(
            "@odata.id", path, "Id", "Other", "Links", links, "VirtualMedia", Sim.link(DRIVES));
      }
      case DRIVES -> Sim.collection(path, "VirtualMediaCollection", List.of(DRIVES + "/CD"));
      case DRIVES + "/CD" -> {
        SimDrive drive = new SimDrive(DRIVES, "CD", true, "CD", "DVD");
        drive.put("http://192.0.2.9/neighbour/disk.iso", "URI");
        JsonObject json = drive.json();
        SimService.addActions(drive, json);
        yield json;
      }
      default -> null;
    };
  }
}
