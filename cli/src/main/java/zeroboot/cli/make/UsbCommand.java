package zeroboot.cli.make;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.settings.FirmwareOption;
import zeroboot.cli.settings.TableOption;
import zeroboot.image.Form;
import zeroboot.image.Forms;
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

  @Mixin final TableOption table = new TableOption();

  UsbCommand(Session session) {
    super(session, Forms.USB);
  }

  @Override
  Form imageForm() {
    return table.form();
  }

  @Override
  TargetFirmware firmware() {
    return firmware.chosen();
  }
}
