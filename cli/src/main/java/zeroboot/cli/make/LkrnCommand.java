package zeroboot.cli.make;

import picocli.CommandLine.Command;
import zeroboot.cli.console.NextSteps;
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

  @Override
  NextSteps next(NextSteps steps, String file) {
    return steps
        .run("try it", "try", file, "--until", "address")
        .advise(
            "use it",
            "Let GRUB (linux16), syslinux or iPXE (chain) start it, or have a DHCP server name it"
                + " (zboot help netboot).");
  }
}
