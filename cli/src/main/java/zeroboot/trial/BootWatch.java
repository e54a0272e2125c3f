package zeroboot.trial;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows a boot by the lines on its screen: the firmware's, the boot codes' and the script's own.
 * A machine may show whatever it likes; what is kept of it is bounded.
 */
final class BootWatch {
  private static final int KEPT_LINES = 25;

  /** Four groups of four; images of older versions show two. */
  private static final String IMAGE = " +image ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,3})";

  private static final Pattern FARM =
      Pattern.compile("Farm ID (\\d{1,10}) on the (\\w{1,10}) network" + IMAGE);
  private static final Pattern PROVISION =
      Pattern.compile("This node asks a server what to do" + IMAGE);
  private static final Pattern ADDRESS =
      Pattern.compile("net\\S+: address ([0-9a-f.:]+)(?:, mask .*)?");
  private static final Pattern FETCHING = Pattern.compile("Fetching the (?:kernel|script): (\\S+)");

  /** iPXE's own line; ours says no more than server and end of a long URL. */
  private static final Pattern DOWNLOAD = Pattern.compile("(https?://\\S+?)\\.\\.\\.( .*)?");

  private static final String CUT = "...";
  private static final Pattern PERCENT = Pattern.compile(".*\\.\\.\\. *([1-9]\\d?|100)%");

  /** Of images of older versions. */
  private static final Pattern WHY = Pattern.compile("That did not work: (.*)");

  /** How a step went, before what it was. */
  private static final Pattern STEP = Pattern.compile("(?:ok|no|\\.\\.) (?=\\S)");

  /** Stands below the headline of the failure screen of older images. */
  private static final Pattern WHO = Pattern.compile("(farm \\d{1,10}, )?image .*");

  private static final Pattern STAGE_ERROR =
      Pattern.compile("(?:Zero Boot.*)?((?:read|data|A20|memory) error .*)");

  private final Expected expected;
  private final Deque<String> screen = new ArrayDeque<>();
  private final Map<Milestone, String> details = new EnumMap<>(Milestone.class);
  private Milestone reached = Milestone.POWER;
  private String url = "";
  private String why = "";
  private boolean gaveUp;
  private Optional<String> failure = Optional.empty();

  BootWatch(Expected expected) {
    this.expected = expected;
  }

  /** A line that is finished. */
  void line(String text) {
    if (screen.size() == KEPT_LINES) {
      screen.removeFirst();
    }
    screen.addLast(text);
    Matcher step = STEP.matcher(text.strip());
    String said = step.lookingAt() ? text.strip().substring(step.end()) : text.strip();
    if (step.lookingAt() && step.group().startsWith("no") && !said.startsWith("net")) {
      why = said.replaceFirst("\\.$", "");
    }
    look(said);
  }

  /** A line that is still being written; may come again, with more in it. */
  void unfinished(String text) {
    String line = text.strip();
    if (!line.isEmpty()) {
      reach(Milestone.FIRMWARE, "");
      fetching(line);
    }
  }

  private void look(String line) {
    if (line.isEmpty() || failure.isPresent()) {
      return;
    }
    reach(Milestone.FIRMWARE, line.startsWith("SeaBIOS ") ? line : "");
    if (line.startsWith("Zero Boot") || line.startsWith("BdsDxe: starting ")) {
      reach(Milestone.LOADER, "");
    } else if (line.startsWith("iPXE initialising devices")) {
      reach(Milestone.IPXE, "");
    }
    banner(line);
    network(line);
    kernel(line);
    failure(line);
  }

  private void banner(String line) {
    Matcher farm = FARM.matcher(line);
    Matcher provision = PROVISION.matcher(line);
    if (farm.matches()) {
      reach(
          Milestone.BANNER,
          "farm ID "
              + farm.group(1)
              + " on the "
              + farm.group(2)
              + " network, "
              + "image "
              + farm.group(3));
      compare("farm ID " + farm.group(1), expected.farmId().map(id -> "farm ID " + id));
      compare("image " + farm.group(3), expected.imageId().map(id -> "image " + id));
    } else if (provision.matches()) {
      reach(Milestone.BANNER, "asks a server, image " + provision.group(1));
      compare("image " + provision.group(1), expected.imageId().map(id -> "image " + id));
    }
  }

  private void compare(String shown, Optional<String> expectation) {
    if (expectation.isPresent() && !expectation.get().equals(shown)) {
      fail("the screen shows " + shown + ", but the boot code holds " + expectation.get());
    }
  }

  private void network(String line) {
    Matcher address = ADDRESS.matcher(line);
    if (address.matches()) {
      reach(Milestone.ADDRESS, address.group(1));
    } else if (line.matches("net\\S+: no address\\..*")) {
      why = "nobody gave it an address";
    } else if (line.matches("net\\S+: still no link\\..*")) {
      why = "its network card has no link";
    }
  }

  private void kernel(String line) {
    Matcher begins = FETCHING.matcher(line);
    if (begins.matches()) {
      url = begins.group(1);
    }
    fetching(line);
    if (line.startsWith("Starting Zero-OS for farm ")
        || line.equals("Running the script of the provisioning server")) {
      reach(Milestone.KERNEL, url);
    }
  }

  /** Only where the server hands out a file iPXE counts its bytes. */
  private void fetching(String line) {
    Matcher download = DOWNLOAD.matcher(line);
    int cut = url.indexOf(CUT);
    if (cut > 0 && download.matches() && download.group(1).startsWith(url.substring(0, cut))) {
      url = download.group(1);
    }
    boolean ours = !url.isEmpty() && line.startsWith(url + "...");
    if (ours && (line.endsWith(" ok") || PERCENT.matcher(line).matches())) {
      reach(Milestone.KERNEL, url);
    }
  }

  private void failure(String line) {
    Matcher stageError = STAGE_ERROR.matcher(line);
    Matcher reason = WHY.matcher(line);
    if (stageError.matches() && reached.compareTo(Milestone.IPXE) < 0) {
      fail("the BIOS boot code says: " + stageError.group(1));
    } else if (reason.matches()) {
      why = reason.group(1).replaceFirst("\\.$", "");
    } else if (line.startsWith("Trying again in ") || line.startsWith("Not yet. Waiting ")) {
      fail(why);
    } else if (line.startsWith("ZERO BOOT COULD NOT START THIS NODE")) {
      gaveUp = true;
    } else if (gaveUp && !line.startsWith("Node ") && !WHO.matcher(line).matches()) {
      fail(line);
    } else if (line.equals("No bootable device.")
        || line.startsWith("BdsDxe: No bootable option")
        || line.startsWith("Shell>")) {
      fail("the firmware finds nothing to boot");
    } else if (line.startsWith("BdsDxe: failed to ") && line.endsWith(": Access Denied")) {
      fail("Secure Boot refuses it");
    }
  }

  private void reach(Milestone stage, String detail) {
    if (stage.compareTo(reached) > 0) {
      reached = stage;
    }
    if (!detail.isEmpty()) {
      details.putIfAbsent(stage, detail);
    }
  }

  private void fail(String what) {
    failure = Optional.of(what.isEmpty() ? "the script gave up" : what);
  }

  /** The last stage that was reached. */
  Milestone reached() {
    return reached;
  }

  /** What the screen said of a stage: the firmware's version, the farm, the address, the URL. */
  Map<Milestone, String> details() {
    return details;
  }

  /** Why it will not go further; empty as long as it may. */
  Optional<String> failure() {
    return failure;
  }

  /** Where the kernel was looked for last. */
  String url() {
    return url;
  }

  /** The last lines on the screen. */
  List<String> screen() {
    return List.copyOf(screen);
  }
}
