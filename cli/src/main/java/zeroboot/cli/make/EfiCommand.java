package zeroboot.cli.make;

import picocli.CommandLine.Command;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.image.Forms;

/** {@code zboot efi}. */
@Command(
    addMethodSubcommands = false,
    name = "efi",
    description = "Makes one UEFI file: for EFI/BOOT/BOOTX64.EFI and network boot.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Example: zboot efi --farm-id 4242  makes zboot-farm4242-main.efi",
      MakeCommand.MORE
    })
public final class EfiCommand extends ImageCommand {
  EfiCommand(Session session) {
    super(session, Forms.EFI);
  }

  @Override
  NextSteps next(NextSteps steps, String file) {
    return steps
        .run("try it", "try", file, "--until", "address")
        .advise(
            "use it",
            "Copy it to a stick with a FAT file system, as EFI/BOOT/BOOTX64.EFI, or have a DHCP"
                + " server name it (zboot help netboot).");
  }
}
