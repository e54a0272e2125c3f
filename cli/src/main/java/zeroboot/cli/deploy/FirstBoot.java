package zeroboot.cli.deploy;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import zeroboot.bmc.Controller;
import zeroboot.bmc.Drive;
import zeroboot.bmc.link.BmcException;

/** How a machine is made to boot its image: from a virtual drive, else in another way. */
final class FirstBoot {
  private final DeployNode node;
  private final Means means;
  private final NodeImages images;
  private final RunLog log;

  /** Whether it boots something of which no report comes here. */
  private boolean isUnseen;

  /** Whether the machine may have been told to boot something once. */
  private boolean isOrdered;

  FirstBoot(DeployNode node, Means means, NodeImages images, RunLog log) {
    this.node = node;
    this.means = means;
    this.images = images;
    this.log = log;
  }

  boolean isUnseen() {
    return isUnseen;
  }

  /** Image into a drive and boot order; else another way, which is said. */
  String order(Controller controller) {
    try {
      Drive drive = insert(controller);
      log.reached(node.name(), node.key(), RunLog.Mark.INSERTED);
      node.step(Step.ORDERS, drive.id());
      isOrdered = true;
      return controller.bootOrder().fromDrive(drive) + " (drive " + drive.id() + ")";
    } catch (BmcException e) {
      boolean another =
          e.kind() == BmcException.Kind.REFUSED
              || e.kind() == BmcException.Kind.NO_EFFECT
              || e.kind() == BmcException.Kind.CANNOT;
      if (!another || means.fallback() == Means.Fallback.NONE) {
        throw e;
      }
      return fallBack(controller, e);
    }
  }

  private Drive insert(Controller controller) {
    Predicate<String> mayGo = means.mayGo(node.name());
    InetAddress towards = means.towards(node.access().address());
    String http = means.server().http(towards) + node.made().path();
    node.step(Step.INSERTS, http);
    for (Drive each : controller.drives().all()) {
      if (each.inserted() && each.image().filter(mayGo).isPresent()) {
        node.step(Step.INSERTS, http + ", in place of " + each.image().orElse(""));
      }
    }
    try {
      return controller.drives().insert(http, Optional.empty(), mayGo);
    } catch (BmcException e) {
      if (!wantsHttps(e)) {
        throw e;
      }
      String https = means.server().https(towards) + node.made().path();
      node.url(https);
      node.step(Step.INSERTS, https);
      return controller.drives().insert(https, Optional.of(means.certificate().get()), mayGo);
    }
  }

  /** By what it answers: some take no address but HTTPS. */
  private static boolean wantsHttps(BmcException e) {
    String said = String.valueOf(e.getMessage());
    return said.contains("ResourceAtUriInUnknownFormat")
        || said.contains("TransferProtocolType")
        || said.contains("HTTPS");
  }

  private String fallBack(Controller controller, BmcException why) {
    takeOut(controller); // a later restart would find what did not boot now
    isOrdered = true;
    InetAddress towards = means.towards(node.access().address());
    String base = means.reports(means.server().http(towards));
    NodeImages.Made efi =
        images.make(
            images.reporting(node.spec(), base, node.name(), node.word()), node.name(), true);
    Optional<String> http = controller.bootOrder().fromHttp(base + efi.path());
    if (http.isPresent()) {
      node.made(efi);
      node.url(base + efi.path());
      return http.get() + ", as no virtual drive would do: " + why.getMessage();
    }
    if (means.fallback() == Means.Fallback.PXE) {
      isUnseen = true;
      return controller.bootOrder().fromNetwork()
          + ", from whoever serves there, as no virtual drive would do: "
          + why.getMessage();
    }
    throw why;
  }

  /** What was not booted does not stay where a later restart would find it. */
  void takeOut(Controller controller, BmcException why) {
    if (NodeWork.isOpen(why)) {
      return;
    }
    try {
      undo(controller);
    } catch (BmcException e) {
      // why is what counts, and the next run takes it out
    }
  }

  /** As if nothing had been ordered: the machine's next boot is its owner's. */
  void undo(Controller controller) {
    takeOut(controller);
    if (isOrdered) {
      controller.bootOrder().forget();
    }
  }

  /** Our image out of whatever drive it is in. */
  void takeOut(Controller controller) {
    for (Drive drive : controller.drives().all()) {
      if (drive.holds(node.made().name()) || drive.holds(node.key())) {
        controller.drives().eject(drive);
      }
    }
  }
}
