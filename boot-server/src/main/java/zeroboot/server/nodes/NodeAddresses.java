package zeroboot.server.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zeroboot.spec.MacAddress;

/**
 * Which node has which address, by what was heard of it and not by what somebody reports; belongs
 * to {@link NodeTable}, which guards it.
 *
 * <p>An address that a DHCP server gave out has one owner. Behind a router that translates
 * addresses several nodes share one: then it is nobody's.
 */
final class NodeAddresses {
  /** For so long a node that was heard from an address counts there. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  private final Map<String, MacAddress> leased = new HashMap<>();

  /** By DHCP it took this address. */
  void lease(NodeState node, String address) {
    if (!address.equals(node.leased)) {
      forget(node);
      node.leased = address;
      node.fetchedFrom = null; // it was elsewhere then
    }
    leased.put(address, node.mac);
  }

  /** It is no longer in the table, or elsewhere. */
  void forget(NodeState node) {
    if (node.leased != null) {
      leased.remove(node.leased, node.mac);
    }
  }

  /** Whose settings somebody at this address gets: DHCP says it, or a fetch that named the node. */
  Optional<MacAddress> at(String address, Collection<NodeState> nodes, Instant now) {
    return Optional.ofNullable(leased.get(address))
        .or(() -> only(address, nodes, node -> node.fetchedFrom, now));
  }

  /**
   * Whose line tells what somebody at this address fetches: there the one that reported from it
   * will do.
   */
  Optional<MacAddress> shownAt(String address, Collection<NodeState> nodes, Instant now) {
    return at(address, nodes, now).or(() -> only(address, nodes, node -> node.reportedFrom, now));
  }

  private static Optional<MacAddress> only(
      String address,
      Collection<NodeState> nodes,
      Function<NodeState, @Nullable String> from,
      Instant now) {
    List<MacAddress> all =
        nodes.stream()
            .filter(node -> address.equals(from.apply(node)))
            .filter(node -> Duration.between(node.seen, now).compareTo(LATELY) < 0)
            .map(node -> node.mac)
            .limit(2)
            .toList();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }
}
