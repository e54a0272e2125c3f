package zeroboot.cli;

import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.SettingsRecord;
import zeroboot.script.ZbootVersion;

/** What {@code zboot --version} says; with {@code --json}, for programs. */
final class VersionText implements IVersionProvider {
  @Spec private CommandSpec spec;

  @Override
  public String[] getVersion() {
    IpxeCore core = BundledCore.load();
    if (!isJson()) {
      return new String[] {"zboot " + ZbootVersion.current(), "iPXE core: " + core.origin()};
    }
    String text =
        Json.text(
            "  ",
            json -> {
              json.name("zboot").value(ZbootVersion.current());
              json.name("core").beginObject();
              SettingsRecord.writeCore(json, core);
              json.endObject();
              json.name("java").value(Runtime.version().toString());
            });
    return text.lines().toArray(String[]::new);
  }

  private boolean isJson() {
    OptionSpec option = spec.findOption("--json");
    boolean isOwn = option != null && Boolean.TRUE.equals(option.getValue());
    return isOwn || Zboot.of(spec).isJson();
  }
}
