package zeroboot.cli.make;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.settings.FirmwareOption;
import zeroboot.image.ImageForm;
import zeroboot.spec.TargetFirmware;

/** {@code zboot usb}. */
@Command(
    addMethodSubcommands = false,
    name = "usb",
    description = "Makes a disk image: for USB sticks and virtual machines.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Example: zboot usb --farm-id 4242  makes zboot-farm4242-main.img",
      MakeCommand.MORE
    })
public final class UsbCommand extends ImageCommand {
  @Mixin final FirmwareOption firmware = new FirmwareOption();

  UsbCommand(Session session) {
    super(session, ImageForm.USB);
  }

  @Override
  TargetFirmware firmware() {
    return firmware.chosen();
  }
}
