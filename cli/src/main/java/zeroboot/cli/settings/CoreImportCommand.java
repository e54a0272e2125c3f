package zeroboot.cli.settings;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Streams;
import zeroboot.cli.console.VersionText;
import zeroboot.core.CoreReader;
import zeroboot.core.Cores;
import zeroboot.core.IpxeCore;
import zeroboot.spec.BootPath;

/** {@code zboot core import}. */
@Command(
    addMethodSubcommands = false,
    name = "import",
    description = "Keeps another build of iPXE, so that --core VERSION finds it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot core import ipxe_VERSION_all.deb"})
final class CoreImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE.deb|DIR",
      description = "Debian's ipxe package, or a folder with ipxe.lkrn and ipxe.efi.")
  Path file = Path.of("");

  @Option(names = "--force", description = "Replace other files of the same version.")
  boolean force;

  @Option(names = "--json", description = "Print what was imported as JSON.")
  boolean json;

  private final Session session;

  CoreImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Streams streams = session.streams();
    Cores cores = session.cores();
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
      Json.print(streams.out(), fields -> write(fields, core, written));
    }
    new NextSteps(session)
        .run("use it", "iso", "--farm-id", "N", "--core", core.version())
        .say(json);
    return ExitCode.OK;
  }

  /** What came into the store, for programs: {@code core-import.schema.json}. */
  static void write(JsonWriter json, IpxeCore core, boolean written) throws IOException {
    json.name("version").value(core.version());
    json.name("origin").value(core.origin());
    for (BootPath path : BootPath.values()) {
      json.name(path.coreFile() + "Sha256").value(core.sha256(path));
    }
    json.name("written").value(written);
  }
}
