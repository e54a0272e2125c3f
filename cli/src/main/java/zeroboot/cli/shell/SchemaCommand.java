package zeroboot.cli.shell;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.output.FolderTarget;
import zeroboot.cli.output.ForceOption;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/** {@code zboot schema}. */
@Command(
    addMethodSubcommands = false,
    name = "schema",
    description = "Prints the JSON Schema of what a command prints with --json.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Examples:",
      "  zboot schema                               (lists all)",
      "  zboot schema inspect >inspect.schema.json  (one that needs no other file)",
      "  zboot schema -o schemas"
    })
public final class SchemaCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..2",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "A name of the list, or a command: iso, keys new. Without one, the list.")
  List<String> words = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write all of them into this folder: receipt.schema.json...")
  @Nullable Path folder;

  @Mixin final ForceOption force = new ForceOption();

  private final Session session;

  SchemaCommand(Session session) {
    this.session = session;
  }

  /** For completion. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SchemaSet.names().iterator();
    }
  }

  @Override
  public Integer call() {
    PrintStream out = session.streams().out();
    if (folder != null) {
      if (!words.isEmpty()) {
        throw ZbootException.usage(
            "zboot schema -o " + folder, "writes every schema", "leave out " + words.get(0));
      }
      writeAll(folder);
    } else if (words.isEmpty()) {
      int width = SchemaSet.names().stream().mapToInt(String::length).max().orElse(0) + 2;
      for (String name : SchemaSet.names()) {
        out.println(name + " ".repeat(width - name.length()) + SchemaSet.title(name));
      }
    } else {
      String name = SchemaSet.nameFor(String.join("-", words));
      if (!SchemaSet.names().contains(name)) {
        throw ZbootException.usage(
            "zboot schema " + String.join(" ", words),
            "there is no such schema",
            Spelling.mend(name, SchemaSet.names()));
      }
      out.print(Shown.lines(SchemaSet.whole(name)));
    }
    out.flush();
    return ExitCode.OK;
  }

  private void writeAll(Path into) {
    try (FolderTarget target = FolderTarget.begin(into, force.isWanted())) {
      for (String name : SchemaSet.names()) {
        target.write(
            name + SchemaSet.EXTENSION, SchemaSet.file(name).getBytes(StandardCharsets.UTF_8));
      }
      target.complete();
    }
  }
}
