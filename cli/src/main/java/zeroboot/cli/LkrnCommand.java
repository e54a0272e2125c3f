package zeroboot.cli;

import picocli.CommandLine.Command;
import zeroboot.image.ImageForm;

/** {@code zboot lkrn}. */
@Command(
    addMethodSubcommands = false,
    name = "lkrn",
    description = "Makes one BIOS kernel file: for GRUB, syslinux, iPXE, QEMU, PXE.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Example: zboot lkrn --farm-id 4242  makes zboot-farm4242-main.lkrn",
      MakeCommand.MORE
    })
final class LkrnCommand extends ImageCommand {
  LkrnCommand(Session session) {
    super(session, ImageForm.LKRN);
  }
}
