package zeroboot.cli.make;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.settings.FirmwareOption;
import zeroboot.image.Forms;
import zeroboot.spec.TargetFirmware;

/** {@code zboot iso}. */
@Command(
    addMethodSubcommands = false,
    name = "iso",
    description = "Makes an ISO image: for CD drives, remote management and sticks.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Example: zboot iso --farm-id 4242  makes zboot-farm4242-main.iso",
      MakeCommand.MORE
    })
public final class IsoCommand extends ImageCommand {
  @Mixin final FirmwareOption firmware = new FirmwareOption();

  IsoCommand(Session session) {
    super(session, Forms.ISO);
  }

  @Override
  TargetFirmware firmware() {
    return firmware.chosen();
  }
}
