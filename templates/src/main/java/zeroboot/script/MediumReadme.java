package zeroboot.script;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import zeroboot.core.IpxeCore;
import zeroboot.spec.BootSpec;
import zeroboot.spec.TargetFirmware;

/** The {@code README.TXT} for whoever opens the medium on a computer. */
public final class MediumReadme {
  private MediumReadme() {}

  /** ASCII text with the line ends that every editor understands, Windows' Notepad included. */
  public static byte[] render(
      BootSpec spec, BootScript script, IpxeCore core, TargetFirmware firmware) {
    Map<String, String> values =
        Map.of(
            "farm-id", spec.farmId().toString(),
            "network", spec.network().shown(),
            "image-id", script.imageId().shown(),
            "zboot-version", ZbootVersion.current(),
            "core-version", core.version(),
            "modes", firmware.modes());
    StringBuilder text = new StringBuilder();
    ScriptTemplate.read("README.TXT")
        .lines()
        .forEach(line -> text.append(ScriptTemplate.fillLine(line, values)).append("\r\n"));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
