package zeroboot.server.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.spec.MacAddress;

/** What is remembered of a node; belongs to {@link NodeTable}, which guards it. */
final class NodeState {
  /** With each of the two UEFI loaders. */
  private static final int TRIES = 2;

  /** Firmware that gets no address gives up after a minute or so. */
  private static final Duration NEW_BOOT = Duration.ofMinutes(3);

  final MacAddress mac;
  NodeStep step = NodeStep.ASKED;
  Instant since;
  Instant seen;
  String firmware = "";
  boolean uefi;
  boolean ipxe;

  /** The address that its line shows. */
  @Nullable String address;

  /** The one that it took by DHCP. */
  @Nullable String leased;

  /** Where a fetch came from that named it. */
  @Nullable String fetchedFrom;

  /** Where its last report came from. */
  @Nullable String reportedFrom;

  @Nullable String dhcpServer;
  @Nullable String card;
  @Nullable String serial;
  @Nullable String imageId;
  @Nullable String error;
  @Nullable String note;
  int boots = 1;

  /** How often its UEFI firmware had all of the loader, and nothing was heard of that. */
  private int unheardOf;

  /** Whether anything came from it but reports, which anybody can send in its name. */
  boolean heard;

  // Since this boot began.
  int discovers;
  int requests;
  int bootAsks;
  int fetches;
  int brokenOff;
  int silentFetches;
  boolean delivered;

  /** Whether its loader reports, so that something is to come yet behind the kernel. */
  boolean reports;

  NodeState(MacAddress mac, Instant now) {
    this.mac = mac;
    since = now;
    seen = now;
  }

  /** The machine was switched on again. */
  void begin(Instant now) {
    if (step == NodeStep.FETCHED && uefi) {
      unheardOf++;
    } else if (step.compareTo(NodeStep.FETCHED) > 0) {
      unheardOf -= unheardOf % TRIES; // what it takes now is right for it
    }
    step = NodeStep.ASKED;
    since = now;
    error = null;
    note = null;
    imageId = null;
    discovers = 0;
    requests = 0;
    bootAsks = 0;
    fetches = 0;
    brokenOff = 0;
    silentFetches = 0;
    delivered = false;
    reports = false;
  }

  /** Its firmware asks who can boot it. */
  void asks(String what, boolean isUefi, boolean isIpxe, int port, Instant now) {
    boolean isAgain =
        step.compareTo(NodeStep.FETCHED) >= 0
            || Duration.between(seen, now).compareTo(NEW_BOOT) > 0;
    if (isAgain) {
      begin(now);
      boots++;
    }
    firmware = what;
    uefi = isUefi;
    ipxe = isIpxe;
    if (port == 67) {
      discovers++;
    } else {
      bootAsks++;
    }
  }

  /**
   * Whether it gets the loader that uses the firmware's own network driver: after two tries with
   * the usual one, until it had as many with this.
   */
  boolean takesChained() {
    return unheardOf / TRIES % 2 == 1;
  }

  void reach(NodeStep next, Instant now) {
    if (step != next) {
      step = next;
      since = now;
    }
  }

  /** Never back: a packet that comes late, or twice, says nothing new. */
  void atLeast(NodeStep next, Instant now) {
    if (step.compareTo(next) < 0) {
      reach(next, now);
    }
  }

  Node shown(Optional<String> name, Optional<String> why) {
    return new Node(
        mac,
        name,
        firmware,
        step,
        since,
        seen,
        Optional.ofNullable(address),
        Optional.ofNullable(card),
        Optional.ofNullable(serial),
        Optional.ofNullable(imageId),
        Optional.ofNullable(error),
        why,
        Optional.ofNullable(note),
        boots);
  }
}
