package zeroboot.cli.settings;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.VersionText;
import zeroboot.core.CoreFeatures;
import zeroboot.core.CoreFile;
import zeroboot.core.Cores;
import zeroboot.core.IpxeCore;
import zeroboot.spec.BootPath;

/** {@code zboot core show}. */
@Command(
    addMethodSubcommands = false,
    name = "show",
    description = "Shows an iPXE core and what it can do; without a name, the one in zboot.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot core show"})
final class CoreShowCommand implements Callable<Integer> {
  private static final int COLUMNS = 80;

  @Parameters(
      arity = "0..1",
      paramLabel = "CORE",
      description = "An imported version, a Debian package or a folder.")
  @Nullable String name;

  @Option(names = "--json", description = "Print it as JSON.")
  boolean json;

  private final Session session;

  CoreShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Cores cores = session.cores();
    IpxeCore core = name == null ? cores.bundled() : cores.load(name);
    CoreFeatures features = CoreFeatures.of(core);
    PrintStream out = session.streams().out();
    if (json) {
      Json.print(out, fields -> write(fields, core, features));
    } else {
      print(out, core, features);
    }
    return ExitCode.OK;
  }

  private static void print(PrintStream out, IpxeCore core, CoreFeatures features) {
    out.println("iPXE " + core.version());
    out.println("From       " + core.origin());
    for (BootPath path : BootPath.values()) {
      CoreFile file = core.file(path);
      out.println(Shown.lines(path.machines() + " file  " + facts(file)));
      String version = IpxeCore.version(path, file.bytes());
      if (!version.equals(core.version())) {
        out.println("           another version: " + version);
      }
    }
    out.println("Script     as load options (UEFI) and as initial RAM disk (BIOS): yes");
    out.println("Set time   " + (core.canSetTime() ? "yes (ntp)" : "no: the clock must be right"));
    printList(out, "Protocols", features.protocols());
    printList(out, "Commands", features.commands());
    out.println("Protocols and commands are those of the UEFI file; the BIOS file is compressed.");
  }

  private static String facts(CoreFile file) {
    return String.format(
        Locale.ROOT, "%,d bytes%n    SHA-256 %s", file.bytes().length, file.sha256());
  }

  private static void printList(PrintStream out, String title, Iterable<String> words) {
    StringBuilder line = new StringBuilder(String.format("%-10s", title));
    for (String word : words) {
      if (line.length() + 1 + word.length() > COLUMNS) {
        out.println(line);
        line = new StringBuilder(" ".repeat(10));
      }
      line.append(' ').append(word);
    }
    out.println(line);
  }

  private static void write(JsonWriter json, IpxeCore core, CoreFeatures features)
      throws IOException {
    json.name("version").value(core.version());
    json.name("origin").value(core.origin());
    for (BootPath path : BootPath.values()) {
      CoreFile file = core.file(path);
      json.name(path.coreFile()).beginObject();
      json.name("version").value(IpxeCore.version(path, file.bytes()));
      json.name("size").value(file.bytes().length);
      json.name("sha256").value(file.sha256());
      json.endObject();
    }
    json.name("loadOptions").value(true); // a core without them is refused
    json.name("canSetTime").value(core.canSetTime());
    Json.strings(json, "protocols", features.protocols());
    Json.strings(json, "commands", features.commands());
  }
}
