package zeroboot.cli.deploy;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/** {@code zboot bmc power}. */
@Command(
    addMethodSubcommands = false,
    name = "power",
    description = "Switches a machine on or off, and waits until it is.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot bmc power 192.0.2.7 off --bmc-user operator"})
final class BmcPowerCommand implements Callable<Integer> {
  private static final List<String> WORDS = List.of("on", "off", "cycle");

  @Parameters(
      index = "1",
      paramLabel = "WHAT",
      description = "on; off and cycle cut the power without asking what runs.")
  String wanted = "";

  @Mixin final OneController one = new OneController();

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  private final Session session;

  BmcPowerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!WORDS.contains(wanted)) {
      throw ZbootException.usage(wanted, "there is no such word", Spelling.mend(wanted, WORDS));
    }
    one.with(
        session,
        controller -> {
          switch (wanted) {
            case "on" -> controller.power().switchOn();
            case "off" -> controller.power().switchOff();
            default -> controller.power().cycle();
          }
          if (json) {
            BmcState.of(one.which, controller).print(session, true);
          } else {
            String state = controller.power().state();
            session.streams().out().println("Power: " + state.toLowerCase(Locale.ROOT));
          }
        });
    return ExitCode.OK;
  }
}
