package zeroboot.cli.serve;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import zeroboot.cli.console.Session;
import zeroboot.cli.keys.SigningKeys;
import zeroboot.cli.keys.SigningOptions;
import zeroboot.core.IpxeCore;
import zeroboot.image.ImageMaker;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.service.KernelOptions;
import zeroboot.server.service.Provisioning;
import zeroboot.server.service.PublicServer;
import zeroboot.server.service.ServiceOptions;
import zeroboot.server.service.ServiceParts;
import zeroboot.signing.keys.RenewedCertificate;
import zeroboot.spec.TargetFirmware;

/** {@code zboot serve --public}. */
final class PublicService {
  private static final int LOOK_SECONDS = 2;

  private final Session session;
  private final ServiceOptions options;
  private final Optional<RenewedCertificate> certificate;

  /**
   * What is to be served.
   *
   * @param certificate that HTTPS shows, to be looked at again
   */
  PublicService(Session session, ServiceOptions options, Optional<RenewedCertificate> certificate) {
    this.session = session;
    this.options = options;
    this.certificate = certificate;
  }

  /** Serves until the process ends; what is on its way then may go on for ten seconds. */
  void run(IpxeCore core, SigningOptions signing, ServiceSources sources, MirrorOptions mirror) {
    SigningKeys keys = signing.open(List.of(TargetFirmware.BOTH), List.of()).opened();
    keys.print(session.streams().err(), "Beside images");
    Optional<ProvisionFolder> nodes = sources.nodes();
    ScreenQueue queue =
        new ScreenQueue(
            new ServeScreen.Lines(session.streams().out(), session.streams().isJournal()));
    KernelOptions kernels = sources.kernels(mirror, session.clock(), queue::log);
    ServiceParts parts =
        new ServiceParts(new KeySeals(signing, keys), kernels, nodes.map(Provisioning.class::cast));
    ImageMaker maker = new ImageMaker(core, keys.efiSigner());
    try (PublicServer server = PublicServer.start(options, core, maker, parts, queue::log)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, queue), "end"));
      session.streams().err().println("The public service: " + options.base().orElse(here()) + "/");
      if (!session.streams().isJournal()) { // there, systemd ends it
        session.streams().err().println("Ctrl-C ends it.");
      }
      watch(queue, nodes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      kernels.mirror().ifPresent(KernelMirror::close);
      queue.close();
    }
  }

  private void watch(ScreenQueue queue, Optional<ProvisionFolder> nodes)
      throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
      certificate.flatMap(one -> one.look(session.clock().instant())).ifPresent(queue::log);
      nodes.flatMap(ProvisionFolder::look).ifPresent(queue::log);
    }
  }

  private static void end(PublicServer server, ScreenQueue queue) {
    server.close();
    queue.close();
  }

  private String here() {
    Optional<InetSocketAddress> tls = options.tls().map(ServiceOptions.Tls::at);
    InetSocketAddress at = tls.or(options::plain).orElseThrow();
    return (tls.isPresent() ? "https://" : "http://")
        + ListenAddress.host(at.getAddress())
        + ":"
        + at.getPort();
  }
}
