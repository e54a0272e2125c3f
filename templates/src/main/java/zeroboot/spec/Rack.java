package zeroboot.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import zeroboot.ground.ZbootException;

/**
 * What one image is for: a single node, or a rack of them, each of which finds its own settings by
 * its MAC address at boot.
 *
 * @param defaults what every node is told that is not among {@code nodes}
 * @param nodes empty for an image that tells every node the same
 */
public record Rack(BootSpec defaults, List<RackNode> nodes) {
  /** Refuses two nodes with one name or one MAC address, and mixing with provisioning. */
  public Rack {
    nodes = List.copyOf(nodes);
    // Names become file names, and not every file system tells the cases apart.
    Set<String> names = new HashSet<>();
    Set<MacAddress> macs = new HashSet<>();
    for (RackNode node : nodes) {
      if (!names.add(node.name().value().toLowerCase(Locale.ROOT))) {
        throw refuse(node, "there is another node of this name");
      }
      if (!macs.add(node.mac())) {
        throw refuse(node, "there is another node with the MAC address " + node.mac());
      }
      if (node.spec().provisionUrl().isPresent() || defaults.provisionUrl().isPresent()) {
        throw refuse(node, "a provisioning server tells nodes apart, not this list");
      }
    }
  }

  /** An image that tells every node the same. */
  public static Rack of(BootSpec spec) {
    return new Rack(spec, List.of());
  }

  /** {@link BootSpec#checkSealed} for every node. */
  public void checkSealed(boolean isPlainHttpAllowed) {
    defaults.checkSealed(isPlainHttpAllowed);
    nodes.forEach(node -> node.spec().checkSealed(isPlainHttpAllowed));
  }

  /** What the user should know about, each once, however many nodes it is about. */
  public List<String> warnings() {
    Map<String, List<NodeName>> aboutNodes = new LinkedHashMap<>();
    for (RackNode node : nodes) {
      for (String warning : node.spec().warnings()) {
        aboutNodes.computeIfAbsent(warning, w -> new ArrayList<>()).add(node.name());
      }
    }
    List<String> warnings = new ArrayList<>(defaults.warnings());
    warnings.forEach(aboutNodes::remove);
    aboutNodes.forEach((warning, names) -> warnings.add(who(names) + ": " + warning));
    warnings.addAll(sharedAddresses());
    return List.copyOf(warnings);
  }

  /** Two nodes that start at once with one address break off each other's downloads. */
  private List<String> sharedAddresses() {
    Map<String, List<NodeName>> byPlace = new LinkedHashMap<>();
    for (RackNode node : nodes) {
      node.spec()
          .address()
          .ifPresent(
              fixed ->
                  byPlace
                      .computeIfAbsent(
                          fixed.address()
                              + String.join("", node.spec().settings().values(Setting.VLAN)),
                          place -> new ArrayList<>())
                      .add(node.name()));
    }
    return byPlace.values().stream()
        .filter(names -> names.size() > 1)
        .map(names -> who(names) + " have one fixed address: they disturb each other's downloads.")
        .toList();
  }

  private static String who(List<NodeName> names) {
    int others = names.size() - 1;
    return "Node " + names.get(0) + (others == 0 ? "" : " and " + others + " more");
  }

  private static ZbootException refuse(RackNode node, String what) {
    return ZbootException.settings("node '" + node.name() + "'", what, "change one of the two");
  }
}
