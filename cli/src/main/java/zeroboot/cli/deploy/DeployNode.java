package zeroboot.cli.deploy;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zeroboot.bmc.link.BmcException;
import zeroboot.server.nodes.Report;
import zeroboot.spec.BootSpec;

/** A node of a deployment: what is known of it now. */
final class DeployNode {
  private final String name;
  private final String address;
  private final BootSpec spec;
  private final Consumer<DeployNode> changed;
  private final Consumer<String> log;
  private @Nullable Access access;
  private NodeImages.@Nullable Made made;
  private String url = "";
  private String key = "";
  private String word = "";
  private Step step = Step.WAITS;
  private String detail = "";
  private String trouble = "";
  private String mac = "";
  private Instant since = Instant.now();
  private @Nullable Instant booted;
  private final Fetches fetches = new Fetches();
  private int exit;
  private boolean isResumed;

  /** Whether it was said that somebody reports without the word. */
  private boolean isStrangerTold;

  /**
   * A node that nothing was done for.
   *
   * @param address of its controller
   * @param changed hears of every change, without waiting
   * @param log takes lines that are no step
   */
  DeployNode(
      String name,
      String address,
      BootSpec spec,
      Consumer<DeployNode> changed,
      Consumer<String> log) {
    this.name = name;
    this.address = address;
    this.spec = spec;
    this.changed = changed;
    this.log = log;
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
        fetches.bytes(),
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

  /** What the address that it reports to ends in; nobody else knows it. */
  synchronized String word() {
    return word;
  }

  synchronized void word(String text) {
    word = text;
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
    fetches.boots();
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

  /** It fails by what went wrong at its controller. */
  void fail(BmcException why) {
    fail(Step.FAILED, String.valueOf(why.getMessage()), OneController.exitOf(why));
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
    fetches.gave(from, bytes);
  }

  /**
   * Somebody told something in its name; counts if he knows the word of its image, does not name
   * another image, and the machine was booted.
   *
   * @param place what the address has behind the node's name
   * @param from who told it
   */
  void reported(String place, String from, Report report) {
    boolean counts;
    boolean isStranger;
    synchronized (this) {
      if (made == null || step.isEnd()) {
        return;
      }
      boolean isKnown = !word.isEmpty() && ReportWord.isSame(place, "/" + word);
      isStranger = !isKnown && !isStrangerTold;
      isStrangerTold |= isStranger;
      counts =
          isKnown && booted != null && report.imageId().map(made.imageId()::equals).orElse(true);
      if (counts && step.compareTo(Step.EJECTS) < 0) {
        takeOver(report);
      }
    }
    if (isStranger) {
      log.accept(
          name
              + ": a report from "
              + from
              + " does not count: it lacks the word of this node's image; an older image runs"
              + " there, or somebody pretends");
    }
    if (counts) {
      changed.accept(this);
    }
  }

  private void takeOver(Report report) {
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

  /** The MAC address that it booted by, if it told it. */
  synchronized Optional<String> mac() {
    return mac.isEmpty() ? Optional.empty() : Optional.of(mac);
  }

  /** Who read how much of the image, for the verdict. */
  synchronized String fetched() {
    return fetches.said(url);
  }

  /** The address that its controller was told, and whether it ever asked there. */
  synchronized String offered() {
    return fetches.offered(url);
  }

  synchronized boolean isRead() {
    return fetches.isRead();
  }
}
