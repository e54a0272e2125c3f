package zeroboot.cli;

import picocli.CommandLine.Command;
import zeroboot.core.IpxeCore;
import zeroboot.script.BootScript;
import zeroboot.spec.BootSpec;

/** {@code zboot script}. */
@Command(
    name = "script",
    description = "Prints the iPXE script, to read it or to serve it to your own iPXE.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example:", "  zboot script --farm-id 4242 --network test"})
final class ScriptCommand extends MakeCommand {
  @Override
  String form() {
    return "script";
  }

  @Override
  String defaultOutput(BootSpec spec) {
    return "-";
  }

  @Override
  Made make(BootSpec spec, BootScript script, IpxeCore core) {
    return Made.script(script.bytes());
  }
}
