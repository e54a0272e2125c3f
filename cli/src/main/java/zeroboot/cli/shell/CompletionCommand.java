package zeroboot.cli.shell;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
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
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;
import zeroboot.shell.ShellCompletion;
import zeroboot.shell.Values;

/** {@code zboot completion}. */
@Command(
    addMethodSubcommands = false,
    name = "completion",
    description = "Prints what makes bash, zsh or fish complete zboot's words.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Examples:",
      "  zboot completion bash >~/.local/share/bash-completion/completions/zboot",
      "  zboot completion fish >~/.config/fish/completions/zboot.fish",
      "For zsh: to a file _zboot in a folder of $fpath.",
      "For this shell alone: source <(zboot completion bash), or zsh."
    })
public final class CompletionCommand implements Callable<Integer> {
  /** Those scripts call this command with the {@linkplain Values.Kind kind} that they want. */
  @Parameters(
      arity = "0..2",
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash, zsh or fish.")
  List<String> words = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write all of them into this folder: zboot, _zboot, zboot.fish.")
  @Nullable Path folder;

  @Mixin final ForceOption force = new ForceOption();

  private final Session session;

  CompletionCommand(Session session) {
    this.session = session;
  }

  /** For the completion of this command itself. */
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ShellCompletion.words().iterator();
    }
  }

  @Override
  public Integer call() {
    PrintStream out = session.streams().out();
    if (folder != null) {
      writeAll(folder);
    } else if (words.isEmpty()) {
      throw ZbootException.usage(
          "zboot completion", "the shell is missing", "name bash, zsh or fish");
    } else {
      String word = words.get(0);
      var shell = ShellCompletion.of(word);
      if (shell.isPresent() && words.size() == 1) {
        out.print(Shown.lines(shell.get().script(session.tree().get())));
      } else {
        Offers.of(kind(word), words.subList(1, words.size()), session.cores())
            .forEach(offer -> out.println(Shown.lines(offer)));
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  private static Values.Kind kind(String word) {
    for (Values.Kind kind : Values.Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw ZbootException.usage(
        "shell '" + word + "'",
        "is not one that zboot knows",
        Spelling.mend(word, ShellCompletion.words()));
  }

  private void writeAll(Path into) {
    CommandLine tree = session.tree().get();
    try (FolderTarget target = FolderTarget.begin(into, force.isWanted())) {
      for (ShellCompletion shell : ShellCompletion.values()) {
        target.write(shell.file(), shell.script(tree).getBytes(StandardCharsets.UTF_8));
      }
      target.complete();
    }
  }
}
