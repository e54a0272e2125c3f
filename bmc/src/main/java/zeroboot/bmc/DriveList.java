package zeroboot.bmc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zeroboot.bmc.link.Fields;

/** Which virtual drives a computer has: makers list them with the system, the manager, or both. */
record DriveList(Computer computer) {
  /** As they read now, the likelier ones first. */
  List<Resource> resources() {
    Map<String, Resource> found = new LinkedHashMap<>();
    for (Resource collection : collections()) {
      for (String path : Fields.links(collection.json(), "Members")) {
        found.computeIfAbsent(path, at -> Resource.read(computer.session(), at));
      }
    }
    List<Resource> sorted = new ArrayList<>(found.values());
    sorted.sort(Comparator.comparingInt(this::rank));
    return sorted;
  }

  /** CDs before sticks; at Lenovo those for addresses before those for a console. */
  private int rank(Resource resource) {
    Drive drive = drive(resource);
    boolean usable =
        resource.json().has("Actions")
            || computer.maker() != Maker.LENOVO
            || drive.id().startsWith("EXT");
    return (usable ? 0 : 2) + (drive.isCd() ? 0 : 1);
  }

  /** Those of the system first; where it has some and is not alone, a manager's may be others'. */
  private List<Resource> collections() {
    Set<String> paths = new LinkedHashSet<>();
    Fields.link(computer.system().json(), "VirtualMedia").ifPresent(paths::add);
    if (paths.isEmpty() || computer.isAlone()) {
      computer
          .readManagers()
          .forEach(each -> Fields.link(each.json(), "VirtualMedia").ifPresent(paths::add));
    }
    return paths.stream().map(path -> Resource.read(computer.session(), path)).toList();
  }

  /** Supermicro's configurations, by which something gets into a drive that is not listed yet. */
  List<String> configurations() {
    List<String> paths = new ArrayList<>();
    for (Resource each : collections()) {
      Fields.link(Fields.object(each.json(), "Oem", "Supermicro"), "VirtualMediaConfig")
          .ifPresent(paths::add);
    }
    return paths;
  }

  /** What a resource says. */
  Drive drive(Resource resource) {
    return Drive.of(resource, computer.maker());
  }

  /** Likewise, read anew. */
  Drive again(Resource resource) {
    return drive(resource.again(computer.session()));
  }
}
