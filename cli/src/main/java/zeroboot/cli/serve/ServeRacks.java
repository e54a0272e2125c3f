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

/**
 * What a rack is told on each network that it is served on: with a mirror, kernels come from the
 * address that nodes reach there, and from their own servers where the mirror fails.
 *
 * @param at the networks; the first stands for those that nobody asked for
 * @param port of the web server
 * @param mirror of kernels, if there is one
 */
public record ServeRacks(List<LocalInterface> at, int port, Optional<KernelMirror> mirror) {
  /** The rack on each network; without a mirror it is the same on all. */
  Map<Ipv4Address, Rack> of(Rack rack) {
    Map<Ipv4Address, Rack> racks = new LinkedHashMap<>();
    for (LocalInterface each : at) {
      racks.put(each.address(), mirror.map(kernels -> mirrored(rack, each, kernels)).orElse(rack));
    }
    return racks;
  }

  private Rack mirrored(Rack rack, LocalInterface here, KernelMirror kernels) {
    List<RackNode> nodes = new ArrayList<>();
    for (RackNode node : rack.nodes()) {
      nodes.add(new RackNode(node.mac(), mirrored(node.spec(), here, kernels)));
    }
    return new Rack(mirrored(rack.defaults(), here, kernels), nodes);
  }

  private BootSpec mirrored(BootSpec spec, LocalInterface here, KernelMirror kernels) {
    if (spec.kernelUrls().isEmpty()) {
      return spec; // a provisioning server tells the node
    }
    Set<String> urls = new LinkedHashSet<>();
    String base = "http://" + here.address() + (port == 80 ? "" : ":" + port);
    spec.kernelUrls().forEach(url -> urls.add(base + kernels.add(url)));
    spec.kernelUrls().stream().map(KernelUrl::value).forEach(urls::add);
    return new BootSpec(
        spec.settings().with(Setting.KERNEL_URL, List.copyOf(urls), "--mirror"), spec.node());
  }
}
