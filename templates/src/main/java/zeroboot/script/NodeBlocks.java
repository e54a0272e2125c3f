package zeroboot.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zeroboot.spec.MacAddress;
import zeroboot.spec.RackNode;

/**
 * The part of a rack's script that tells the nodes apart, as short as it can be: each character
 * takes three bytes of an image, and a rack has hundreds of nodes. A node's block holds what is its
 * own; commands that several nodes share stand once, in the block of a group, to which theirs go
 * on.
 */
final class NodeBlocks {
  private static final String NODE = ":n";
  private static final String GROUP = ":g";
  private static final String END = "goto known";

  /** The label behind all blocks; sticks of the first builds have the second. */
  private static final Set<String> KNOWN = Set.of(":known", ":node_known");

  private static final Pattern NODE_LABEL = Pattern.compile(NODE + "([0-9a-f]{12})");

  /** What a node's block begins with on those sticks: {@code :node_00:00:5e:00:53:01}. */
  private static final Pattern LONG_LABEL =
      Pattern.compile(":node_((?:[0-9a-f]{2}:){5}[0-9a-f]{2})");

  private static final Pattern GROUP_LABEL = Pattern.compile(GROUP + "[0-9]+");
  private static final Pattern GROUP_END = Pattern.compile("goto (g[0-9]+)");
  private static final Pattern OCTET = Pattern.compile("(?<=..)(?=(..)+$)");

  private NodeBlocks() {}

  /**
   * The blocks, in the order of the nodes, and the groups behind them.
   *
   * @param changes for each node the commands that make its variables of the defaults
   */
  static String text(List<RackNode> nodes, List<List<String>> changes) {
    Map<String, Integer> users = new HashMap<>();
    changes.forEach(lines -> lines.forEach(line -> users.merge(line, 1, Integer::sum)));
    List<List<String>> shared =
        changes.stream()
            .map(lines -> lines.stream().filter(line -> users.getOrDefault(line, 0) > 1).toList())
            .toList();
    Map<List<String>, Integer> sharers = new LinkedHashMap<>();
    shared.forEach(lines -> sharers.merge(lines, 1, Integer::sum));
    sharers.entrySet().removeIf(one -> one.getKey().isEmpty() || one.getValue() == 1);
    List<List<String>> groups = List.copyOf(sharers.keySet());
    Map<List<String>, Integer> numbers = new HashMap<>();
    groups.forEach(lines -> numbers.put(lines, numbers.size()));

    List<String> text = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      text.add(NODE + nodes.get(i).mac().value().replace(":", ""));
      Integer group = numbers.get(shared.get(i));
      if (group == null) {
        text.addAll(changes.get(i));
        text.add(END);
      } else {
        Set<String> own = new LinkedHashSet<>(changes.get(i));
        shared.get(i).forEach(own::remove);
        text.addAll(own);
        text.add("goto g" + group);
      }
    }
    for (int i = 0; i < groups.size(); i++) {
      text.add(GROUP + i);
      text.addAll(groups.get(i));
      text.add(END);
    }
    return String.join("\n", text);
  }

  /** Whether all blocks end at this line. */
  static boolean isEnd(String line) {
    return KNOWN.contains(line);
  }

  /** The node whose block begins with this line. */
  static Optional<MacAddress> node(String line) {
    Matcher lengthy = LONG_LABEL.matcher(line);
    if (lengthy.matches()) {
      return Optional.of(new MacAddress(lengthy.group(1)));
    }
    Matcher label = NODE_LABEL.matcher(line);
    return label.matches()
        ? Optional.of(new MacAddress(OCTET.matcher(label.group(1)).replaceAll(":")))
        : Optional.empty();
  }

  /** The group whose block begins with this line: {@code g0}. */
  static Optional<String> group(String line) {
    return GROUP_LABEL.matcher(line).matches() ? Optional.of(line.substring(1)) : Optional.empty();
  }

  /** The group to which a node's block goes on with this line. */
  static Optional<String> groupAfter(String line) {
    Matcher end = GROUP_END.matcher(line);
    return end.matches() ? Optional.of(end.group(1)) : Optional.empty();
  }
}
