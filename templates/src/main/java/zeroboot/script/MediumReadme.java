package zeroboot.script;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import zeroboot.core.IpxeCore;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/** The {@code README.TXT} for whoever opens the medium on a computer. */
public final class MediumReadme {
  private MediumReadme() {}

  /** ASCII text with the line ends that every editor understands, Windows' Notepad included. */
  public static byte[] render(
      Rack rack, BootScript script, IpxeCore core, TargetFirmware firmware) {
    Map<String, String> values =
        Map.of(
            "purpose", purpose(rack),
            "image-id", script.imageId().shown(),
            "zboot-version", ZbootVersion.current(),
            "core-version", core.version(),
            "modes", firmware.modes());
    StringBuilder text = new StringBuilder();
    ScriptTemplate.read("README.TXT")
        .lines()
        .forEach(line -> text.append(ScriptTemplate.fill(line, values)).append("\r\n"));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String purpose(Rack rack) {
    BootSpec spec = rack.defaults();
    if (spec.provisionUrl().isPresent()) {
      return "  Farm ID   from " + spec.provisionUrl().get();
    }
    StringBuilder purpose = new StringBuilder();
    purpose.append("  Farm ID   ").append(spec.farmId().orElseThrow());
    purpose.append("\r\n  Network   ").append(spec.network().shown());
    spec.node().ifPresent(name -> purpose.append("\r\n  Node      ").append(name));
    if (!rack.nodes().isEmpty()) {
      purpose
          .append("\r\n  Nodes     ")
          .append(rack.nodes().size())
          .append(" by MAC, see ZBOOT.JSN");
    }
    return purpose.toString();
  }
}
