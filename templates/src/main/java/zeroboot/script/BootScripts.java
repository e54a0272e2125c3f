package zeroboot.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import zeroboot.core.IpxeCore;
import zeroboot.spec.BootPath;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Setting;
import zeroboot.stage.BootStages;

/** Makes the boot script for what was asked for. */
public final class BootScripts {
  /** The line of the image ID as the ID is taken: without it. */
  private static final String IMAGE_LINE = "\nset image \n";

  private BootScripts() {}

  /** Reads what a script is made of, for who will need it and has something else to do first. */
  public static void prepare() {
    ScriptTemplate.text(false);
  }

  /** The script of {@code spec} on {@code core}: the same for BIOS and UEFI and for every form. */
  public static BootScript render(BootSpec spec, IpxeCore core) {
    return render(Rack.of(spec), core);
  }

  /** The script of all nodes of {@code rack}, likewise. */
  public static BootScript render(Rack rack, IpxeCore core) {
    String template = ScriptTemplate.text(!rack.nodes().isEmpty());
    Map<String, String> values = values(rack, core);
    values.put("image-id", "");
    String filled = ScriptTemplate.fill(template, values);
    ImageId imageId = idOf(filled, core::sha256, stages(core));
    int line = filled.indexOf(IMAGE_LINE);
    if (line < 0) {
      throw new IllegalStateException("the script has no line for the image ID");
    }
    int at = line + IMAGE_LINE.length() - 1;
    String script = filled.substring(0, at) + imageId.shown() + filled.substring(at);
    return new BootScript(script, imageId);
  }

  /** What the image ID is told of the boot codes around {@code core}. */
  public static String stages(IpxeCore core) {
    return core.isChained() ? BootStages.chainedFingerprint() : BootStages.fingerprint();
  }

  /** What the user should know about: whole sentences, of the settings and of the core. */
  public static List<String> warnings(Rack rack, IpxeCore core) {
    List<String> warnings = new ArrayList<>(rack.warnings());
    boolean asksForTime =
        Stream.concat(Stream.of(rack.defaults()), rack.nodes().stream().map(RackNode::spec))
            .anyMatch(spec -> spec.settings().given(Setting.NTP).isPresent());
    if (asksForTime && !core.canSetTime()) {
      warnings.add(
          "iPXE "
              + core.version()
              + " cannot ask a time server: --ntp does nothing. iPXE 2.0.0 can, in UEFI mode"
              + " (zboot core fetch).");
    } else if (asksForTime) {
      warnings.add("--ntp works in UEFI mode; iPXE's BIOS build cannot ask a time server.");
    }
    return List.copyOf(warnings);
  }

  /**
   * The image ID of a script, whatever ID it states.
   *
   * @param cores the SHA-256 of each file of the core
   * @param stages {@link BootStages#fingerprint} of the boot codes around it
   */
  public static ImageId imageId(String script, Function<BootPath, String> cores, String stages) {
    String without =
        Pattern.compile("^set image .*$", Pattern.MULTILINE)
            .matcher(script)
            .replaceFirst("set image ");
    return idOf(without, cores, stages);
  }

  private static ImageId idOf(String script, Function<BootPath, String> cores, String stages) {
    List<String> parts = new ArrayList<>(List.of(script));
    for (BootPath path : BootPath.values()) {
      parts.add(cores.apply(path));
    }
    parts.add(stages);
    return ImageId.of(parts.toArray(String[]::new));
  }

  private static Map<String, String> values(Rack rack, IpxeCore core) {
    Map<String, String> values = new HashMap<>();
    values.put("zboot-version", ZbootVersion.current());
    values.put("built", Long.toString(ZbootVersion.released().getEpochSecond()));
    values.put("certificates", certificates(core));
    values.putAll(Colours.of(rack));
    values.put("can-ntp", core.canSetTime() ? "yes" : "no");
    values.put("pinned", core.isPinned() ? "yes" : "no");
    Map<String, String> defaults = ScriptVariables.of(rack.defaults());
    values.put("variables", String.join("\n", change(Map.of(), defaults)));
    values.put("nodes", Integer.toString(rack.nodes().size()));
    values.put("node-blocks", nodeBlocks(rack.nodes(), defaults));
    return values;
  }

  /** What a server may show of itself, in words of the screen. */
  private static String certificates(IpxeCore core) {
    return core.knowsEcdsa()
        ? "an RSA or ECDSA certificate"
        : "an RSA certificate (core 2.0.0: ECDSA, too)";
  }

  private static String nodeBlocks(List<RackNode> nodes, Map<String, String> defaults) {
    List<List<String>> changes =
        nodes.stream().map(node -> change(defaults, ScriptVariables.of(node.spec()))).toList();
    return NodeBlocks.text(nodes, changes);
  }

  /** The commands that make these variables of those. */
  private static List<String> change(Map<String, String> from, Map<String, String> to) {
    List<String> lines = new ArrayList<>();
    to.forEach(
        (name, value) -> {
          if (!value.equals(from.get(name))) {
            lines.add("set " + name + " " + value);
          }
        });
    for (String name : from.keySet()) {
      if (!to.containsKey(name)) {
        lines.add("clear " + name);
      }
    }
    return lines;
  }
}
