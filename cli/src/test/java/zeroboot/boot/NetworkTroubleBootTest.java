package zeroboot.boot;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** Cables that are not plugged in, or too late. */
@Tag("boot")
class NetworkTroubleBootTest {
  private static final Nic OTHER = Nic.e1000().mac("52:54:00:00:53:02");

  @TempDir private static Path folder;
  private static KernelServer server;
  private static Medium usb;

  @BeforeAll
  static void make() {
    server = new KernelServer();
    usb = Medium.usb(folder, server.options());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static Qemu pc() {
    return Qemu.with(Firmware.BIOS).disk(DiskBus.IDE, usb.file());
  }

  @Test
  void secondCardHasNoCable() {
    try (QemuMachine running = pc().nic(Nic.e1000()).nic(OTHER.unplugged()).start()) {
      Console console = running.console();
      console.await("net0: address 10.0.2.15, mask 255.255.255.0\n");
      KernelServer.awaitKernel(console);
    }
  }

  @Test
  void firstCardHasNoCable() {
    try (QemuMachine running = pc().nic(Nic.e1000().unplugged()).nic(OTHER).start()) {
      Console console = running.console();
      console.await("net0: no link, trying this card later\n");
      console.await("net1: 82540em, MAC 52:54:00:00:53:02\n");
      console.await("net1: link up, asking for an address (DHCP)\n");
      console.await("net1: address 10.0.2.15, mask 255.255.255.0\n");
      KernelServer.awaitKernel(console);
    }
  }

  @Test
  void cableIsPluggedInLater() {
    try (QemuMachine running = pc().nic(Nic.e1000().unplugged()).start()) {
      Console console = running.console();
      console.await("net0: no link, trying this card later\n");
      running.link(0, true);
      console.await("net0: address 10.0.2.15, mask 255.255.255.0\n");
      KernelServer.awaitKernel(console);
    }
  }
}
