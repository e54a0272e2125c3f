package zeroboot.cli.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Streams;
import zeroboot.ground.ZbootException;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Guard;
import zeroboot.usb.Guards;
import zeroboot.usb.Machine;
import zeroboot.usb.Obstacle;
import zeroboot.usb.RawDevice;
import zeroboot.usb.Refusals;
import zeroboot.usb.source.ImageSource;
import zeroboot.usb.system.Machines;

/** One image to some devices: weigh all, ask, open all, and only then write to any. */
final class WriteRun {
  private final WriteSwitches switches;
  private final ImageSource image;
  private final WriteReport report;
  private final ImageVerdict verdict;
  private final Machine machine = Machines.current();
  private final Confirmation question;
  private final ImageConsent imageConsent;

  /** Paths of devices whose mounts somebody at the terminal gave up. */
  private final Set<String> givenUp = new HashSet<>();

  WriteRun(
      WriteSwitches switches,
      ImageSource image,
      ImageVerdict verdict,
      WriteReport report,
      Streams streams) {
    this.switches = switches;
    this.image = image;
    this.verdict = verdict;
    this.report = report;
    this.question = new Confirmation(streams, machine::devices);
    this.imageConsent = new ImageConsent(image, verdict, switches, question);
  }

  /** Returns the exit code. */
  int run(List<String> paths) {
    try (report;
        NewFiles newFiles = new NewFiles(image)) {
      List<Device> devices = new ArrayList<>();
      for (String path : paths) {
        devices.add(newFiles.planned(path).orElseGet(() -> machine.device(path)));
      }
      checkTwice(devices);
      imageConsent.checkUndamaged();
      if (!switches.isDryRun()) {
        askToUnmount(devices);
      }
      checkGuards(devices);
      checkRights(devices);
      WritePlan plan = WritePlan.of(machine, image, verdict, devices, switches, this::mayUnmount);
      report.plan(plan, switches.isDryRun());
      if (switches.isDryRun()) {
        return ExitCode.OK;
      }
      imageConsent.ask();
      confirm(devices, plan);
      Writing writing = new Writing(image, switches.writeOptions(), report, newFiles);
      return writing.run(prepared(devices, newFiles)) ? ExitCode.OK : ExitCode.IO;
    }
  }

  private static void checkTwice(List<Device> devices) {
    for (Device device : devices) {
      if (devices.stream().filter(other -> other.identity().equals(device.identity())).count()
          > 1) {
        throw ZbootException.usage(device.path(), "the same device is named twice", "name it once");
      }
    }
  }

  /** A stick that a desktop has mounted is the usual case; a script says --unmount. */
  private void askToUnmount(List<Device> devices) {
    List<Device> mounted = new ArrayList<>();
    for (Device device : devices) {
      List<Obstacle> obstacles = obstacles(device);
      if (obstacles.stream().anyMatch(obstacle -> obstacle.guard() != Guard.MOUNTED)) {
        return; // it would be refused all the same
      }
      if (!obstacles.isEmpty() && !switches.mayErase(device)) {
        mounted.add(device);
      }
    }
    if (mounted.isEmpty() || !question.isPossible()) {
      return;
    }
    for (Device device : mounted) {
      String text = device.path() + " " + obstacles(device).get(0).reason() + ". Unmount it?";
      String help =
          "What is mounted is in use: files on it may be open. Nothing is unmounted before you have"
              + " said that the device may be erased, and nothing that is still in use.";
      if (question.isYes(device.path(), text, help, "add --unmount")) {
        givenUp.add(device.path());
      }
    }
  }

  private boolean mayUnmount(Device device) {
    return switches.mayUnmount() || givenUp.contains(device.path());
  }

  private void checkGuards(List<Device> devices) {
    List<ZbootException> refusals = new ArrayList<>();
    for (Device device : devices) {
      List<Obstacle> obstacles = obstacles(device);
      if (!obstacles.isEmpty()) {
        report.refused(device, obstacles);
        refusals.add(DeviceErrors.translate(obstacles.get(0).refusal(device)));
      }
    }
    if (!refusals.isEmpty()) {
      throw refusals.get(0);
    }
  }

  /** Before anything is asked; a dry run goes on, since its plan is of use all the same. */
  private void checkRights(List<Device> devices) {
    for (Device device : devices) {
      try {
        if (!NewFiles.isNew(device)) {
          machine.checkRights(device);
        }
      } catch (DeviceException e) {
        if (!switches.isDryRun()) {
          throw e;
        }
        report.warning("the write would fail: " + e.getMessage());
      }
    }
  }

  private List<Obstacle> obstacles(Device device) {
    boolean holdsImage = imagePath() != null && machine.holds(device, imagePath());
    return Guards.obstacles(device, switches.intent(image.size(), mayUnmount(device)), holdsImage);
  }

  private @Nullable Path imagePath() {
    return image.path().orElse(null);
  }

  private void confirm(List<Device> devices, WritePlan plan) {
    List<String> unused = switches.unusedAnswers(devices);
    if (!unused.isEmpty()) {
      throw ZbootException.refused(
          "--yes-erase " + unused.get(0),
          "names none of the devices",
          "zboot devices shows serials and ids");
    }
    for (Device device : devices) {
      if (!switches.mayErase(device)) {
        question.mayErase(device, plan.holds(device));
      } else if (switches.isAmbiguous(device, devices)) {
        throw ZbootException.refused(
            device.path(),
            "has the same serial as another of the devices",
            "say which by its name in /dev/disk/by-id");
      }
    }
  }

  /** Everything unmounted, weighed again, and open for us alone. */
  private Map<Device, RawDevice> prepared(List<Device> devices, NewFiles newFiles) {
    Map<Device, RawDevice> open = new LinkedHashMap<>();
    try {
      for (Device device : devices) {
        if (newFiles.isPlanned(device)) {
          open.put(device, newFiles.begin(machine, device));
          continue;
        }
        if (mayUnmount(device)) {
          machine.unmount(device);
        }
        // Minutes may have passed since the question was put.
        checkAgain(device);
        open.put(device, machine.open(device));
        // What is open is what was asked about; nobody may have built on it in between.
        checkAgain(device);
      }
      return open;
    } catch (RuntimeException e) {
      open.forEach(Writing::close);
      throw e;
    }
  }

  private void checkAgain(Device asked) {
    Device now = machine.device(asked.path());
    if (now.kind() != asked.kind() || !now.identity().equals(asked.identity())) {
      throw Refusals.changed(asked, "something else has taken its name");
    }
    checkGuards(List.of(now));
  }
}
