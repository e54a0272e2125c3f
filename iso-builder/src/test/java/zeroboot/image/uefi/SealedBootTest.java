package zeroboot.image.uefi;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.script.BootScript;
import zeroboot.script.ImageId;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * The sealed loader alone on a machine. In whole images, every boot in UEFI mode of {@code ./check}
 * runs it; how it ends where it must not start, EfiLoaderRunTest shows in each.
 */
@Tag("boot")
@Tag("long")
class SealedBootTest {
  private static final String SCRIPT = "#!ipxe\necho sealed script runs\npoweroff\n";
  private static final byte[] INTRUDER =
      "#!ipxe\necho intruder runs\npoweroff\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  void runsItsScriptAndNoOther() throws IOException {
    byte[] efi = sealed().file();
    Path stick =
        stick(
            Map.of(
                "EFI/BOOT/BOOTX64.EFI", efi,
                "EFI/BOOT/autoexec.ipxe", INTRUDER,
                "autoexec.ipxe", INTRUDER));
    try (QemuMachine machine = Qemu.with(Firmware.UEFI).disk(DiskBus.XHCI, stick).start()) {
      machine.console().await("sealed script runs");
      machine.awaitPowerOff(Duration.ofMinutes(5));
      assertFalse(machine.console().text().contains("intruder runs"), machine.console().text());
    }
  }

  /** The second stick is what the firmware goes on to: the loader came back to it. */
  @Test
  void damagedMediumSaysSoAndTheNextOneIsBooted() throws IOException {
    SealedEfi sealed = sealed();
    byte[] damaged = sealed.file().clone();
    damaged[(int) sealed.layout().find(SealedEfi.SCRIPT).orElseThrow().offset() + 40] ^= 1;
    Path bad = stick(Map.of("EFI/BOOT/BOOTX64.EFI", damaged));
    Path good = stick(Map.of("EFI/BOOT/BOOTX64.EFI", sealed.file()));
    try (QemuMachine machine =
        Qemu.with(Firmware.UEFI).disk(DiskBus.VIRTIO, bad).disk(DiskBus.VIRTIO, good).start()) {
      machine
          .console()
          .await("Zero Boot: data error, this medium is damaged, write it again: 800000000000001B");
      machine.console().await("sealed script runs");
    }
  }

  private static SealedEfi sealed() {
    return SealedEfi.build(BundledCore.load(), new BootScript(SCRIPT, ImageId.of(SCRIPT)));
  }

  /** A FAT file system by mtools: no other writer of ours is on trial here. */
  private Path stick(Map<String, byte[]> files) throws IOException {
    Path image = Files.createTempFile(folder, "stick", ".img");
    ForeignTool.require("mformat").run("-C", "-i", image.toString(), "-f", "2880", "::").ok();
    ForeignTool.require("mmd").run("-i", image.toString(), "::EFI", "::EFI/BOOT").ok();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path content = Files.write(folder.resolve("content"), file.getValue());
      ForeignTool.require("mcopy")
          .run("-o", "-i", image.toString(), content.toString(), "::" + file.getKey())
          .ok();
    }
    return image;
  }
}
