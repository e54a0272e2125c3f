package zeroboot.cli.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.RawDevice;
import zeroboot.usb.source.ImageSource;
import zeroboot.usb.write.Cancellation;
import zeroboot.usb.write.ImageWriter;
import zeroboot.usb.write.WriteOptions;

/** Writes to devices that are open, to all of them at once. */
final class Writing {
  private final ImageSource image;
  private final WriteOptions options;
  private final WriteReport report;
  private final NewFiles newFiles;

  Writing(ImageSource image, WriteOptions options, WriteReport report, NewFiles newFiles) {
    this.image = image;
    this.options = options;
    this.report = report;
    this.newFiles = newFiles;
  }

  /** Writes and closes all; returns whether that went well with each. */
  boolean run(Map<Device, RawDevice> devices) {
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
                      if (!write(device, raw, cancellation)) {
                        failures.incrementAndGet();
                      }
                    },
                    "write " + device.name());
            thread.start();
            threads.add(thread);
          });
      threads.forEach(Writing::join);
    } finally {
      report.close();
      guard.close();
    }
    return failures.get() == 0;
  }

  private boolean write(Device device, RawDevice raw, Cancellation cancellation) {
    DeviceException failure = null;
    long bytes = 0;
    try {
      bytes =
          new ImageWriter(raw, device.path(), options, report.progress(device), cancellation)
              .write(image);
    } catch (DeviceException e) {
      failure = e;
    } catch (OutOfMemoryError e) {
      failure =
          DeviceException.io(
              device.path(),
              "the memory that Java may use is not enough (" + e.getMessage() + ")",
              "give it more with JAVA_TOOL_OPTIONS=-Xmx2g, and write it again");
    } catch (RuntimeException | Error e) {
      failure = DeviceException.io(device.path(), "a bug in zboot (" + e + ")", "please report it");
    }
    DeviceException closing = close(device, raw);
    DeviceException last = failure == null ? closing : failure;
    if (last == null) {
      last = finish(device);
    }
    if (last != null) {
      newFiles.discard(device);
      report.failed(device, last);
      return false;
    }
    report.done(device, bytes);
    return true;
  }

  private @Nullable DeviceException finish(Device device) {
    try {
      newFiles.finish(device);
      return null;
    } catch (DeviceException e) {
      return e;
    }
  }

  static @Nullable DeviceException close(Device device, RawDevice raw) {
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
