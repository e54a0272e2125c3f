package zeroboot.cli.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.StandardInput;
import zeroboot.cli.write.DeviceErrors;
import zeroboot.cli.write.ListedDevice;
import zeroboot.core.Cores;
import zeroboot.core.IpxeCore;
import zeroboot.profile.ProfileFile;
import zeroboot.shell.Values;
import zeroboot.usb.Device;
import zeroboot.usb.Machine;
import zeroboot.usb.Sizes;
import zeroboot.usb.WriteIntent;
import zeroboot.usb.system.Machines;

/** What completion offers besides words: each a line, with a tab before what it is. */
final class Offers {
  private Offers() {}

  static List<String> of(Values.Kind kind, List<String> profile, Cores cores) {
    return switch (kind) {
      case DEVICE -> devices(false);
      case SERIAL -> devices(true);
      case CORE ->
          cores.all().stream().map(IpxeCore::version).map(name -> name + "\tiPXE").toList();
      case NODE -> profile.isEmpty() ? List.of() : nodes(Path.of(profile.get(0)));
      case FILE, DIR -> List.of();
    };
  }

  /** Only those that {@code zboot write} would take: what is not offered is not hit by accident. */
  private static List<String> devices(boolean answers) {
    Machine machine = DeviceErrors.translated(Machines::current);
    List<String> offers = new ArrayList<>();
    for (Device device : machine.devices()) {
      if (!ListedDevice.of(machine, device, WriteIntent.NONE).obstacles().isEmpty()) {
        continue;
      }
      String what = Sizes.shown(device.size()) + " " + device.bus().shown() + " ";
      what = Shown.line(what + device.product().name()).strip();
      if (answers) {
        offers.add(Shown.line(device.challenge()) + "\t" + device.path() + ", " + what);
        continue;
      }
      offers.add(device.path() + "\t" + what);
      for (String id : device.ids()) {
        offers.add(id + "\t" + what);
      }
    }
    return offers;
  }

  private static List<String> nodes(Path profile) {
    return ProfileFile.read(profile, StandardInput::open).nodes().stream()
        .map(
            node ->
                node.name() + "\t" + node.mac().map(mac -> "MAC " + mac).orElse("without a MAC"))
        .toList();
  }
}
