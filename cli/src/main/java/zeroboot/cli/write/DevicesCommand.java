package zeroboot.cli.write;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.VersionText;
import zeroboot.medium.Verdict;
import zeroboot.usb.Device;
import zeroboot.usb.Machine;
import zeroboot.usb.Obstacle;
import zeroboot.usb.Sizes;
import zeroboot.usb.WriteIntent;
import zeroboot.usb.system.Machines;

/** {@code zboot devices}. */
@Command(
    addMethodSubcommands = false,
    name = "devices",
    description = "Lists the sticks, cards and disks that could be written to.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example:", "  sudo zboot devices", "Root sees what is on them, too."})
public final class DevicesCommand implements Callable<Integer> {
  @Option(names = "--all", description = "Also list fixed disks and the system's own.")
  boolean all;

  @Option(names = "--json", description = "Print the list as JSON on standard output.")
  boolean json;

  private final Session session;

  DevicesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Machine machine = DeviceErrors.translated(Machines::current);
    List<ListedDevice> listed =
        machine.devices().stream()
            .filter(device -> all || device.isLikelyStick())
            .map(device -> ListedDevice.of(machine, device, WriteIntent.NONE))
            .toList();
    PrintStream out = session.streams().out();
    Map<String, Verdict> verdicts = StickVerdicts.of(machine, listed, session.cores());
    if (json) {
      DeviceJson.print(listed, verdicts, out);
      return ExitCode.OK;
    }
    listed.forEach(device -> print(device, verdicts.get(device.device().path()), out));
    if (listed.isEmpty()) {
      session
          .streams()
          .err()
          .println(
              "No stick or card is plugged in. Plug one in, wait a moment and try again"
                  + (all ? "." : "; --all lists the computer's own disks as well."));
    }
    NextSteps next = new NextSteps(session);
    listed.stream()
        .filter(device -> device.obstacles().isEmpty() && device.device().isLikelyStick())
        .forEach(
            device -> next.runAsRoot("write", "write", "--farm-id", "N", device.device().path()));
    next.say(json);
    return ExitCode.OK;
  }

  private void print(ListedDevice listed, @Nullable Verdict verdict, PrintStream out) {
    Device device = listed.device();
    out.println(device.path() + "  " + Sizes.shown(device.size()) + "  " + nature(device));
    line(out, "model", device.product().name());
    line(out, "serial", device.product().serial());
    line(out, "id", device.ids().isEmpty() ? "" : device.ids().get(0));
    line(out, "holds", holds(listed));
    line(out, "is", verdict == null ? "" : Shown.line(verdict.summary()));
    device.uses().forEach(use -> line(out, "used", use.shown()));
    if (listed.obstacles().isEmpty()) {
      line(out, "write", "yes");
    }
    for (Obstacle obstacle : listed.obstacles()) {
      String mend = session.streams().hints().apply(obstacle.mend());
      line(out, "write", "no: " + obstacle.reason() + "; " + mend);
    }
  }

  private static String nature(Device device) {
    String kind = device.geometry().isRemovable() ? ", removable" : "";
    return device.bus().shown() + kind + (device.geometry().isReadOnly() ? ", read-only" : "");
  }

  /** What is on it, in one line. */
  static String holds(ListedDevice listed) {
    String shown = listed.device().size() == 0 ? "" : listed.device().contents().shown();
    return listed
        .stick()
        .map(stick -> "Zero Boot, " + stick.shown() + " (" + shown + ")")
        .orElse(shown);
  }

  private static void line(PrintStream out, String name, String text) {
    if (!text.isEmpty()) {
      out.printf("  %-7s %s%n", name, text);
    }
  }
}
