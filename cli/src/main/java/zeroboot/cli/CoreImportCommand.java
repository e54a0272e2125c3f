package zeroboot.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import zeroboot.core.CoreReader;
import zeroboot.core.IpxeCore;

/** {@code zboot core import}. */
@Command(
    addMethodSubcommands = false,
    name = "import",
    description = "Keeps another build of iPXE, so that --core VERSION finds it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class)
final class CoreImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE.deb|DIR",
      description = "Debian's ipxe package, or a folder with ipxe.lkrn and ipxe.efi.")
  private Path file = Path.of("");

  @Option(names = "--force", description = "Replace other files of the same version.")
  private boolean force;

  @Option(names = "--json", description = "Print what was imported as JSON.")
  private boolean json;

  @Mixin final QuietOption quiet = new QuietOption();
  @ParentCommand private CoreCommand parent;

  @Override
  public Integer call() {
    Streams streams = parent.zboot().streams();
    Cores cores = parent.zboot().cores();
    IpxeCore core = CoreReader.read(file);
    boolean written = cores.store().add(core, force);
    PrintStream err = streams.err();
    err.println(
        (written ? "Imported iPXE " : "There already: iPXE ")
            + core.version()
            + " from "
            + core.origin());
    err.println("Use it with --core " + core.version());
    if (!core.lkrnVersion().equals(core.version())) {
      err.println("Warning: its BIOS file is of another version: " + core.lkrnVersion());
    }
    if (json) {
      Json.print(
          streams.out(),
          fields -> {
            fields.name("version").value(core.version());
            fields.name("origin").value(core.origin());
            fields.name("lkrnSha256").value(core.lkrnSha256());
            fields.name("efiSha256").value(core.efiSha256());
            fields.name("written").value(written);
          });
    }
    return ExitCode.OK;
  }
}
