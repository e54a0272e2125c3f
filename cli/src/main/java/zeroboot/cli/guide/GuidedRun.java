package zeroboot.cli.guide;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToIntFunction;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.NothingWritten;
import zeroboot.cli.console.StandardInput;
import zeroboot.cli.console.Streams;
import zeroboot.cli.console.Terminal;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Guards;
import zeroboot.usb.Machine;
import zeroboot.usb.WriteIntent;
import zeroboot.usb.system.Machines;

/** The {@link Interview} at the terminal of this process. */
public final class GuidedRun {
  /** What is mounted may be unmounted: the guide asks. */
  private static final WriteIntent INTENT = new WriteIntent(OptionalLong.empty(), true, false);

  /** With other answers these may end well. */
  private static final Set<Integer> MENDABLE =
      Set.of(ExitCode.IO, ExitCode.USAGE, ExitCode.SETTINGS, ExitCode.REFUSED);

  private GuidedRun() {}

  /** Whether somebody sits there to answer. */
  public static boolean isPossible(Streams streams, Terminal terminal) {
    return terminal.isInput() && terminal.isBehind(streams.err());
  }

  /**
   * Asks, and runs what the answers come to. A command that fails is no reason to answer everything
   * anew.
   *
   * @param runner runs a command line and tells its exit code
   */
  public static int run(
      Streams streams, Map<String, String> environment, ToIntFunction<List<String>> runner) {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(StandardInput.open(), StandardCharsets.UTF_8));
    Interview guide =
        new Interview(
            new Dialogue(in, streams), Surroundings.here(GuidedRun::sticks, environment), runner);
    int exitCode = ExitCode.OK;
    boolean isFirst = true;
    while (isFirst || MENDABLE.contains(exitCode)) {
      List<String> command;
      NothingWritten hook = new NothingWritten(streams.err());
      try {
        command = isFirst ? guide.ask() : guide.askAgain();
      } catch (Dialogue.Ended e) {
        NothingWritten.say(streams.err());
        return ExitCode.INTERRUPTED;
      } finally {
        hook.close();
      }
      exitCode = guide.run(command);
      isFirst = false;
    }
    return exitCode;
  }

  private static List<Device> sticks() {
    Machine machine;
    try {
      machine = Machines.current();
    } catch (DeviceException e) {
      return List.of(); // a system whose devices zboot does not know; files it can make anywhere
    }
    return machine.devices().stream()
        .filter(Device::isLikelyStick)
        .filter(device -> Guards.obstacles(device, INTENT, false).isEmpty())
        .toList();
  }
}
