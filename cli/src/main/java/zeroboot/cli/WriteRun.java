package zeroboot.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import zeroboot.spec.ZbootException;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Guards;
import zeroboot.usb.Machine;
import zeroboot.usb.Machines;
import zeroboot.usb.Obstacle;
import zeroboot.usb.WriteIntent;
import zeroboot.usb.source.ImageSource;
import zeroboot.usb.write.Cancellation;
import zeroboot.usb.write.ImageWriter;
import zeroboot.usb.write.RawDevice;

/** One image to some devices: weigh all, ask, open all, and only then write to any. */
final class WriteRun {
  private final WriteSwitches switches;
  private final ImageSource image;
  private final WriteReport report;
  private final Streams streams;
  private final WriteIntent intent;
  private final Machine machine = Machines.current();

  WriteRun(WriteSwitches switches, ImageSource image, WriteReport report, Streams streams) {
    this.streams = streams;
    this.switches = switches;
    this.image = image;
    this.report = report;
    this.intent = switches.intent(image.size());
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
      checkGuards(devices);
      checkRights(devices);
      WritePlan plan = WritePlan.of(machine, image, devices, switches);
      report.plan(plan, switches.isDryRun());
      if (switches.isDryRun()) {
        return ExitCode.OK;
      }
      confirm(devices);
      newFiles.create();
      return writeAll(prepared(devices), newFiles);
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
    return Guards.obstacles(device, intent, holdsImage);
  }

  private @Nullable Path imagePath() {
    return image.path().orElse(null);
  }

  private void confirm(List<Device> devices) {
    List<String> unused = switches.unusedAnswers(devices);
    if (!unused.isEmpty()) {
      throw ZbootException.refused(
          "--yes-erase " + unused.get(0),
          "names none of the devices",
          "zboot devices shows serials and ids");
    }
    for (Device device : devices) {
      if (!switches.mayErase(device)) {
        Question.ask(device, streams);
      } else if (switches.isAmbiguous(device, devices)) {
        throw ZbootException.refused(
            device.path(),
            "has the same serial as another of the devices",
            "say which by its name in /dev/disk/by-id");
      }
    }
  }

  /** Everything unmounted, weighed again, and open for us alone. */
  private Map<Device, RawDevice> prepared(List<Device> devices) {
    Map<Device, RawDevice> open = new LinkedHashMap<>();
    try {
      for (Device device : devices) {
        if (switches.mayUnmount()) {
          machine.unmount(device);
        }
        if (device.kind() == Device.Kind.DISK) {
          // Minutes may have passed since the question was put.
          checkGuards(List.of(machine.device(device.path())));
        }
        open.put(device, machine.open(device));
      }
      return open;
    } catch (RuntimeException e) {
      open.forEach((device, raw) -> close(device, raw));
      throw e;
    }
  }

  private int writeAll(Map<Device, RawDevice> devices, NewFiles newFiles) {
    Cancellation cancellation = new Cancellation();
    AtomicInteger failures = new AtomicInteger();
    InterruptGuard guard = new InterruptGuard(cancellation);
    try {
      List<Thread> threads = new ArrayList<>();
      devices.forEach(
          (device, raw) -> {
            Thread thread =
                new Thread(
                    () -> {
                      if (write(device, raw, cancellation)) {
                        newFiles.keep(device.path());
                      } else {
                        failures.incrementAndGet();
                      }
                    },
                    "write " + device.name());
            thread.start();
            threads.add(thread);
          });
      threads.forEach(WriteRun::join);
    } finally {
      report.close();
      guard.close();
    }
    return failures.get() == 0 ? ExitCode.OK : ExitCode.IO;
  }

  private boolean write(Device device, RawDevice raw, Cancellation cancellation) {
    DeviceException failure = null;
    long bytes = 0;
    try {
      bytes =
          new ImageWriter(
                  raw,
                  device.path(),
                  switches.writeOptions(),
                  report.progress(device),
                  cancellation)
              .write(image);
    } catch (DeviceException e) {
      failure = e;
    } catch (RuntimeException | OutOfMemoryError e) {
      failure = DeviceException.io(device.path(), "a bug in zboot (" + e + ")", "please report it");
    }
    DeviceException closing = close(device, raw);
    DeviceException last = failure == null ? closing : failure;
    if (last != null) {
      report.failed(device, last);
      return false;
    }
    report.done(device, bytes);
    return true;
  }

  private static @Nullable DeviceException close(Device device, RawDevice raw) {
    try {
      raw.close();
      return null;
    } catch (IOException e) {
      return DeviceException.io(
          device.path(), "could not be closed (" + e.getMessage() + ")", "run it again");
    }
  }

  private static void join(Thread thread) {
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
