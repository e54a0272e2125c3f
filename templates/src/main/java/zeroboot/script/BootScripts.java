package zeroboot.script;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import zeroboot.core.IpxeCore;
import zeroboot.spec.BootSpec;
import zeroboot.spec.KernelUrl;
import zeroboot.stage.BootStages;

/** Makes the boot script for what was asked for. */
public final class BootScripts {
  private BootScripts() {}

  /** The script of {@code spec} on {@code core}: the same for BIOS and UEFI and for every form. */
  public static BootScript render(BootSpec spec, IpxeCore core) {
    String template = ScriptTemplate.text();
    Map<String, String> values = values(spec, core);
    values.put("image-id", "");
    ImageId imageId =
        ImageId.of(
            ScriptTemplate.fill(template, values),
            core.lkrnSha256(),
            core.efiSha256(),
            BootStages.fingerprint());
    values.put("image-id", imageId.shown());
    return new BootScript(ScriptTemplate.fill(template, values), imageId);
  }

  private static Map<String, String> values(BootSpec spec, IpxeCore core) {
    Map<String, String> values = new HashMap<>();
    values.put("zboot-version", ZbootVersion.current());
    values.put("farm-id", spec.farmId().toString());
    values.put("farm-id-digits", LargeDigits.echoCommands(spec.farmId().toString()));
    values.put("network", spec.network().shown());
    values.put("on-failure", spec.onFailure().shown());
    values.put("kernel-command-line", spec.commandLine().text());
    values.put("kernel-urls", kernelUrls(spec));
    values.put("can-ntp", core.canSetTime() ? "yes" : "no");
    return values;
  }

  private static String kernelUrls(BootSpec spec) {
    StringJoiner lines = new StringJoiner("\n");
    int i = 0;
    for (KernelUrl url : spec.kernelUrls()) {
      lines.add("set url" + i++ + " " + url);
    }
    return lines.toString();
  }
}
