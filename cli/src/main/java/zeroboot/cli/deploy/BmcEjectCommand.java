package zeroboot.cli.deploy;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.bmc.Controller;
import zeroboot.bmc.Drive;
import zeroboot.bmc.link.BmcException;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;

/** {@code zboot bmc eject}. */
@Command(
    addMethodSubcommands = false,
    name = "eject",
    description = "Takes zboot's image out of the virtual drives; others' only if told so.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot bmc eject node-01 --config farm.yaml"})
final class BmcEjectCommand implements Callable<Integer> {
  @Mixin final OneController one = new OneController();

  @Option(names = "--replace", description = "Images that others put in as well.")
  boolean replace;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  private final Session session;

  BmcEjectCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    one.with(
        session,
        controller -> {
          eject(controller);
          if (json) {
            BmcState.of(one.which, controller).print(session, true);
          }
        });
    return ExitCode.OK;
  }

  private void eject(Controller controller) {
    List<Drive> full = controller.drives().all().stream().filter(Drive::inserted).toList();
    for (Drive drive : full) {
      String image = drive.image().orElse("an image that it does not name");
      if (!replace && !NodeImages.isOurs(image)) {
        throw BmcException.of(
            BmcException.Kind.OCCUPIED,
            drive.id() + " holds " + image + ", which zboot did not put there",
            "add --replace if it may go");
      }
    }
    for (Drive drive : full) {
      controller.drives().eject(drive);
      session
          .streams()
          .err()
          .println("Ejected from " + drive.id() + ": " + drive.image().orElse("unnamed"));
    }
    if (full.isEmpty()) {
      session.streams().err().println("Nothing was in its drives.");
    }
  }
}
