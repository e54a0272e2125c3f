package zeroboot.server.nodes;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import zeroboot.spec.MacAddress;

/**
 * What each node is doing, by all that is heard of it. Holds a bounded number of them: where more
 * MAC addresses turn up than any farm has, one is forgotten that did nothing but report, or else
 * the one that was silent longest.
 */
public final class NodeTable {
  private static final int MOST = 4096;
  private static final String REPORT = "report";
  private static final String CHAINED = "zboot-snp.efi";
  private static final String CHAINED_NOTE =
      "it gets zboot-snp.efi, which leaves its card to the firmware's driver: zboot.efi was not"
          + " heard of, twice";

  private final Clock clock;
  private final Function<MacAddress, Optional<String>> names;
  private final Consumer<NodeEvent> listener;

  /** In the order in which they were last heard of. */
  private final LinkedHashMap<MacAddress, NodeState> nodes = new LinkedHashMap<>(64, 0.75f, true);

  private final NodeAddresses addresses = new NodeAddresses();

  /** How many of them did nothing but report. */
  private int unheard;

  /**
   * An empty table.
   *
   * @param names of nodes, by the profile
   * @param listener hears each change; called with the table locked, so it must not wait
   */
  public NodeTable(
      Clock clock, Function<MacAddress, Optional<String>> names, Consumer<NodeEvent> listener) {
    this.clock = clock;
    this.names = names;
    this.listener = listener;
  }

  /** All nodes, by MAC address. */
  public synchronized List<Node> nodes() {
    Instant now = clock.instant();
    return nodes.values().stream()
        .map(state -> shown(state, now))
        .sorted((a, b) -> a.mac().compareTo(b.mac()))
        .toList();
  }

  /** The node that has this address, by what was heard of it: no report changes that. */
  public synchronized Optional<MacAddress> at(String address) {
    return addresses.at(address, nodes.values(), clock.instant());
  }

  /** The node whose line tells what is fetched from this address; its reports count as well. */
  public synchronized Optional<MacAddress> shownAt(String address) {
    return addresses.shownAt(address, nodes.values(), clock.instant());
  }

  /** Whether a node gets the loader that uses the firmware's own network driver. */
  public synchronized boolean takesChained(MacAddress mac) {
    NodeState state = nodes.get(mac);
    return state != null && state.uefi && state.takesChained();
  }

  private Node shown(NodeState state, Instant now) {
    return state.shown(names.apply(state.mac), Silence.of(state, now));
  }

  /** What happens to a node's state. */
  private interface Change {
    void apply(NodeState state, Instant now);
  }

  private synchronized void change(MacAddress mac, String event, String detail, Change change) {
    Instant now = clock.instant();
    NodeState state = nodes.get(mac);
    if (state == null) {
      state = new NodeState(mac, now);
      nodes.put(mac, state);
      unheard++;
    }
    if (!state.heard && !event.equals(REPORT)) {
      state.heard = true;
      unheard--;
    }
    change.apply(state, now);
    state.seen = now;
    forgetOne();
    listener.accept(new NodeEvent(event, detail, shown(state, now)));
  }

  private void forgetOne() {
    if (nodes.size() <= MOST) {
      return;
    }
    NodeState oldest = nodes.values().iterator().next();
    if (unheard > 0) {
      for (NodeState each : nodes.values()) {
        if (!each.heard) {
          oldest = each;
          unheard--;
          break;
        }
      }
    }
    nodes.remove(oldest.mac);
    addresses.forget(oldest);
  }

  private void took(NodeState state, String address) {
    state.address = address;
    addresses.lease(state, address);
  }

  /**
   * It asked who can boot it.
   *
   * @param what the firmware, for people
   * @param card PCI vendor and device, if it says them
   * @param port 67, or 4011
   */
  public void asked(
      MacAddress mac,
      String what,
      boolean uefi,
      boolean ipxe,
      boolean loader,
      Optional<String> card,
      int port) {
    change(
        mac,
        loader ? "loader" : "asked",
        port == 67 ? "" : "port " + port,
        (state, now) -> {
          card.ifPresent(known -> state.card = known);
          if (loader) {
            // It asks at every try; what it reports is later than this.
            if (state.step.compareTo(NodeStep.LOADER) < 0) {
              state.reach(NodeStep.LOADER, now);
            }
            return;
          }
          state.asks(what, uefi, ipxe, port, now);
        });
  }

  /** It was told its file. */
  public void offered(MacAddress mac, String file) {
    change(
        mac,
        "offered",
        file,
        (state, now) -> {
          state.atLeast(NodeStep.OFFERED, now);
          if (file.endsWith("/" + CHAINED)) {
            state.note = CHAINED_NOTE;
          }
        });
  }

  /** It is not served. */
  public void ignored(MacAddress mac, String why) {
    change(mac, "ignored", why, (state, now) -> state.error = "not served: " + why);
  }

  /**
   * It told everybody which address it takes, and from which server.
   *
   * @param loader whether the loader of our images asks; else it is firmware
   */
  public void chose(
      MacAddress mac, boolean loader, Optional<String> server, Optional<String> address) {
    change(
        mac,
        "chose",
        address.orElse("") + server.map(from -> " from " + from).orElse(""),
        (state, now) -> {
          server.ifPresent(known -> state.dhcpServer = known);
          address.ifPresent(known -> took(state, known));
          state.requests++;
          state.atLeast(loader ? NodeStep.ADDRESS : NodeStep.CHOSE, now);
        });
  }

  /** It asked for its file. */
  public void fetches(MacAddress mac, String file, String address) {
    change(
        mac,
        "fetch",
        file,
        (state, now) -> {
          state.address = address;
          state.fetchedFrom = address;
          state.fetches++;
          if (state.step.compareTo(NodeStep.FETCHED) > 0) {
            state.begin(now); // its question was not heard here: a relay, a router's own boot file
            state.boots++;
          }
          state.reach(NodeStep.FETCHING, now);
        });
  }

  /** It has the whole file. */
  public void fetched(MacAddress mac, String file) {
    change(
        mac,
        "fetched",
        file,
        (state, now) -> {
          state.delivered = true;
          state.atLeast(NodeStep.FETCHED, now);
        });
  }

  /** It broke off, most likely since it wanted the size alone. */
  public void brokeOff(MacAddress mac, String file, int code) {
    change(mac, "broke-off", file + ", code " + code, (state, now) -> state.brokenOff++);
  }

  /** It does not answer any more. */
  public void lost(MacAddress mac, String file) {
    change(mac, "lost", file, (state, now) -> state.silentFetches++);
  }

  /**
   * It fetches a kernel from here.
   *
   * @param done whether it has all of it
   */
  public void kernel(MacAddress mac, String file, boolean done, Optional<String> note) {
    change(
        mac,
        done ? "kernel-fetched" : "kernel",
        file,
        (state, now) -> {
          NodeStep step = done ? NodeStep.KERNEL_FETCHED : NodeStep.KERNEL;
          note.ifPresent(text -> state.note = text);
          if (state.step != NodeStep.STARTED) {
            state.reach(step, now);
          }
        });
  }

  /** More arrived of what it fetches: no event, but it is not silent. */
  public synchronized void goesOn(MacAddress mac) {
    NodeState state = nodes.get(mac);
    if (state != null) {
      state.seen = clock.instant();
    }
  }

  /**
   * Its loader told something, or somebody in its name: lines show it.
   *
   * @param from the address that told it
   */
  public void reported(Report report, String from) {
    change(
        report.mac(),
        REPORT,
        report.step() + report.error().map(error -> ": " + error).orElse(""),
        (state, now) -> {
          state.reportedFrom = from;
          state.reports = true;
          state.address = report.address().orElse(state.address);
          if (state.firmware.isEmpty()) {
            state.firmware = report.firmware().orElse("");
          }
          report.card().ifPresent(known -> state.card = known);
          report.serial().ifPresent(known -> state.serial = known);
          report.imageId().ifPresent(known -> state.imageId = known);
          NodeStep.reported(report.step()).ifPresent(step -> state.reach(step, now));
          if (report.error().isPresent()) {
            state.error = report.error().get();
          } else if (state.step == NodeStep.STARTED) {
            state.error = null;
          }
        });
  }
}
