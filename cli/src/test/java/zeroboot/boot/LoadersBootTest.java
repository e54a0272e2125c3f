package zeroboot.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.CdBus;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.HttpStub;
import zeroboot.testing.JudgeOf;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * What is to start the two one-file forms does: from the loader to the kernel. NetbootBootTest
 * starts them over the network.
 */
@Tag("boot")
class LoadersBootTest {
  private static final String GRUB = "/usr/lib/grub/i386-pc";

  @TempDir private static Path folder;
  private static KernelServer server;
  private static Medium lkrn;
  private static Medium efi;

  @BeforeAll
  static void make() {
    server = new KernelServer();
    lkrn = Medium.make("lkrn", folder, server.options());
    efi = Medium.make("efi", folder, server.options());
    server.stub().on("/zboot.lkrn", HttpStub.file(lkrn.file()));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Tag("long")
  @Test
  void grubStartsTheKernelFile(@TempDir Path scratch) throws IOException {
    Path tree = Files.createDirectories(scratch.resolve("tree/boot/grub"));
    Files.writeString(
        tree.resolve("grub.cfg"),
        """
        serial --unit=0
        terminal_output serial
        echo GRUB goes on to the file
        linux16 /zboot.lkrn
        boot
        """);
    Files.copy(lkrn.file(), scratch.resolve("tree/zboot.lkrn"));
    Path iso = scratch.resolve("grub.iso");
    ForeignTool.requireFile("GRUB for BIOS", Path.of(GRUB, "linux16.mod"));
    String modules = "biosdisk iso9660 normal serial echo linux16 boot";
    ForeignTool.require("grub-mkrescue")
        .run(
            "-d",
            GRUB,
            "--install-modules=" + modules,
            "--locales=",
            "--fonts=",
            "--themes=",
            "-o",
            iso.toString(),
            scratch.resolve("tree").toString())
        .ok();
    boots(
        Qemu.with(Firmware.BIOS).cd(CdBus.IDE, iso).nic(Nic.virtio()),
        "GRUB goes on to the file",
        lkrn);
  }

  @JudgeOf("lkrn")
  @Test
  void syslinuxStartsTheKernelFile(@TempDir Path scratch) throws IOException {
    String disk = scratch.resolve("syslinux.img").toString();
    Path configuration = scratch.resolve("syslinux.cfg");
    Files.writeString(configuration, "SERIAL 0\nDEFAULT zboot\nLABEL zboot\nKERNEL zboot.krn\n");
    ForeignTool.require("mformat").run("-C", "-i", disk, "-f", "2880", "::").ok();
    copy(disk, configuration, "::syslinux.cfg");
    copy(disk, lkrn.file(), "::zboot.krn");
    ForeignTool.require("syslinux").run("--install", disk).ok();
    Qemu machine = Qemu.with(Firmware.BIOS).disk(DiskBus.IDE, Path.of(disk)).nic(Nic.virtio());
    boots(machine, "Loading zboot.krn", lkrn);
  }

  /**
   * Two loaders in one: QEMU starts the file with another script as its initial RAM disk, which has
   * precedence, and that chains to the file again.
   */
  @Tag("long")
  @Test
  void qemuAndIpxeStartTheKernelFile(@TempDir Path scratch) throws IOException {
    Path script = scratch.resolve("chain.ipxe");
    String url = server.stub().url("/zboot.lkrn");
    Files.writeString(script, "#!ipxe\ndhcp\necho going on to the next\nchain " + url + "\n");
    Qemu machine = Qemu.with(Firmware.BIOS).kernel(lkrn.file(), script, "").nic(Nic.virtio());
    boots(machine, "going on to the next", lkrn);
  }

  @JudgeOf("efi")
  @Test
  void ovmfStartsTheUefiFileFromFat(@TempDir Path scratch) throws IOException {
    String stick = scratch.resolve("stick.img").toString();
    ForeignTool.require("mformat").run("-C", "-i", stick, "-f", "2880", "::").ok();
    ForeignTool.require("mmd").run("-i", stick, "::EFI", "::EFI/BOOT").ok();
    copy(stick, efi.file(), "::EFI/BOOT/BOOTX64.EFI");
    Qemu machine = Qemu.with(Firmware.UEFI).disk(DiskBus.XHCI, Path.of(stick)).nic(Nic.virtio());
    boots(machine, "BdsDxe: starting", efi);
  }

  private static void copy(String volume, Path file, String place) {
    ForeignTool.require("mcopy").run("-i", volume, file.toString(), place).ok();
  }

  private static void boots(Qemu machine, String loaderSays, Medium medium) {
    try (QemuMachine running = machine.start()) {
      Console console = running.console();
      console.await(loaderSays);
      console.await("Farm ID 4242 on the main network     image " + medium.imageId());
      KernelServer.awaitKernel(console);
    }
  }
}
