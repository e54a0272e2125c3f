package zeroboot.cli.settings;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.core.Cores;
import zeroboot.core.IpxeCore;
import zeroboot.core.KnownCore;
import zeroboot.ground.ZbootException;

/** {@code zboot core list}. */
@Command(
    addMethodSubcommands = false,
    name = "list",
    description = "Lists the iPXE cores that --core VERSION finds.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot core list"})
final class CoreListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print the list as JSON.")
  boolean json;

  private final Session session;

  CoreListCommand(Session session) {
    this.session = session;
  }

  /**
   * One line of the list.
   *
   * @param place {@code bundled}, {@code imported}, {@code damaged}, or {@code known}: not here,
   *     but zboot can fetch it
   * @param origin what it was made of, or how to get it
   * @param isSound whether its files are those that were imported
   */
  private record Entry(String version, String place, String origin, boolean isSound) {}

  @Override
  public Integer call() {
    List<Entry> entries = entries(session.cores());
    PrintStream out = session.streams().out();
    if (json) {
      Json.print(out, fields -> write(fields, entries));
    } else {
      for (Entry entry : entries) {
        out.printf("%-36s %-9s %s%n", entry.version(), entry.place(), entry.origin());
      }
    }
    return ExitCode.OK;
  }

  private static List<Entry> entries(Cores cores) {
    List<Entry> entries = new ArrayList<>();
    IpxeCore bundled = cores.bundled();
    entries.add(new Entry(bundled.version(), "bundled", bundled.origin(), true));
    List<String> imported = cores.store().versions();
    for (String version : imported) {
      entries.add(entry(cores, version, "imported"));
    }
    for (String version : cores.versions()) {
      if (!imported.contains(version)) {
        entries.add(entry(cores, version, "bundled"));
      }
    }
    for (KnownCore known : KnownCore.values()) {
      if (entries.stream().noneMatch(entry -> entry.version().equals(known.version()))) {
        String how = "zboot core fetch " + known.release();
        entries.add(new Entry(known.version(), "known", how, true));
      }
    }
    return entries;
  }

  private static Entry entry(Cores cores, String version, String place) {
    try {
      IpxeCore core = cores.find(version).orElseThrow();
      return new Entry(version, place, core.origin(), true);
    } catch (ZbootException e) {
      return new Entry(version, "damaged", "import it again", false);
    }
  }

  private static void write(JsonWriter json, List<Entry> entries) throws IOException {
    json.name("cores").beginArray();
    for (Entry entry : entries) {
      json.beginObject();
      json.name("version").value(entry.version());
      json.name("place").value(entry.place());
      json.name("origin").value(entry.origin());
      json.name("sound").value(entry.isSound());
      json.endObject();
    }
    json.endArray();
  }
}
