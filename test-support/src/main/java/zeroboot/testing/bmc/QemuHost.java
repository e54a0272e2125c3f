package zeroboot.testing.bmc;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import zeroboot.testing.CdBus;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** A virtual PC behind a controller: the image is in a USB CD drive, or is a USB disk. */
public final class QemuHost implements HostMachine {
  private final Supplier<Qemu> plan;
  private final CompletableFuture<QemuMachine> booted = new CompletableFuture<>();
  private @Nullable QemuMachine running;

  /**
   * One that is off.
   *
   * @param plan of the PC without the drive
   */
  public QemuHost(Supplier<Qemu> plan) {
    this.plan = plan;
  }

  @Override
  public synchronized void boot(Path image, Seen as) {
    Qemu qemu = plan.get();
    running = (as == Seen.CD ? qemu.cd(CdBus.USB, image) : qemu.disk(DiskBus.XHCI, image)).start();
    booted.complete(running);
  }

  @Override
  public void bootElsewhere() {
    // Nothing of ours is on its disks.
  }

  @Override
  public synchronized void off() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** The machine, as soon as it has been booted from an image. */
  public QemuMachine awaitBoot(int seconds) {
    try {
      return booted.get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the machine was not booted from an image", e);
    }
  }
}
