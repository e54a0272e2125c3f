package zeroboot.cli.deploy;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;

/** {@code zboot bmc show}. */
@Command(
    addMethodSubcommands = false,
    name = "show",
    description = "Shows a controller's machine, its power and what is in its virtual drives.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot bmc show 192.0.2.7 --bmc-user operator"})
final class BmcShowCommand implements Callable<Integer> {
  @Mixin final OneController one = new OneController();

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  private final Session session;

  BmcShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    one.with(session, controller -> BmcState.of(one.which, controller).print(session, json));
    return ExitCode.OK;
  }
}
