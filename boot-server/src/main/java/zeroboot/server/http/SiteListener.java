package zeroboot.server.http;

import java.util.Optional;
import zeroboot.server.nodes.Report;
import zeroboot.spec.MacAddress;

/** Hears what is fetched by HTTP. Called in the web server's threads. */
public interface SiteListener {
  /** A node begins to fetch its file. */
  void fetches(MacAddress node, String file, String address);

  /** It has all of it. */
  void fetched(MacAddress node, String file);

  /** It asked for its size alone. */
  void sized(MacAddress node, String file);

  /**
   * It fetches a kernel from the mirror.
   *
   * @param done whether it has all of it
   * @param note why it is not the latest, if it is not
   */
  void kernel(MacAddress node, String file, boolean done, Optional<String> note);

  /** More of the kernel has gone to it; some times a minute. */
  void goesOn(MacAddress node);

  /**
   * It told something, or somebody in its name.
   *
   * @param from the address that told it
   */
  void reported(Report report, String from);

  /** The node with this address, as far as was heard: whose files somebody there gets. */
  Optional<MacAddress> at(String address);

  /** The same, or who reports from there: whose line tells what somebody there fetches. */
  Optional<MacAddress> shownAt(String address);
}
