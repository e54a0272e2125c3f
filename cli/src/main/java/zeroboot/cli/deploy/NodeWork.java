package zeroboot.cli.deploy;

import java.net.InetAddress;
import java.util.Optional;
import zeroboot.bmc.Controller;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Session;
import zeroboot.bmc.link.Times;
import zeroboot.cli.console.ExitCode;
import zeroboot.ground.ZbootException;

/**
 * One node, from its controller's login to the switched-on machine, and afterwards the eject. The
 * session is ended in between: waiting for a boot may take longer than it lives.
 */
final class NodeWork {
  private final DeployNode node;
  private final Means means;
  private final NodeImages images;
  private final RunLog log;
  private final FirstBoot first;

  NodeWork(DeployNode node, Means means, NodeImages images, RunLog log) {
    this.node = node;
    this.means = means;
    this.images = images;
    this.log = log;
    first = new FirstBoot(node, means, images, log);
  }

  /** The step that this node has to report. */
  Step goal() {
    return means.goal().step(node.spec().provisionUrl().isPresent());
  }

  /** The goal is reached: the last work. */
  void end() {
    // What runs before "started" may still read from the drive.
    if (goal() == Step.STARTED) {
      eject();
    } else {
      leaveIn();
    }
  }

  /** Makes the image, with the address that the node reports to. */
  void prepare() {
    InetAddress towards = means.towards(node.access().address());
    String base = means.server().http(towards);
    String reports = means.reports(base);
    node.word(log.word(node.name(), images.tag(node.spec())));
    node.made(
        images.make(
            images.reporting(node.spec(), reports, node.name(), node.word()), node.name(), false));
    node.key(node.made().name());
    node.url(base + node.made().path());
  }

  /** Until the machine boots; what goes wrong ends the node's deployment, and no other's. */
  void deploy() {
    guarded(
        () -> {
          Optional<RunLog.Reached> before = log.reached(node.name(), node.key());
          switch (before.map(RunLog.Reached::mark).orElse(RunLog.Mark.FAILED)) {
            case DONE -> node.step(Step.DONE, "in a run before, with the same image");
            case STARTED -> eject();
            case BOOTS -> node.bootsSince(before.orElseThrow().at());
            default -> begin();
          }
        });
  }

  private void begin() {
    node.step(Step.CONNECTS, "");
    try (Session session = open()) {
      Controller controller = node.access().controller(session);
      if (controller.power().isOn() && !means.mayRestart()) {
        leaveAlone("the machine runs");
        return;
      }
      String how;
      try {
        how = first.order(controller);
        node.step(Step.POWERS, "");
        if (means.mayRestart()) {
          controller.power().switchOff();
        }
      } catch (BmcException e) {
        first.takeOut(controller, e);
        throw e;
      }
      // To put an image in may take minutes, and others have hands, too.
      if (controller.power().isOn()) {
        first.undo(controller);
        leaveAlone("somebody switched the machine on meanwhile");
        return;
      }
      start(controller, how);
    }
  }

  private void leaveAlone(String why) {
    node.fail(
        Step.LEFT_ALONE, why + "; --restart switches it off and boots the image", ExitCode.REFUSED);
  }

  private void start(Controller controller, String how) {
    node.arm();
    // First: should all end here, the next run sees whether it is on.
    log.reached(node.name(), node.key(), RunLog.Mark.BOOTS);
    try {
      controller.power().switchOn();
    } catch (BmcException e) {
      if (!isOpen(e) && !controller.power().isOn()) {
        first.takeOut(controller, e);
      }
      throw e;
    }
    if (first.isUnseen()) {
      endUnseen(how);
      return;
    }
    node.boots(how);
  }

  /** Booted, but what started does not report here: no more is claimed than was seen. */
  private void endUnseen(String how) {
    String rest =
        "boots "
            + how
            + "; what it started, the server there knows: zboot watch URL waits for that";
    if (means.goal() == Goal.NONE) {
      log.reached(node.name(), node.key(), RunLog.Mark.DONE);
      node.step(Step.DONE, rest);
    } else {
      log.reached(node.name(), node.key(), RunLog.Mark.FAILED);
      node.fail(Step.FAILED, rest, ExitCode.TRIAL);
    }
  }

  private Session open() {
    return open(means.times());
  }

  private Session open(Times times) {
    return node.access().open(means.trust(), times, log, means.threads());
  }

  /** The image out of the drive: it runs in memory now. */
  void eject() {
    guarded(
        () -> {
          log.reached(node.name(), node.key(), RunLog.Mark.STARTED);
          node.step(Step.EJECTS, "");
          try (Session session = open()) {
            first.takeOut(node.access().controller(session));
          } catch (BmcException e) {
            node.fail(
                Step.FAILED,
                "it runs, but the image is still in its drive: " + e.getMessage(),
                ExitCode.IO);
            return;
          }
          log.reached(node.name(), node.key(), RunLog.Mark.DONE);
          node.step(Step.DONE, node.mac().map(mac -> "booted by " + mac).orElse(""));
        });
  }

  /** It came as far as was asked for; the image stays, since what boots may still read it. */
  void leaveIn() {
    guarded(
        () -> {
          log.reached(node.name(), node.key(), RunLog.Mark.DONE);
          node.step(Step.DONE, node.step().shown() + "; the image stays in its drive");
        });
  }

  /** Why the goal was not reached in time: as far as can be seen from here. */
  void explain() {
    guarded(
        () -> {
          Step step = node.step();
          if (step.compareTo(goal()) >= 0) {
            end(); // it came while this waited for its turn
            return;
          }
          log.reached(node.name(), node.key(), RunLog.Mark.FAILED);
          if (node.isResumed() && means.mayRestart()) {
            node.forget();
            begin();
            return;
          }
          String said = node.view().trouble();
          StringBuilder why = new StringBuilder();
          why.append("not reached after " + means.patience().toSeconds() + " s: ");
          why.append(
              "it "
                  + (step == Step.BOOTS
                      ? "never reported"
                      : "came as far as '" + step.shown() + "'"));
          why.append(said.isEmpty() ? "" : " (" + said + ")");
          why.append("; " + node.fetched());
          try (Session session = open(means.times().within(means.look()))) {
            Controller.Facts facts = node.access().controller(session).facts();
            why.append("; power reads as " + facts.power());
            why.append(
                facts.override().isEmpty()
                    ? ", the one-time boot is used up"
                    : ", it still means to boot " + facts.override());
          } catch (BmcException e) {
            why.append("; its controller says no more: " + e.getMessage());
          }
          why.append(cure(step));
          node.fail(Step.FAILED, why.toString(), ExitCode.TRIAL);
        });
  }

  private String cure(Step step) {
    if (node.isResumed()) {
      return "; it may have started while no zboot listened: --restart boots it again";
    }
    if (step != Step.BOOTS) {
      return "; its screen says what it waits for";
    }
    return node.isRead()
        ? "; does its screen show ZERO BOOT? If so, it cannot reach this machine: --node-address"
            + " names an address that nodes reach"
        : "; the boot order was forgotten, or the machine hangs in its setup: look at its screen,"
            + " and run it again with --restart";
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (BmcException e) {
      String said = String.valueOf(e.getMessage());
      boolean inserts = node.step() == Step.INSERTS && e.kind() != BmcException.Kind.OCCUPIED;
      giveUp(
          inserts ? said + " (it was told " + node.offered() + ")" : said,
          OneController.exitOf(e),
          isOpen(e));
    } catch (ZbootException e) {
      giveUp(String.valueOf(e.getMessage()), ExitCode.IO, false);
    } catch (RuntimeException | Error e) { // else nobody would know that it has come to its end
      giveUp("a bug in zboot: " + e, ExitCode.BUG, false);
    }
  }

  /** Whether what became of the machine is not known: the next run looks. */
  static boolean isOpen(BmcException e) {
    return e.kind() == BmcException.Kind.INTERRUPTED || e.kind() == BmcException.Kind.SILENT;
  }

  private void giveUp(String why, int exit, boolean isOpen) {
    // Unless the log is what failed: then this is all that can be said.
    try {
      if (!isOpen) {
        log.reached(node.name(), node.key(), RunLog.Mark.FAILED);
      }
    } catch (ZbootException e) {
      // as said
    }
    node.fail(Step.FAILED, why, exit);
  }
}
