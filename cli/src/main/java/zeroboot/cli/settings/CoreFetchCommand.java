package zeroboot.cli.settings;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.core.IpxeCore;
import zeroboot.core.KnownCore;
import zeroboot.debian.PrivateApt;
import zeroboot.ground.ZbootException;

/** {@code zboot core fetch}. */
@Command(
    addMethodSubcommands = false,
    name = "fetch",
    description = "Fetches an iPXE that zboot knows from this machine's Debian mirrors.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example:", "  zboot core fetch 2.0.0", "Needs apt-get, but no root."})
final class CoreFetchCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "VERSION",
      description = "A version that zboot core list names. Default: the newest.")
  @Nullable String version;

  @Option(names = "--json", description = "Print what was fetched as JSON.")
  boolean json;

  private final Session session;

  CoreFetchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    KnownCore known = version == null ? KnownCore.newest() : known(version);
    PrintStream err = session.streams().err();
    boolean isHere = session.cores().isSound(known.version());
    IpxeCore core = isHere ? session.cores().find(known.version()).orElseThrow() : fetch(known);
    boolean written = !isHere && session.cores().store().add(core, true);
    err.println((written ? "Fetched " : "There already: ") + core.origin());
    err.println("Use it with --core " + known.release());
    if (json) {
      Json.print(session.streams().out(), fields -> CoreImportCommand.write(fields, core, written));
    }
    new NextSteps(session)
        .run("use it", "iso", "--farm-id", "N", "--core", known.release())
        .say(json);
    return ExitCode.OK;
  }

  private IpxeCore fetch(KnownCore known) {
    session.streams().err().println("Fetching Debian's package ipxe " + known.version());
    try (PrivateApt apt = PrivateApt.open(session.environment())) {
      return known.read(
          apt.download(
              "ipxe",
              known.version(),
              known.suites(),
              "download ipxe_"
                  + known.version()
                  + "_all.deb from the Debian archive on another machine, then: zboot core import"
                  + " FILE.deb"));
    }
  }

  private static KnownCore known(String version) {
    List<String> releases = Arrays.stream(KnownCore.values()).map(KnownCore::release).toList();
    return KnownCore.of(version)
        .orElseThrow(
            () ->
                ZbootException.settings(
                    "core '" + version + "'",
                    "zboot knows no such core",
                    "it knows "
                        + String.join(", ", releases)
                        + "; zboot core import FILE.deb takes any ipxe package"));
  }
}
