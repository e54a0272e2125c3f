package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.CliRun;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.LoopDevice;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** A block device that {@code zboot write} has written boots, larger than the image as it is. */
@Tag("boot")
class WrittenStickBootTest {
  @TempDir private Path folder;

  @Test
  void bootsInBiosMode() {
    boots(Firmware.BIOS);
  }

  @Tag("long")
  @Test
  void bootsInUefiMode() {
    boots(Firmware.UEFI);
  }

  private void boots(Firmware firmware) {
    try (KernelServer server = new KernelServer();
        LoopDevice stick = LoopDevice.create(folder, 64 << 20)) {
      List<String> args = new ArrayList<>(List.of("write", "--farm-id", "4242"));
      args.addAll(List.of(server.options()));
      args.addAll(List.of("--fixed-disk", "--yes-erase", stick.challenge("67.1 MB")));
      args.add(stick.path().toString());
      CliRun run = CliRun.of(args.toArray(String[]::new));
      assertEquals(0, run.exitCode(), run.err());
      try (QemuMachine running =
          Qemu.with(firmware).disk(DiskBus.XHCI, stick.path()).nic(Nic.virtio()).start()) {
        Console console = running.console();
        console.await("  Farm ID 4242 on the main network     image ");
        KernelServer.awaitKernel(console);
      }
    }
  }
}
