package zeroboot.server.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a node may be silent, by what it did last: nothing on its own screen names these causes. The
 * times leave room for what is no failure: UEFI firmware asks again after 4, 12 and 28 seconds, and
 * an old iPXE waits 15 seconds for an IPv6 router.
 */
final class Silence {
  private static final Duration NO_ADDRESS = Duration.ofSeconds(10);
  private static final Duration NO_QUESTION = Duration.ofSeconds(25);
  private static final Duration NO_FILE = Duration.ofSeconds(15);
  private static final Duration NO_START = Duration.ofMinutes(1);
  private static final Duration NO_KERNEL = Duration.ofMinutes(3);

  /** A client that is not answered asks for the same file again and again. */
  private static final int MANY = 3;

  private Silence() {}

  static Optional<String> of(NodeState node, Instant now) {
    Duration quiet = Duration.between(node.seen, now);
    return switch (node.step) {
      case ASKED, OFFERED -> unanswered(node, Duration.between(node.since, now));
      case CHOSE -> untaken(node, quiet);
      case FETCHING -> stuck(node, quiet);
      case FETCHED -> notStarted(node, quiet);
      case LOADER, ADDRESS -> noKernel(quiet);
      case SCRIPT -> standing("its script", quiet);
      case KERNEL -> standing("the kernel", quiet);
      case KERNEL_FETCHED -> notLeft(node, quiet);
      // The script of a provisioning server tells us nothing.
      case SCRIPT_FETCHED, STARTED, FAILED -> Optional.empty();
    };
  }

  private static Optional<String> unanswered(NodeState node, Duration time) {
    if (node.bootAsks >= MANY) {
      return Optional.of(
          "it asks port 4011 again and again: our answer does not reach it. A firewall on UDP port"
              + " 4011 is the usual cause");
    }
    boolean waits = node.step == NodeStep.OFFERED && node.discovers >= 2 && node.requests == 0;
    if (!waits || time.compareTo(NO_ADDRESS) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        "offered its file "
            + node.discovers
            + " times, but no DHCP server gives it an address: is the router's DHCP on, with free"
            + " addresses? Between two switches or VLANs, does it reach this network?");
  }

  private static Optional<String> untaken(NodeState node, Duration quiet) {
    if (node.bootAsks >= MANY) {
      return Optional.of(
          "it asks port 4011 again and again: our answer does not reach it. A firewall on UDP port"
              + " 4011 is the usual cause");
    }
    if (quiet.compareTo(NO_QUESTION) < 0) {
      return Optional.empty();
    }
    String server = node.dhcpServer == null ? "the DHCP server" : node.dhcpServer;
    String lines = "; `zboot serve --explain` prints the lines for the router";
    return Optional.of(
        node.ipxe || !node.uefi
            ? "it took its address and boot file from "
                + server
                + ": take the boot file out"
                + lines
            : "it took an address from "
                + server
                + " and never asked here: that server sends option 60, or this firmware ignores a"
                + " second DHCP server"
                + lines);
  }

  private static Optional<String> stuck(NodeState node, Duration quiet) {
    if (node.silentFetches > 0 || (node.fetches >= MANY && !node.delivered)) {
      return Optional.of(
          "it asks for its file and does not hear the answer: a firewall lets UDP port 69 in, but"
              + " not what comes back from higher ports");
    }
    if (quiet.compareTo(NO_FILE) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        node.brokenOff > 0
            ? "it asked for the size of its file and never for the file: switch it off and on; if"
                + " it stays so, try the other of UEFI and BIOS mode"
            : "it broke off while it fetched the loader: cable, switch, or switched off");
  }

  private static Optional<String> notStarted(NodeState node, Duration quiet) {
    if (quiet.compareTo(NO_START) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        node.uefi
            ? "it has the loader, and nothing was heard from that. Secure Boot is on, as a rule:"
                + " switch it off, or serve with --secure-boot-key. If its screen stays at"
                + " \"initialising devices\", switch it off and on: the third time it gets a"
                + " loader that leaves its card to the firmware"
            : "it has the loader and never asked from it: its card may be unknown to the loader."
                + " Try UEFI mode, or another port");
  }

  private static Optional<String> standing(String what, Duration quiet) {
    return quiet.compareTo(NO_KERNEL) < 0
        ? Optional.empty()
        : Optional.of(
            "it fetches "
                + what
                + ", and nothing was heard for three minutes: the download stands still, or is very"
                + " slow. Look at cable, switch, and the server that it comes from");
  }

  /** Without reports, the kernel's last byte is the last that is heard of a node that boots. */
  private static Optional<String> notLeft(NodeState node, Duration quiet) {
    if (!node.reports || quiet.compareTo(NO_START) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        "it has the kernel and did not say that it starts it: Secure Boot or its firmware refuses"
            + " the kernel, or its memory is too small; its screen says more");
  }

  private static Optional<String> noKernel(Duration quiet) {
    if (quiet.compareTo(NO_KERNEL) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        "its loader runs, and nothing more is heard: its screen says what it waits for");
  }
}
