package zeroboot.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Build step: puts the parts of the boot script together, files beside this class that read as iPXE
 * scripts but for their {@code @{name}} places. What only a reader needs is left out: comments,
 * empty lines, indentation, long names (a UEFI image pays two bytes for each character).
 */
public final class ScriptPacker {
  /** The script of one node, or of many that are all alike. */
  static final String OF_ONE_NODE = "one-node.packed";

  /** The script that tells a rack's nodes apart. */
  static final String OF_RACK = "rack.packed";

  /** Only a rack needs it. */
  private static final String RACK = "2-rack.ipxe";

  private static final List<String> PARTS =
      List.of(
          "1-settings.ipxe",
          RACK,
          "3-banner.ipxe",
          "4-network.ipxe",
          "5-kernel.ipxe",
          "6-failure.ipxe");

  private ScriptPacker() {}

  /** Argument: the folder of compiled classes. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0], ScriptPacker.class.getPackageName().split("\\."));
    write(folder.resolve(OF_RACK), part -> true);
    write(folder.resolve(OF_ONE_NODE), part -> !part.equals(RACK));
  }

  private static void write(Path file, Predicate<String> chosen) throws IOException {
    String parts =
        PARTS.stream().filter(chosen).map(ScriptTemplate::read).collect(Collectors.joining());
    Files.writeString(file, packed(parts), StandardCharsets.US_ASCII);
  }

  /** {@code parts} as images carry them. */
  static String packed(String parts) {
    return ScriptNames.shorten(parts)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && (!line.startsWith("#") || line.startsWith("#!")))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
