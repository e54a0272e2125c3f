package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.cli.CliRun;
import zeroboot.testing.CdBus;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.HttpStub;
import zeroboot.testing.Lan;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;
import zeroboot.testing.SecondCore;

/**
 * Every form of image with the other core that zboot knows. Two of these boots belong to every
 * check, the others are left to tools/long-boots.
 */
@Tag("boot")
class SecondCoreBootTest {
  @TempDir private static Path folder;
  private static KernelServer server;

  @BeforeAll
  static void start() {
    server = new KernelServer();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static Medium make(String form, String... more) {
    List<String> options = new ArrayList<>(List.of(server.options()));
    options.addAll(List.of("--core", SecondCore.require().toString()));
    options.addAll(List.of(more));
    return Medium.make(form, folder, options.toArray(String[]::new));
  }

  @Test
  void isoInBiosMode() {
    Medium iso = make("iso");
    boots(Firmware.BIOS, Qemu.with(Firmware.BIOS).cd(CdBus.IDE, iso.file()), iso);
  }

  @Test
  void usbImageInUefiMode() {
    Medium usb = make("usb");
    boots(Firmware.UEFI, Qemu.with(Firmware.UEFI).disk(DiskBus.XHCI, usb.file()), usb);
  }

  @Test
  @Tag("long")
  void isoInUefiMode() {
    Medium iso = make("iso");
    boots(Firmware.UEFI, Qemu.with(Firmware.UEFI).cd(CdBus.AHCI, iso.file()), iso);
  }

  @ParameterizedTest
  @CsvSource({"BIOS,IDE,mbr", "BIOS,XHCI,gpt", "UEFI,NVME,gpt", "BIOS,XHCI,mbr"})
  @Tag("long")
  void usbImage(Firmware firmware, DiskBus bus, String table) {
    Medium usb = make("usb", "--table", table);
    boots(firmware, Qemu.with(firmware).disk(bus, usb.file()), usb);
  }

  /** The first copy takes the script beside it, which goes on to the second. */
  @Test
  @Tag("long")
  void biosFileAsALinuxKernel(@TempDir Path scratch) throws IOException {
    Medium lkrn = make("lkrn");
    server.stub().on("/zboot.lkrn", HttpStub.file(lkrn.file()));
    String chain = "#!ipxe\ndhcp\nchain " + server.stub().url("/zboot.lkrn") + "\n";
    Path script = Files.writeString(scratch.resolve("chain"), chain);
    boots(Firmware.BIOS, Qemu.with(Firmware.BIOS).kernel(lkrn.file(), script, ""), lkrn);
  }

  @Test
  @Tag("long")
  void uefiFileFromFat(@TempDir Path scratch) {
    Medium efi = make("efi");
    String stick = scratch.resolve("stick.img").toString();
    ForeignTool.require("mformat").run("-C", "-i", stick, "-f", "2880", "::").ok();
    ForeignTool.require("mmd").run("-i", stick, "::EFI", "::EFI/BOOT").ok();
    ForeignTool.require("mcopy")
        .run("-i", stick, efi.file().toString(), "::EFI/BOOT/BOOTX64.EFI")
        .ok();
    boots(Firmware.UEFI, Qemu.with(Firmware.UEFI).disk(DiskBus.XHCI, Path.of(stick)), efi);
  }

  @ParameterizedTest
  @EnumSource(names = {"BIOS", "UEFI"})
  @Tag("long")
  void overTheNetwork(Firmware firmware, @TempDir Path scratch) throws IOException {
    Path served = scratch.resolve("netboot");
    List<String> command = new ArrayList<>(List.of("netboot", "--farm-id", "4242", "--json"));
    command.addAll(List.of("--core", SecondCore.require().toString(), "-o", served.toString()));
    command.addAll(List.of("--server", Lan.SERVER, "--router", Lan.SERVER));
    command.addAll(List.of("--dhcp-range", "192.0.2.100,192.0.2.199"));
    command.addAll(List.of("--kernel-url", FarmLan.KERNEL_URL));
    command.addAll(List.of("--kernel-arg", "earlyprintk=ttyS0"));
    CliRun run = CliRun.of(command.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    FarmLan.withKernel(served);
    try (Lan lan = Lan.create(scratch)) {
      lan.serve(served);
      lan.dnsmasq("--conf-file=" + served.resolve("dnsmasq.conf"));
      Nic card = firmware == Firmware.BIOS ? Nic.virtio().withBootRom() : Nic.virtio();
      try (QemuMachine running = lan.plug(Qemu.with(firmware), card).start()) {
        Console console = running.console();
        console.await("  " + firmware + ", iPXE 2.0.0");
        KernelServer.awaitKernel(console);
      }
    }
  }

  private static void boots(Firmware firmware, Qemu machine, Medium medium) {
    try (QemuMachine running = machine.nic(Nic.virtio()).start()) {
      Console console = running.console();
      console.await("Farm ID 4242 on the main network     image " + medium.imageId());
      console.await("  " + firmware + ", iPXE 2.0.0");
      KernelServer.awaitKernel(console);
    }
  }
}
