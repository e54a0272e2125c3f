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
    Map<NodeName, BootSpec> specs = new LinkedHashMap<>();
    nodes.forEach(node -> specs.put(node.name(), node.spec()));
    warnings.addAll(sharedAddresses(specs));
    return List.copyOf(warnings);
  }

  /** Says which nodes have one fixed address: they break off each other's downloads. */
  public static List<String> sharedAddresses(Map<NodeName, BootSpec> nodes) {
    Map<String, List<NodeName>> byPlace = new LinkedHashMap<>();
    nodes.forEach(
        (name, spec) ->
            spec.address()
                .ifPresent(
                    fixed -> {
                      String vlan = String.join("", spec.settings().values(Setting.VLAN));
                      byPlace
                          .computeIfAbsent(fixed.address() + "@" + vlan, place -> new ArrayList<>())
                          .add(name);
                    }));
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
