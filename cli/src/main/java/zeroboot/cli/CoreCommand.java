package zeroboot.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zboot core}. */
@Command(
    addMethodSubcommands = false,
    name = "core",
    description = "Shows which iPXE goes into images, and brings others.",
    subcommands = {CoreShowCommand.class, CoreImportCommand.class, CoreListCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "To bring another build of iPXE, get a newer ipxe package of Debian or Ubuntu",
      "(on such a machine: apt-get download ipxe), then",
      "  zboot core import ipxe_VERSION_all.deb",
      "  zboot usb --farm-id 4242 --core VERSION"
    })
final class CoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
