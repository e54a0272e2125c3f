package zeroboot.cli.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.net.LocalInterface;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/**
 * What a rack is told on each network that it is served on: to report to the address that nodes
 * reach there, and with a mirror to fetch kernels from it.
 *
 * @param at the networks; the first stands for those that nobody asked for
 * @param port of the web server
 * @param mirror of kernels, if there is one
 */
public record ServeRacks(List<LocalInterface> at, int port, Optional<Mirrored> mirror) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /**
   * How nodes reach the mirror.
   *
   * @param kernels the mirror
   * @param tls whether by HTTPS. A loader that trusts the mirror trusts nobody else; where it does
   *     not, kernels' own servers stand in for a mirror that fails, unless a kernel has to be
   *     proved
   * @param port of it
   * @param isForProvedAlone whether all other kernels come from their own servers
   */
  public record Mirrored(KernelMirror kernels, boolean tls, int port, boolean isForProvedAlone) {}

  /** The rack on each network, with kernels that have to be what these say. */
  Map<Ipv4Address, Rack> of(Rack rack, KernelChecks checks) {
    Map<Ipv4Address, Rack> racks = new LinkedHashMap<>();
    for (LocalInterface each : at) {
      List<RackNode> nodes = new ArrayList<>();
      for (RackNode node : rack.nodes()) {
        nodes.add(new RackNode(node.mac(), here(node.spec(), checks, each)));
      }
      racks.put(each.address(), new Rack(here(rack.defaults(), checks, each), nodes));
    }
    return racks;
  }

  /** Asks this of the kernels that are given out already. */
  void require(KernelChecks checks) {
    mirror.ifPresent(by -> by.kernels().require(checks.byUrl()));
  }

  private BootSpec here(BootSpec spec, KernelChecks checks, LocalInterface here) {
    Settings settings = spec.settings();
    if (settings.given(Setting.REPORT_URL).isEmpty()) {
      settings = settings.with(Setting.REPORT_URL, base(here, false, port) + "/report");
    }
    // A provisioning server tells the node its kernel.
    if (mirror.isPresent() && !spec.kernelUrls().isEmpty()) {
      settings =
          settings.with(Setting.KERNEL_URL, urls(spec, checks, here, mirror.get()), "--mirror");
    }
    return new BootSpec(settings, spec.node());
  }

  private static List<String> urls(
      BootSpec spec, KernelChecks checks, LocalInterface here, Mirrored by) {
    Set<String> urls = new LinkedHashSet<>();
    String base = base(here, by.tls(), by.port());
    for (KernelUrl url : spec.kernelUrls()) {
      if (!by.isForProvedAlone() || isProved(url, checks, by)) {
        urls.add(base + by.kernels().add(url, checks.of(url)));
      }
    }
    if (!by.tls()) {
      // Nobody looks at what a node fetches past the mirror.
      spec.kernelUrls().stream()
          .filter(url -> !isProved(url, checks, by))
          .map(KernelUrl::value)
          .forEach(urls::add);
    }
    return List.copyOf(urls);
  }

  private static boolean isProved(KernelUrl url, KernelChecks checks, Mirrored by) {
    return by.kernels().asks(checks.of(url));
  }

  private static String base(LocalInterface here, boolean tls, int port) {
    String usual = port == (tls ? HTTPS : HTTP) ? "" : ":" + port;
    return (tls ? "https://" : "http://") + here.address() + usual;
  }
}
