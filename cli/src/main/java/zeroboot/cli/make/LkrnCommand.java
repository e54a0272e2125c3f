package zeroboot.cli.make;

import picocli.CommandLine.Command;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.image.Forms;

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
public final class LkrnCommand extends ImageCommand {
  LkrnCommand(Session session) {
    super(session, Forms.LKRN);
  }
}
