package zeroboot.cli.console;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.SettingsRecord;
import zeroboot.script.ZbootVersion;

/** What {@code zboot --version} says; with {@code --json}, for programs. */
public final class VersionText implements IVersionProvider {
  private static final String JSON = "--json";

  @Spec CommandSpec spec;

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
    return isGiven(spec.findOption(JSON)) || isGiven(spec.root().findOption(JSON));
  }

  private static boolean isGiven(@Nullable OptionSpec option) {
    return option != null && Boolean.TRUE.equals(option.getValue());
  }
}
