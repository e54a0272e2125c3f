package zeroboot.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;

/**
 * The control sequences of the screen (ECMA-48, sections 8.3.39 and 8.3.117), which iPXE's consoles
 * of BIOS and UEFI carry out. There are none where a serial line is somebody's console: what is
 * read there is a log.
 */
final class Colours {
  /** The script's variable that holds the character ESC. */
  private static final String ESCAPE = "${e}[";

  private static final Map<String, String> SEQUENCES =
      Map.of("red", "1;31m", "green", "1;32m", "yellow", "1;33m", "off", "0m");

  private Colours() {}

  /** What stands in the script for each. */
  static Map<String, String> of(Rack rack) {
    boolean plain =
        Stream.concat(Stream.of(rack.defaults()), rack.nodes().stream().map(RackNode::spec))
            .anyMatch(BootSpec::hasSerialConsole);
    Map<String, String> all = new LinkedHashMap<>();
    SEQUENCES.forEach((name, sequence) -> all.put(name, plain ? "" : ESCAPE + sequence));
    all.put("clear", plain ? "" : ESCAPE + "2J" + ESCAPE + "H");
    return all;
  }
}
