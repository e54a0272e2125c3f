package zeroboot.cli.shell;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.HelpLayout;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.ShownStream;
import zeroboot.cli.console.VersionText;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/** {@code zboot help}: what {@code --help} says, for those who ask first. */
@Command(
    addMethodSubcommands = false,
    name = "help",
    description = "Explains a command, as --help does behind it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot help keys new"})
public final class HelpCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "A command, like iso or keys new; zboot itself without.")
  List<String> words = new ArrayList<>();

  private final Session session;

  HelpCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CommandLine tree = session.tree().get();
    ShownStream out = session.streams().out();
    HelpLayout.arrange(tree, session.terminal().columns(out), session.streams().outPaint());
    byte[] text = named(tree, "help", words).getUsageMessage().getBytes(StandardCharsets.UTF_8);
    out.write(text, 0, text.length);
    out.flush();
    return ExitCode.OK;
  }

  /**
   * The command that these words lead to.
   *
   * @param asking the command that they are given to
   */
  static CommandLine named(CommandLine tree, String asking, List<String> words) {
    CommandLine command = tree;
    for (String word : words) {
      CommandLine below = command.getSubcommands().get(word);
      if (below == null) {
        throw ZbootException.usage(
            "zboot " + asking + " " + String.join(" ", words),
            "there is no such command",
            command.getSubcommands().isEmpty()
                ? "leave out " + word
                : Spelling.mend(word, List.copyOf(command.getSubcommands().keySet())));
      }
      command = below;
    }
    return command;
  }
}
