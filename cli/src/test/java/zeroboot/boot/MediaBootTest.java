package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.testing.CdBus;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** Every image boots from everything it may be on: from the firmware to the kernel. */
@Tag("boot")
class MediaBootTest {
  private static final String DIGITS =
      """
        #   #  #####  #   #  #####
        #   #      #  #   #      #
        #####  #####  #####  #####
            #  #          #  #
            #  #####      #  #####\
      """;

  @TempDir private static Path folder;
  private static KernelServer server;
  private static Medium usb;
  private static Medium gpt;
  private static Medium iso;

  @BeforeAll
  static void make() {
    server = new KernelServer();
    usb = Medium.usb(folder, server.options());
    List<String> options = new ArrayList<>(List.of(server.options()));
    options.addAll(List.of("--table", "gpt"));
    gpt = Medium.usb(folder, options.toArray(String[]::new));
    iso = Medium.iso(folder, server.options());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"BIOS,XHCI", "UEFI,XHCI"})
  void usbImage(Firmware firmware, DiskBus bus) {
    boots(Qemu.with(firmware).disk(bus, usb.file()), firmware, usb);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "BIOS,IDE",
    "BIOS,AHCI",
    "BIOS,EHCI",
    "BIOS,VIRTIO",
    "BIOS,NVME",
    "UEFI,VIRTIO",
    "UEFI,NVME"
  })
  void usbImageOnOtherBuses(Firmware firmware, DiskBus bus) {
    boots(Qemu.with(firmware).disk(bus, usb.file()), firmware, usb);
  }

  @ParameterizedTest
  @CsvSource({"BIOS,IDE", "UEFI,NVME"})
  void usbImageWithGpt(Firmware firmware, DiskBus bus) {
    boots(Qemu.with(firmware).disk(bus, gpt.file()), firmware, gpt);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"BIOS,XHCI", "UEFI,XHCI"})
  void usbImageWithGptOnAStick(Firmware firmware, DiskBus bus) {
    boots(Qemu.with(firmware).disk(bus, gpt.file()), firmware, gpt);
  }

  @ParameterizedTest
  @CsvSource({"BIOS,IDE", "UEFI,AHCI"})
  void isoAsCd(Firmware firmware, CdBus bus) {
    boots(Qemu.with(firmware).cd(bus, iso.file()), firmware, iso);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"BIOS,AHCI", "BIOS,USB", "UEFI,IDE"})
  void isoAsCdOnOtherBuses(Firmware firmware, CdBus bus) {
    boots(Qemu.with(firmware).cd(bus, iso.file()), firmware, iso);
  }

  @ParameterizedTest
  @EnumSource(names = {"BIOS", "UEFI"})
  void isoOnAUsbStick(Firmware firmware) {
    boots(Qemu.with(firmware).disk(DiskBus.XHCI, iso.file()), firmware, iso);
  }

  private static void boots(Qemu machine, Firmware firmware, Medium medium) {
    try (QemuMachine running = machine.nic(Nic.virtio()).start()) {
      Console console = running.console();
      console.await(
          DIGITS + "\n\n  Farm ID 4242 on the main network     image " + medium.imageId());
      console.await("  " + firmware + ", iPXE 1.21.1");
      KernelServer.awaitKernel(console);
      // Later than the line on an initial RAM disk, which would be our script (KernelBootTest shows
      // that the line comes if there is one).
      console.await("Kernel command line: ");
      assertFalse(console.text().contains("RAMDISK:"), console.text());
    }
  }
}
