package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.HttpStub;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** When nothing works the screen says why and what helps, and the node does what it was told. */
@Tag("boot")
class FailureScreenBootTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @Test
  void noNetworkCard() {
    Medium usb = Medium.usb(folder, "--on-failure", "poweroff");
    try (QemuMachine running = pc(usb).start()) {
      awaitScreen(
          running,
          usb,
          "No network card was found that iPXE can drive.",
          "Boot the same stick in the other mode: BIOS instead of UEFI, or back.");
      running.console().await("Switching off in 30 seconds");
      running.console().await("Switching off in 1 seconds");
      running.awaitPowerOff(PATIENCE);
    }
  }

  @Tag("long")
  @Test
  void otherCardThanThePinnedOne() {
    Medium usb = Medium.usb(folder, "--interface", "00:00:5E:00:53:01", "--failure-wait", "3600");
    try (QemuMachine running = pc(usb).nic(Nic.e1000()).start()) {
      awaitScreen(
          running,
          usb,
          "This image is for network card 00:00:5e:00:53:01, which is not here.",
          "Make a new image with the MAC of a card that is here, or for all cards.");
      running.console().await("Restarting in 3600 seconds");
    }
  }

  @Test
  void noCable() {
    Medium usb = Medium.usb(folder);
    try (QemuMachine running = pc(usb).nic(Nic.e1000().unplugged()).start()) {
      Console console = running.console();
      console.await("net0: still no link. Is its cable plugged in at both ends?");
      console.await("Looking for a network, attempt 4 of 4");
      awaitScreen(
          running,
          usb,
          "No network card sees a cable.",
          "Plug the cable in at both ends; do the lights at the socket glow?");
      console.await("Restarting in 30 seconds");
      console.await("Restarting in 1 seconds");
      running.awaitPowerOff(PATIENCE);
    }
  }

  @Test
  void noAddress() {
    Medium usb = Medium.usb(folder, "--on-failure", "shell");
    try (QemuMachine running = pc(usb).nic(Nic.virtio().silentNetwork()).start()) {
      awaitScreen(
          running,
          usb,
          "The cable is connected, but nobody gave this node an address (DHCP).",
          "Does the router accept new devices (MAC filter)? A node needs two leases.");
      Console console = running.console();
      console.await("The iPXE command line is open, as this image was told to.");
      console.await("iPXE> ");
    }
  }

  /** ServerTroubleBootTest has the causes, of one machine in each mode. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /gone|The server has no kernel at this address (404).|Make a new image: the kernel may have moved.
          /forbidden|The server refuses to hand out the kernel (4xx).|Too many nodes at once? Wait some minutes.
          /busy|The kernel server has a problem of its own (5xx).|Wait: this node tries again by itself. Start many nodes one by one.
          /half|The download of the kernel broke off.|Check cable and router; a weak line breaks long downloads.
          """)
  void serverThatAnswersWrong(String path, String cause, String cure) throws Exception {
    try (HttpStub stub = new HttpStub()) {
      stub.on("/forbidden", HttpStub.status(403))
          .on("/busy", HttpStub.status(503))
          .on("/half", HttpStub.half());
      failsWith(stub.url(path), cause, cure);
    }
  }

  /** TryBootTest has the cause. */
  @Tag("long")
  @Test
  void serverThatIsNotThere() {
    failsWith(
        "http://10.0.2.2:1/k",
        "The kernel server does not answer.",
        "Does the router have internet? Restart it.");
  }

  @Test
  void serverWithoutAName() {
    failsWith(
        "http://name-that-nobody-has.invalid/k",
        "The kernel server's name could not be found (DNS).",
        "Does the router have internet? Restart it.");
  }

  private void failsWith(String url, String cause, String cure) {
    Medium usb = Medium.usb(folder, "--kernel-url", url);
    try (QemuMachine running = pc(usb).nic(Nic.virtio()).start()) {
      awaitScreen(running, usb, cause, cure);
      running.console().await("Last iPXE error: ");
    }
  }

  private static Qemu pc(Medium usb) {
    return Qemu.with(Firmware.BIOS).skipWaits().disk(DiskBus.IDE, usb.file());
  }

  private static void awaitScreen(QemuMachine running, Medium usb, String cause, String cure) {
    Console console = running.console();
    console.await(
        "  Farm ID 4242 on the main network     image "
            + usb.imageId()
            + "\n"
            + "=".repeat(70)
            + "\nZERO BOOT COULD NOT START THIS NODE\n\n"
            + cause,
        PATIENCE);
    console.await(cure);
    console.await("=====\n");
    assertFalse(console.text().contains("No such"), console.text());
  }
}
