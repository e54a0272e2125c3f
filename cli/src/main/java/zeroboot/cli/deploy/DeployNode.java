package zeroboot.cli.deploy;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zeroboot.server.nodes.Report;
import zeroboot.spec.BootSpec;

/** A node of a deployment: what is known of it now. */
final class DeployNode {
  private final String name;
  private final String address;
  private final BootSpec spec;
  private final Consumer<DeployNode> changed;
  private @Nullable Access access;
  private NodeImages.@Nullable Made made;
  private String url = "";
  private String key = "";
  private String tag = "";
  private Step step = Step.WAITS;
  private String detail = "";
  private String trouble = "";
  private String mac = "";
  private Instant since = Instant.now();
  private @Nullable Instant booted;
  private long given;
  private long givenSinceBoot;
  private String givenTo = "";
  private int exit;
  private boolean isResumed;

  /**
   * A node that nothing was done for.
   *
   * @param address of its controller
   * @param changed hears of every change, without waiting
   */
  DeployNode(String name, String address, BootSpec spec, Consumer<DeployNode> changed) {
    this.name = name;
    this.address = address;
    this.spec = spec;
    this.changed = changed;
  }

  /** What is shown of it at one moment. */
  record View(
      String name,
      String bmc,
      Step step,
      String detail,
      String trouble,
      String imageId,
      String url,
      long given,
      Instant since) {}

  synchronized View view() {
    return new View(
        name,
        address,
        step,
        detail,
        trouble,
        made == null ? "" : made.imageId(),
        url,
        given,
        since);
  }

  String name() {
    return name;
  }

  BootSpec spec() {
    return spec;
  }

  synchronized Access access() {
    if (access == null) {
      throw new IllegalStateException("no access to " + name);
    }
    return access;
  }

  synchronized void access(Access known) {
    access = known;
  }

  synchronized NodeImages.Made made() {
    if (made == null) {
      throw new IllegalStateException("no image of " + name);
    }
    return made;
  }

  synchronized boolean isMade() {
    return made != null;
  }

  synchronized void made(NodeImages.Made image) {
    made = image;
  }

  /** The name of the image for the drive. */
  synchronized String key() {
    return key;
  }

  synchronized void key(String name) {
    key = name;
  }

  /** What the address that it reports to has in it. */
  synchronized void tag(String text) {
    tag = text;
  }

  synchronized void url(String address) {
    url = address;
  }

  synchronized Step step() {
    return step;
  }

  synchronized int exit() {
    return exit;
  }

  /** It does something else now. */
  void step(Step now, String what) {
    synchronized (this) {
      if (step.isEnd()) {
        return;
      }
      step = now;
      detail = what;
      since = Instant.now();
    }
    changed.accept(this);
  }

  /** The machine is off, and about to be switched on: from now on its reports count. */
  synchronized void arm() {
    booted = Instant.now();
    givenSinceBoot = 0;
    mac = "";
  }

  /** It was switched on; it may have reported already. */
  void boots(String how) {
    synchronized (this) {
      if (step.compareTo(Step.BOOTS) > 0) {
        return;
      }
    }
    step(Step.BOOTS, how);
  }

  /** It was switched on in a run before. */
  void bootsSince(Instant time) {
    synchronized (this) {
      booted = time;
      isResumed = true;
    }
    step(Step.BOOTS, "since a run before, with the same image");
  }

  /** Whether it may have reported while nobody listened. */
  synchronized boolean isResumed() {
    return isResumed;
  }

  /** What was done in a run before does not count any more. */
  synchronized void forget() {
    isResumed = false;
    booted = null;
  }

  /** When the machine was switched on; now, if it was not. */
  synchronized Instant bootedAt() {
    return booted == null ? Instant.now() : booted;
  }

  /** It ends without what was wanted. */
  void fail(Step end, String why, int exitCode) {
    synchronized (this) {
      if (step.isEnd()) {
        return;
      }
      trouble = why;
      exit = exitCode;
    }
    step(end, "");
  }

  /** Its image was asked for. */
  synchronized void gave(String from, long bytes) {
    given += bytes;
    givenSinceBoot += bytes;
    givenTo = from;
  }

  /**
   * It told something; counts if it runs the image that was made for it, since it was booted. The
   * first report names the image; those after it come from the same card, or from an address that
   * no other image has.
   *
   * @param place what the address has behind the node's name
   */
  void reported(String place, Report report) {
    boolean counts;
    synchronized (this) {
      counts =
          made != null
              && booted != null
              && !step.isEnd()
              && report
                  .imageId()
                  .map(made.imageId()::equals)
                  .orElse(place.equals("/" + tag) || mac.equals(report.mac().value()));
      if (counts && step.compareTo(Step.EJECTS) < 0) {
        // It may report before the controller says that it is on.
        Step base = step.compareTo(Step.BOOTS) < 0 ? Step.BOOTS : step;
        Step next = Step.reported(report.step(), base);
        if (next != step) {
          step = next;
          since = Instant.now();
        }
        detail = report.address().orElse(detail);
        mac = report.mac().value();
        report.error().ifPresent(error -> trouble = error);
        if (step == Step.STARTED) {
          trouble = "";
        }
      }
    }
    if (counts) {
      changed.accept(this);
    }
  }

  /** The MAC address that it booted by, if it told it. */
  synchronized Optional<String> mac() {
    return mac.isEmpty() ? Optional.empty() : Optional.of(mac);
  }

  /** Who read how much of the image, for the verdict. */
  synchronized String fetched() {
    if (given == 0) {
      return "nobody ever fetched " + url;
    }
    return givenSinceBoot == 0
        ? "since it was switched on nothing was read from the drive"
        : givenTo + " read " + givenSinceBoot / 1024 + " KiB of the image since it was switched on";
  }

  /** The address that its controller was told, and whether it ever asked there. */
  synchronized String offered() {
    return url + ", which " + (given == 0 ? "nobody ever fetched" : givenTo + " fetched");
  }

  synchronized boolean isRead() {
    return givenSinceBoot > 0;
  }
}
