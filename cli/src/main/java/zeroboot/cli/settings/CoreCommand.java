package zeroboot.cli.settings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import zeroboot.cli.console.VersionText;

/** {@code zboot core}. */
@Command(
    addMethodSubcommands = false,
    name = "core",
    description = "Shows which iPXE goes into images, and brings others.",
    subcommands = {
      CoreShowCommand.class,
      CoreFetchCommand.class,
      CoreImportCommand.class,
      CoreListCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "iPXE 2.0.0 drives more network cards and takes ECDSA certificates:",
      "  zboot core fetch 2.0.0",
      "  zboot usb --farm-id 4242 --core 2.0.0",
      "Any other ipxe package of Debian or Ubuntu: zboot core import FILE.deb"
    })
public final class CoreCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
