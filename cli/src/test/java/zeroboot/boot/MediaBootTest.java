package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.testing.CdBus;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.JudgeOf;
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

  /** In UEFI mode iPXE puts the file's name first. */
  private static final Pattern COMMAND_LINE =
      Pattern.compile(
          "Kernel command line: (kernel )?farmer_id=4242 runmode=prod version=v3 nomodeset ");

  @TempDir private static Path folder;
  private static KernelServer server;
  private static final Map<Form, Medium> MADE = new HashMap<>();
  private static Medium iso;

  @BeforeAll
  static void make() {
    server = new KernelServer();
    iso = Medium.iso(folder, server.options());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  /** Every form of a disk, on one bus for each firmware. */
  static Stream<Arguments> disks() {
    return disks(
        form ->
            form == Forms.USB
                ? List.of(Firmware.BIOS, DiskBus.XHCI, Firmware.UEFI, DiskBus.XHCI)
                : List.of(Firmware.BIOS, DiskBus.IDE, Firmware.UEFI, DiskBus.NVME));
  }

  /** The usual form, on all others; further ones, on a stick. */
  static Stream<Arguments> otherDisks() {
    return disks(
        form ->
            form == Forms.USB
                ? List.of(
                    Firmware.BIOS,
                    DiskBus.IDE,
                    Firmware.BIOS,
                    DiskBus.AHCI,
                    Firmware.BIOS,
                    DiskBus.EHCI,
                    Firmware.BIOS,
                    DiskBus.VIRTIO,
                    Firmware.BIOS,
                    DiskBus.NVME,
                    Firmware.UEFI,
                    DiskBus.VIRTIO,
                    Firmware.UEFI,
                    DiskBus.NVME)
                : List.of(Firmware.BIOS, DiskBus.XHCI, Firmware.UEFI, DiskBus.XHCI));
  }

  private static Stream<Arguments> disks(Function<Form, List<Enum<?>>> pairs) {
    List<Arguments> disks = new ArrayList<>();
    for (Form form : Forms.ALL) {
      if (form.start() == Form.Start.DISK) {
        List<Enum<?>> each = pairs.apply(form);
        for (int i = 0; i < each.size(); i += 2) {
          disks.add(Arguments.of(form, each.get(i), each.get(i + 1)));
        }
      }
    }
    return disks.stream();
  }

  @ParameterizedTest
  @MethodSource("disks")
  void diskImage(Form form, Firmware firmware, DiskBus bus) {
    Medium disk = made(form);
    boots(Qemu.with(firmware).disk(bus, disk.file()), firmware, disk);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("otherDisks")
  void diskImageOnOtherBuses(Form form, Firmware firmware, DiskBus bus) {
    Medium disk = made(form);
    boots(Qemu.with(firmware).disk(bus, disk.file()), firmware, disk);
  }

  private static synchronized Medium made(Form form) {
    return MADE.computeIfAbsent(form, one -> Medium.make(one, folder, server.options()));
  }

  @JudgeOf("iso")
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

  @Test
  void isoOnAUsbStick() {
    boots(Qemu.with(Firmware.BIOS).disk(DiskBus.XHCI, iso.file()), Firmware.BIOS, iso);
  }

  @Tag("long")
  @Test
  void isoOnAUsbStickInUefiMode() {
    boots(Qemu.with(Firmware.UEFI).disk(DiskBus.XHCI, iso.file()), Firmware.UEFI, iso);
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
      console.await(COMMAND_LINE);
      assertFalse(console.text().contains("RAMDISK:"), console.text());
    }
  }
}
