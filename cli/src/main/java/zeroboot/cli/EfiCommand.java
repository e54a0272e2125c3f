package zeroboot.cli;

import picocli.CommandLine.Command;
import zeroboot.image.ImageForm;

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
final class EfiCommand extends ImageCommand {
  EfiCommand(Session session) {
    super(session, ImageForm.EFI);
  }
}
