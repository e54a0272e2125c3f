package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.HttpStub;
import zeroboot.testing.LinuxKernel;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** Cables that are not plugged in, or too late; networks that come and go. */
@Tag("boot")
class NetworkTroubleBootTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String HEAD = "Farm ID 4242 on the main network     image ";
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

  @Tag("long")
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

  /** The router starts after the node. */
  @ParameterizedTest
  @EnumSource(names = {"BIOS", "UEFI"})
  @Tag("long")
  void networkAnswersLater(Firmware firmware) {
    try (QemuMachine running = pc(firmware, usb).nic(Nic.virtio().silentNetwork()).start()) {
      Console console = running.console();
      console.await("net0: no address. Is a router with DHCP on this cable?\n", PATIENCE);
      running.network(0, true);
      console.await(HEAD, PATIENCE); // drawn again, so that it stays on the screen
      console.await(
          """
          The cable is connected, but nobody gave this node an address (DHCP).
          * Is the router on, and its DHCP server too? Try another port.
          Not yet. Waiting 5 seconds before the next attempt.
          """,
          PATIENCE);
      KernelServer.awaitKernel(console);
    }
  }

  /**
   * In the middle of the kernel the line falls silent, or the cable is pulled out, until iPXE gives
   * the download up.
   */
  @ParameterizedTest
  @CsvSource({"BIOS,silent", "UEFI,silent", "BIOS,unplugged", "UEFI,unplugged"})
  @Tag("long")
  void networkGoesAwayDuringTheDownloadAndComesBack(Firmware firmware, String how)
      throws Exception {
    try (KernelServer broken = new KernelServer()) {
      CountDownLatch halfway = new CountDownLatch(1);
      broken
          .stub()
          .on("/k", broken.stub().stall(halfway::countDown), HttpStub.file(LinuxKernel.require()));
      Medium stick = Medium.usb(folder, broken.options());
      try (QemuMachine running = pc(firmware, stick).nic(Nic.virtio()).start()) {
        Console console = running.console();
        assertTrue(halfway.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), console.text());
        boolean isSilent = how.equals("silent");
        set(running, isSilent, false);
        console.await(
            "no The server asks to wait, or nothing came from it for a minute.\n", PATIENCE);
        set(running, isSilent, true);
        console.await(HEAD, PATIENCE);
        console.await("Trying again in 2 seconds\n", PATIENCE);
        KernelServer.awaitKernel(console);
      }
    }
  }

  private static void set(QemuMachine running, boolean isSilent, boolean up) {
    if (isSilent) {
      running.network(0, up);
    } else {
      running.link(0, up);
    }
  }

  private static Qemu pc(Firmware firmware, Medium stick) {
    DiskBus bus = firmware == Firmware.BIOS ? DiskBus.IDE : DiskBus.VIRTIO;
    return Qemu.with(firmware).disk(bus, stick.file());
  }
}
