package zeroboot.bmc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.bmc.link.BmcTrust;
import zeroboot.bmc.link.Login;
import zeroboot.bmc.link.Secret;
import zeroboot.bmc.link.Session;
import zeroboot.bmc.link.SessionLog;
import zeroboot.bmc.link.Times;
import zeroboot.testing.bmc.ImageServer;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;
import zeroboot.testing.bmc.SimCertificate;

/** A simulated controller, an image for it, and our way to it. */
final class Bench implements AutoCloseable {
  static final Login LOGIN = new Login(SimBmc.USER, new Secret(SimBmc.PASSWORD));

  /** As usual, at the speed of a simulation. */
  static final Times QUICK =
      new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8),
          Duration.ofMillis(20));

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "bench");
            thread.setDaemon(true);
            return thread;
          });

  private final SimCertificate web = SimCertificate.shared();
  private final ImageServer server;
  private final List<String> sessions = Collections.synchronizedList(new ArrayList<>());
  final SimBmc bmc;

  Bench(SimBmc.Builder plan, Maker maker) {
    server = new ImageServer(new byte[70_000], maker == Maker.OPENBMC ? web : null);
    bmc = plan.start();
  }

  String url() {
    return server.url("/iso/node-01-0123456789abcdef.iso");
  }

  Optional<String> pem() {
    return bmc.maker() == Maker.OPENBMC ? Optional.of(web.pem()) : Optional.empty();
  }

  List<String> fetched() {
    return server.requests();
  }

  /** What was opened and ended. */
  List<String> sessions() {
    return sessions;
  }

  Session open() {
    return open(LOGIN, Optional.of(bmc.fingerprint()), BmcTrust.PINS);
  }

  Session open(Times times) {
    return open(LOGIN, Optional.of(bmc.fingerprint()), BmcTrust.PINS, times);
  }

  Session open(Login login, Optional<String> pin, BmcTrust trust) {
    return open(login, pin, trust, QUICK);
  }

  private Session open(Login login, Optional<String> pin, BmcTrust trust, Times times) {
    SessionLog log =
        new SessionLog() {
          @Override
          public void opened(BmcAddress address, String path) {
            sessions.add("+" + path);
          }

          @Override
          public void ended(BmcAddress address, String path) {
            sessions.add("-" + path);
          }
        };
    return Session.open(
        BmcAddress.parse("address", bmc.address()), login, pin, trust, times, log, THREADS);
  }

  /** Insert, boot order, power: what a deployment does. */
  Drive deploy() {
    try (Session session = open()) {
      Controller controller = Controller.of(session, Which.ONLY);
      Drive drive = controller.drives().insert(url(), pem(), name -> name.contains("/iso/"));
      controller.bootOrder().fromDrive(drive);
      controller.power().cycle();
      return drive;
    }
  }

  /** Waits until the machine has booted something. */
  List<String> happened() {
    for (int i = 0; i < 500; i++) {
      List<String> all = bmc.happened();
      if (all.stream().anyMatch(each -> each.contains("boot"))) {
        return all;
      }
      QUICK.pause();
    }
    return bmc.happened();
  }

  @Override
  public void close() {
    bmc.close();
    server.close();
  }
}
