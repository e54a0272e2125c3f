package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Dnsmasq;
import zeroboot.testing.Firmware;
import zeroboot.testing.Lan;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** Networks with IPv4, with IPv6, with both, and with half of one of them. */
@Tag("boot")
class FamiliesBootTest {
  /** The router's address in a network of its own (RFC 3849: for documentation). */
  private static final String SIX = "2001:db8:1::2";

  private static final String NOWHERE = "2001:db8:ffff::1";
  private static final String FAR = "198.51.100.1";

  /** Addresses from the router's own word (SLAAC), and the DNS server with it (RFC 8106). */
  private static final String[] ADVERTISED = {
    "--enable-ra", "--dhcp-range=2001:db8:1::,ra-only", "--ra-param=lan,4,1800"
  };

  @TempDir private Path folder;

  private static String[] and(String[] some, String... more) {
    String[] all = new String[some.length + more.length];
    System.arraycopy(some, 0, all, 0, some.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private Lan lan() {
    Lan lan = FarmLan.create(folder);
    lan.ip("address", "add", SIX + "/64", "dev", "lan", "nodad");
    return lan;
  }

  private QemuMachine boot(Lan lan, Firmware firmware, String url, String... options) {
    Medium usb =
        Medium.usb(folder, and(options, "--kernel-url", url, "--kernel-arg", "earlyprintk=ttyS0"));
    DiskBus bus = firmware == Firmware.BIOS ? DiskBus.IDE : DiskBus.VIRTIO;
    return lan.plug(Qemu.with(firmware).disk(bus, usb.file()), Nic.virtio()).start();
  }

  @Test
  void deadAddressOfSixIsPassedBy() {
    passesDeadAddressOfSix(Firmware.UEFI);
  }

  @Tag("long")
  @Test
  void deadAddressOfSixIsPassedByInBiosMode() {
    passesDeadAddressOfSix(Firmware.BIOS);
  }

  /** The name has both addresses, and only that of IPv4 leads anywhere. */
  private void passesDeadAddressOfSix(Firmware firmware) {
    try (Lan lan = lan()) {
      Dnsmasq dnsmasq =
          lan.dnsmasq(
              and(
                  ADVERTISED,
                  FarmLan.DHCP,
                  "--host-record=both.example.com," + FAR + "," + NOWHERE));
      try (QemuMachine running = boot(lan, firmware, "http://both.example.com/k")) {
        KernelServer.awaitKernel(running.console());
      }
      assertTrue(dnsmasq.text().contains("user class: zboot"), dnsmasq.text());
    }
  }

  /**
   * IPv4 is there and works, but the server has an address of IPv6 alone; or one of IPv4 is dead.
   */
  @ParameterizedTest
  @CsvSource({"BIOS,2001:db8:1::2", "UEFI,2001:db8:1::2", "BIOS,'192.0.2.250,2001:db8:1::2'"})
  @Tag("long")
  void secondRoundGoesTheOtherWay(Firmware firmware, String addresses) {
    try (Lan lan = lan()) {
      lan.dnsmasq(and(ADVERTISED, FarmLan.DHCP, "--host-record=six.example.com," + addresses));
      try (QemuMachine running = boot(lan, firmware, "http://six.example.com/k")) {
        Console console = running.console();
        console.await("Trying again in 2 seconds\n");
        KernelServer.awaitKernel(console);
      }
    }
  }

  @Test
  void sixAloneIsEnough() {
    bootWithSixAlone(Firmware.BIOS, "ra-only", "six.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "UEFI,ra-only,six.example.com",
    "BIOS,ra-stateless,six.example.com",
    "UEFI,2001:db8:1::1ff,six.example.com",
    "BIOS,2001:db8:1::1ff,[2001:db8:1::2]",
    "UEFI,ra-only,[2001:db8:1::2]"
  })
  @Tag("long")
  void sixAloneIsUsedAndSaid(Firmware firmware, String range, String server) {
    bootWithSixAlone(firmware, range, server);
  }

  private void bootWithSixAlone(Firmware firmware, String range, String server) {
    try (Lan lan = lan()) {
      String from = range.startsWith("ra") ? "2001:db8:1::," : "2001:db8:1::100,";
      lan.dnsmasq(
          "--enable-ra", "--dhcp-range=" + from + range, "--host-record=six.example.com," + SIX);
      try (QemuMachine running = boot(lan, firmware, "http://" + server + "/k")) {
        Console console = running.console();
        console.await("net0: address 2001:db8:1:");
        console.await("net0: no IPv4 address - Zero-OS itself will need one\n");
        // A router may name itself by an address of the link.
        console.await(Pattern.compile("net0: DNS (" + SIX + "|fe80::[0-9a-f:]+)\n"));
        KernelServer.awaitKernel(console);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"BIOS,six", "UEFI,six", "BIOS,four", "UEFI,four"})
  @Tag("long")
  void noDnsServerIsACauseOfItsOwn(Firmware firmware, String family) {
    try (Lan lan = lan()) {
      if (family.equals("six")) {
        lan.dnsmasq(and(ADVERTISED, "--dhcp-option=option6:dns-server"));
      } else {
        lan.dnsmasq(FarmLan.DHCP, "--dhcp-option=6");
      }
      try (QemuMachine running =
          boot(lan, firmware, "http://six.example.com/k", "--kernel-attempts", "1")) {
        Console console = running.console();
        console.await("net0: no DNS server - servers can be reached by IP address only\n");
        console.await("No DNS server is known, so servers cannot be found by name.\n");
        console.await("* Let the router's DHCP hand out a DNS server.\n");
      }
    }
  }
}
