package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** Somebody puts a script for iPXE on the stick, in the two places where iPXE looks for one. */
@Tag("boot")
class StrangersScriptBootTest {
  private static final String STRANGER = "A STRANGER WAS HERE";
  private static final String ROOT = "::/autoexec.ipxe";
  private static final String BESIDE_THE_LOADER = "::/EFI/BOOT/autoexec.ipxe";

  private Path folder = Path.of("");
  private Path script = Path.of("");

  @BeforeEach
  void write(@TempDir Path scratch) throws IOException {
    folder = scratch;
    script = folder.resolve("script");
    Files.writeString(script, "#!ipxe\necho " + STRANGER + "\npoweroff\n");
  }

  @Test
  void isNotRun() throws IOException {
    try (KernelServer server = new KernelServer()) {
      Medium usb = Medium.usb(folder, server.options());
      String partition = usb.file() + "@@" + usb.partition();
      // The volume has no cluster to spare; nothing that boots needs the two files for people.
      ForeignTool.require("mdel").run("-i", partition, "::/README.TXT", "::/ZBOOT.JSN").ok();
      putScriptInto(partition);
      try (QemuMachine running = uefi(usb.file())) {
        Console console = running.console();
        console.await("Farm ID 4242 on the main network     image " + usb.imageId());
        KernelServer.awaitKernel(console);
        assertFalse(console.text().contains(STRANGER), console.text());
      }
    }
  }

  /** Shows that the test above can fail: the same core, put on a stick as it is, does run it. */
  @Tag("long")
  @Test
  void isRunByACoreThatIsNotSealed() throws IOException {
    Path core = Files.write(folder.resolve("core"), BundledCore.load().efi());
    String stick = folder.resolve("stick").toString();
    ForeignTool.require("mformat").run("-i", stick, "-C", "-f", "2880", "::").ok();
    ForeignTool.require("mmd").run("-i", stick, "::/EFI", "::/EFI/BOOT").ok();
    copy(stick, core, "::/EFI/BOOT/BOOTX64.EFI");
    putScriptInto(stick);
    try (QemuMachine running = uefi(Path.of(stick))) {
      running.console().await(STRANGER);
    }
  }

  private void putScriptInto(String volume) throws IOException {
    for (String place : new String[] {ROOT, BESIDE_THE_LOADER}) {
      copy(volume, script, place);
      String there = ForeignTool.require("mtype").run("-i", volume, place).ok();
      assertEquals(Files.readString(script), there);
    }
  }

  private static void copy(String volume, Path file, String place) {
    ForeignTool.require("mcopy").run("-i", volume, file.toString(), place).ok();
  }

  private static QemuMachine uefi(Path disk) {
    return Qemu.with(Firmware.UEFI).disk(DiskBus.VIRTIO, disk).nic(Nic.virtio()).start();
  }
}
