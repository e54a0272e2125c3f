package zeroboot.spec;

/**
 * One node of a rack.
 *
 * @param mac of any of its network cards that iPXE sees
 * @param spec what it is told; has the node's name
 */
public record RackNode(MacAddress mac, BootSpec spec) {
  /** Refuses a node without a name. */
  public RackNode {
    if (spec.node().isEmpty()) {
      throw new IllegalArgumentException("a node without a name: " + mac);
    }
  }

  /** What the owner calls it. */
  public NodeName name() {
    return spec.node().orElseThrow();
  }
}
