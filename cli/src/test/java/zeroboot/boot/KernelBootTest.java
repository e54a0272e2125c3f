package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.LinuxKernel;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** A real Linux, up to its first program: what the node is told arrives whole. */
@Tag("boot")
class KernelBootTest {
  private static final Pattern COMMAND_LINE = Pattern.compile("CMDLINE<(.*)>");
  private static final Duration LINUX = Duration.ofMinutes(10);

  @Test
  void everyWordReachesTheNode(@TempDir Path folder) {
    everyWordReaches(Firmware.UEFI, DiskBus.VIRTIO, folder);
  }

  @Tag("long")
  @Test
  void everyWordReachesTheNodeInBiosMode(@TempDir Path folder) {
    everyWordReaches(Firmware.BIOS, DiskBus.IDE, folder);
  }

  private static void everyWordReaches(Firmware firmware, DiskBus bus, Path folder) {
    Path ramDisk = LinuxKernel.ramDisk(folder.resolve("ramdisk"));
    String own = "missing-ssd console=ttyS0 note=\"two words\" ";
    try (KernelServer server = new KernelServer()) {
      Medium usb =
          Medium.usb(
              folder,
              "--kernel-url",
              server.stub().url("/k"),
              "--missing-ssd",
              "--kernel-arg",
              "note=\"two words\"",
              "--console",
              "ttyS0",
              "--kernel-arg",
              LinuxKernel.ramDiskArgument(ramDisk));
      Qemu machine = Qemu.with(firmware).disk(bus, usb.file()).nic(Nic.virtio()).ramDisk(ramDisk);
      try (QemuMachine running = machine.start()) {
        String seen = running.console().await(COMMAND_LINE, LINUX).group(1);
        String name = firmware == Firmware.BIOS ? "" : "kernel ";
        assertEquals(
            name
                + "farmer_id=4242 runmode=prod version=v3 nomodeset panic=7200 "
                + own
                + LinuxKernel.ramDiskArgument(ramDisk),
            seen);
        assertTrue(running.console().text().contains("RAMDISK: [mem 0x100000000-"));
        running.awaitPowerOff(LINUX);
      }
    }
  }
}
