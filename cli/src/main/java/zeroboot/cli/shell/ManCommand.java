package zeroboot.cli.shell;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
import zeroboot.shell.ManPage;

/** {@code zboot man}. */
@Command(
    addMethodSubcommands = false,
    name = "man",
    description = "Prints the manual page of a command, or writes all of them.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Examples:", "  zboot man iso | man -l -", "  zboot man -o man1"})
public final class ManCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "A command, like iso or keys new; zboot itself without.")
  List<String> words = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write every page into this folder: zboot.1, zboot-iso.1...")
  @Nullable Path folder;

  @Mixin final ForceOption force = new ForceOption();

  private final Session session;

  ManCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CommandLine tree = session.tree().get();
    if (folder != null) {
      writeAll(tree, folder);
      return ExitCode.OK;
    }
    CommandLine command = HelpCommand.named(tree, "man", words);
    PrintStream out = session.streams().out();
    out.print(Shown.lines(ManPage.of(command)));
    out.flush();
    return ExitCode.OK;
  }

  private void writeAll(CommandLine tree, Path into) {
    try (FolderTarget target = FolderTarget.begin(into, force.isWanted())) {
      ManPage.all(tree)
          .forEach((name, page) -> target.write(name, page.getBytes(StandardCharsets.UTF_8)));
      target.complete();
    }
  }
}
