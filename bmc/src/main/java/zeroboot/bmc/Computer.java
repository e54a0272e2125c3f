package zeroboot.bmc;

import java.util.ArrayList;
import java.util.List;
import zeroboot.bmc.link.Session;

/**
 * The one computer behind a controller that is meant.
 *
 * @param path of its resource
 * @param managers paths of what manages it
 * @param isAlone whether no other computer is behind the service: all drives are its own then
 */
record Computer(Session session, String path, List<String> managers, boolean isAlone, Maker maker) {
  /** As it reads now. */
  Resource system() {
    return Resource.read(session, path);
  }

  /** Likewise, what manages it. */
  List<Resource> readManagers() {
    List<Resource> all = new ArrayList<>();
    managers.forEach(each -> all.add(Resource.read(session, each)));
    return all;
  }
}
