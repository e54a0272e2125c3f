package zeroboot.testing.bmc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Power and boot order of the machine behind a controller. */
final class SimHost {
  private final SimBmc bmc;
  private final HostMachine machine;
  private final List<String> happened = new ArrayList<>();
  private @Nullable Path image;
  boolean on;

  /** Of the standard's boot override. */
  String enabled = "Disabled";

  String target = "None";
  String mode = "UEFI";
  @Nullable String httpUri;

  /** A maker's own way to boot from the drive once. */
  boolean vendorBootOnce;

  SimHost(SimBmc bmc, HostMachine machine, boolean on) {
    this.bmc = bmc;
    this.machine = machine;
    this.on = on;
  }

  /** What happened to the machine: on, off, boot of an image or of something else. */
  synchronized List<String> happened() {
    return List.copyOf(happened);
  }

  /** Somebody works at it, with what is on its disks. */
  synchronized void switchOnByHand() {
    on = true;
    happened.add("on by hand");
  }

  synchronized void switchOff() {
    if (on) {
      on = false;
      happened.add("off");
      machine.off();
      forget();
    }
  }

  private void forget() {
    if (image != null) {
      try {
        Files.deleteIfExists(image);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      image = null;
    }
  }

  synchronized void switchOn() {
    if (on) {
      return;
    }
    on = true;
    happened.add("on");
    if (bmc.has(Fault.OVERRIDE_FORGOTTEN)) {
      enabled = "Disabled";
      target = "None";
      vendorBootOnce = false;
    }
    boolean once = enabled.equals("Once") || enabled.equals("Continuous");
    Optional<SimDrive> from =
        vendorBootOnce
            ? bmc.service().cdDrive()
            : once ? bmc.service().bootDrive(target) : Optional.empty();
    String url =
        once && target.equals("UefiHttp") ? httpUri : from.map(drive -> drive.image).orElse(null);
    if (enabled.equals("Once")) {
      enabled = "Disabled";
      target = "None";
    }
    vendorBootOnce = false;
    if (url == null) {
      happened.add("boot elsewhere");
      machine.bootElsewhere();
      return;
    }
    String file = url;
    HostMachine.Seen seen = bmc.service().seen();
    // A controller fetches in its own time: the answer to the power action is long out by then.
    bmc.later(() -> bootFrom(file, seen));
  }

  private void bootFrom(String url, HostMachine.Seen seen) {
    try {
      Path file = fetched(url);
      synchronized (this) {
        if (!on) {
          Files.delete(file);
          return;
        }
        image = file;
        happened.add("boot " + url);
        machine.boot(file, seen);
      }
    } catch (IOException e) {
      synchronized (this) {
        happened.add("no boot: " + e.getMessage());
      }
    }
  }

  private Path fetched(String url) throws IOException {
    Path file = Files.createTempFile("zboot-sim", ".iso");
    try {
      bmc.fetcher(url).fetch(file);
      return file;
    } catch (IOException | RuntimeException e) {
      Files.delete(file);
      throw e;
    }
  }
}
