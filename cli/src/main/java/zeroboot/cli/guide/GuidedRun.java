package zeroboot.cli.guide;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.NothingWritten;
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

  private GuidedRun() {}

  /** Whether somebody sits there to answer. */
  public static boolean isPossible(Streams streams, Terminal terminal) {
    return terminal.isInput() && terminal.isBehind(streams.err());
  }

  /**
   * Asks, and runs what the answers come to.
   *
   * @param runner runs a command line and tells its exit code
   */
  public static int run(Streams streams, ToIntFunction<List<String>> runner) {
    Charset charset = StandardCharsets.UTF_8;
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, charset));
    Interview guide = new Interview(new Dialogue(in, streams), GuidedRun::sticks, runner);
    List<String> command;
    NothingWritten hook = new NothingWritten(streams.err());
    try {
      command = guide.ask();
    } catch (Dialogue.Ended e) {
      NothingWritten.say(streams.err());
      return ExitCode.INTERRUPTED;
    } finally {
      hook.close();
    }
    return guide.run(command);
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
