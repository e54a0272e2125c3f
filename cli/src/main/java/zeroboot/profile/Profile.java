package zeroboot.profile;

import java.util.List;
import java.util.Optional;
import zeroboot.spec.MacAddress;
import zeroboot.spec.NodeName;
import zeroboot.spec.Settings;

/**
 * What a profile says.
 *
 * @param settings for every node
 * @param bmc likewise, of management controllers
 * @param proof likewise, of kernels
 * @param nodes of the rack; empty if the profile is for one node
 */
public record Profile(Settings settings, BmcSettings bmc, KernelProof proof, List<Node> nodes) {
  /** A profile that says nothing. */
  public static final Profile EMPTY =
      new Profile(Settings.NONE, BmcSettings.NONE, KernelProof.NONE, List.of());

  /**
   * One node of the rack.
   *
   * @param mac may be missing where images are made for each node apart
   * @param settings those that differ
   * @param bmc of its management controller, what differs
   * @param proof of its kernel, what differs
   * @param origin where it stands in the file
   */
  public record Node(
      NodeName name,
      Optional<MacAddress> mac,
      Settings settings,
      BmcSettings bmc,
      KernelProof proof,
      String origin) {}

  /** The node of this name. */
  public Optional<Node> node(String name) {
    return nodes.stream().filter(node -> node.name().value().equalsIgnoreCase(name)).findFirst();
  }
}
