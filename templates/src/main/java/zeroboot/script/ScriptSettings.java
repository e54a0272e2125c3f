package zeroboot.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.spec.BootSpec;
import zeroboot.spec.MacAddress;
import zeroboot.spec.NodeName;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Settings;

/**
 * Reads out of a boot script what it was made for: the way back from {@link BootScripts}. A script
 * that was changed, or made by another version, may read as something that it does not do; render
 * what was read and compare, to be sure.
 *
 * @param variables what the first part sets, by name
 * @param nodes what each node's block changes, by MAC address
 */
public record ScriptSettings(
    Map<String, String> variables, Map<String, Map<String, String>> nodes) {
  /** Of all nodes together; a script of 64 KiB has a fraction of this. */
  private static final int MOST_VARIABLES = 500_000;

  private static final String SET = "set ";
  private static final String CLEAR = "clear ";

  /**
   * Reads the settings of a script.
   *
   * @param where names the script in errors
   * @throws ZbootException (settings) if it is no boot script of zboot's
   */
  public static ScriptSettings read(String where, String script) {
    if (!script.startsWith("#!ipxe\n")) {
      throw refuse(where, "is not an iPXE script");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    Map<String, Map<String, String>> nodes = new LinkedHashMap<>();
    Map<String, List<Map<String, String>>> members = new HashMap<>();
    List<Map<String, String>> into = List.of(variables);
    long count = 0;
    for (String line : script.lines().skip(1).toList()) {
      Optional<MacAddress> node = NodeBlocks.node(line);
      Optional<String> group = NodeBlocks.group(line);
      if (count > MOST_VARIABLES) {
        throw refuse(where, "sets more variables than any script of zboot's");
      }
      if (NodeBlocks.isEnd(line)) {
        break;
      } else if (node.isPresent()) {
        count += variables.size();
        Map<String, String> changed = new LinkedHashMap<>(variables);
        nodes.put(node.get().value(), changed);
        into = List.of(changed);
      } else if (group.isPresent()) {
        into = Optional.ofNullable(members.remove(group.get())).orElse(List.of());
      } else if (line.startsWith(SET)) {
        count += into.size();
        set(line.substring(SET.length()), into);
      } else if (line.startsWith(CLEAR)) {
        into.forEach(one -> one.remove(line.substring(CLEAR.length())));
      } else if (nodes.isEmpty() && isAfterSettings(line)) {
        break;
      } else {
        Optional<String> next = NodeBlocks.groupAfter(line);
        if (next.isPresent()) {
          members.computeIfAbsent(next.get(), name -> new ArrayList<>()).addAll(into);
          into = List.of(); // a block ends here
        }
      }
    }
    if (!variables.containsKey("zboot") || !variables.containsKey("image")) {
      throw refuse(where, "is an iPXE script that zboot did not make");
    }
    return new ScriptSettings(variables, nodes);
  }

  /** A rack's script goes on with the search for its node, any other with the banner. */
  private static boolean isAfterSettings(String line) {
    return line.startsWith("iseq ");
  }

  private static void set(String assignment, List<Map<String, String>> into) {
    int space = assignment.indexOf(' ');
    if (space > 0) {
      String name = assignment.substring(0, space);
      into.forEach(one -> one.put(name, assignment.substring(space + 1)));
    }
  }

  /** The version of zboot that made it. */
  public String zbootVersion() {
    return variables.getOrDefault("zboot", "");
  }

  /** The image ID that it shows at boot. */
  public String imageId() {
    return variables.getOrDefault("image", "");
  }

  /**
   * What it was made for.
   *
   * @throws ZbootException (settings) if the values are none that this version could have written
   */
  public Rack rack(String where) {
    try {
      List<RackNode> all = new ArrayList<>();
      nodes.forEach((mac, changed) -> all.add(new RackNode(new MacAddress(mac), spec(changed))));
      return new Rack(spec(variables), all);
    } catch (ZbootException e) {
      throw refuse(where, "has settings that zboot would not write (" + e.getMessage() + ")");
    } catch (IllegalArgumentException e) {
      throw refuse(where, "has settings that zboot would not write");
    }
  }

  private static BootSpec spec(Map<String, String> variables) {
    Settings settings = ScriptVariables.settings(variables);
    Optional<NodeName> name =
        Optional.ofNullable(variables.get(ScriptVariables.NODE)).map(NodeName::new);
    return new BootSpec(settings, name);
  }

  private static ZbootException refuse(String where, String what) {
    return ZbootException.settings(where, what, "make a new image, or give a file that zboot made");
  }
}
