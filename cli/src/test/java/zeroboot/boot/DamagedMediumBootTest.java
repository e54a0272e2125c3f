package zeroboot.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.CdBus;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** A medium that did not get all of its image says so. */
@Tag("boot")
class DamagedMediumBootTest {
  private static final String AGAIN = " - write the stick again or use another";

  @TempDir private Path folder;

  /** BiosBootTest has the same of the boot code alone. */
  @Tag("long")
  @Test
  void diskThatEndsWithinTheBiosBootCode() throws IOException {
    Path disk = firstBytes(Medium.usb(folder), 204_800);
    shows(Qemu.with(Firmware.BIOS).disk(DiskBus.IDE, disk), "read error 01" + AGAIN);
  }

  @Test
  void cdThatEndsWithinTheBiosBootCode() throws IOException {
    Path cd = firstBytes(Medium.iso(folder), 200_000);
    shows(Qemu.with(Firmware.BIOS).cd(CdBus.IDE, cd), "read error 0");
  }

  @Test
  void stickOfWhichOnlyTheBeginningWasWritten() throws IOException {
    Medium usb = Medium.usb(folder);
    shows(
        Qemu.with(Firmware.BIOS).disk(DiskBus.IDE, firstWritten(usb, 200_000)),
        "data error 01" + AGAIN);
    shows(
        Qemu.with(Firmware.UEFI).disk(DiskBus.VIRTIO, firstWritten(usb, usb.partition() + 200_000)),
        "Zero Boot: data error, this medium is damaged, write it again: ");
  }

  @Tag("long")
  @Test
  void firmwareRefusesADiskThatEndsWithinTheUefiFile() throws IOException {
    Medium usb = Medium.usb(folder);
    shows(
        Qemu.with(Firmware.UEFI).disk(DiskBus.VIRTIO, firstBytes(usb, usb.partition() + 200_000)),
        "BdsDxe: failed to load Boot0001");
  }

  private Path firstBytes(Medium medium, int length) throws IOException {
    return Files.write(folder.resolve("cut"), Arrays.copyOf(medium.bytes(), length));
  }

  /** A stick that was blank before. */
  private Path firstWritten(Medium medium, int length) throws IOException {
    byte[] bytes = medium.bytes();
    Arrays.fill(bytes, length, bytes.length, (byte) 0);
    return Files.write(folder.resolve("half"), bytes);
  }

  private static void shows(Qemu machine, String text) {
    try (QemuMachine running = machine.start()) {
      running.console().await(text);
    }
  }
}
