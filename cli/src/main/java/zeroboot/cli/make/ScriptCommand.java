package zeroboot.cli.make;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.core.IpxeCore;
import zeroboot.image.plan.EfiSigner;
import zeroboot.script.BootScript;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/** {@code zboot script}. */
@Command(
    addMethodSubcommands = false,
    name = "script",
    description = "Prints the iPXE script, to read it or to serve it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot script --farm-id 4242 --network test", MakeCommand.MORE})
public final class ScriptCommand extends MakeCommand {
  ScriptCommand(Session session) {
    super(session);
  }

  @Override
  Optional<TargetFirmware> firmwareBooted() {
    return Optional.empty();
  }

  @Override
  String form() {
    return "script";
  }

  @Override
  String defaultOutput(Rack rack) {
    return "-";
  }

  @Override
  Made make(Rack rack, BootScript script, IpxeCore core, EfiSigner signer) {
    return Made.script(script.bytes());
  }

  @Override
  NextSteps next(NextSteps steps, String file) {
    return steps.advise(
        "use it",
        "Put it on a web server, and let your iPXE load it: chain http://SERVER/"
            + Path.of(file).getFileName());
  }
}
