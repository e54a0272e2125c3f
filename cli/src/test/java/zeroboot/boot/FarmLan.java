package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import zeroboot.testing.Console;
import zeroboot.testing.Dnsmasq;
import zeroboot.testing.Lan;
import zeroboot.testing.LinuxKernel;

/** A network with a kernel server, and what a node in it shows and does. */
final class FarmLan {
  /** For dnsmasq: be a DHCP server. */
  static final String DHCP = "--dhcp-range=192.0.2.100,192.0.2.199,1h";

  /** Where the kernel is; the way there takes a name server and a gateway. */
  static final String KERNEL_URL = "http://" + Lan.FAR_SERVER + "/k";

  private FarmLan() {}

  static Lan create(Path folder) {
    try {
      Lan lan = Lan.create(folder);
      lan.serve(withKernel(Files.createDirectory(folder.resolve("web"))));
      return lan;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path withKernel(Path web) throws IOException {
    Files.copy(LinuxKernel.require(), web.resolve("k"));
    return web;
  }

  /** Waits until the card shows the address that the server gave to it, and what came with it. */
  static void awaitLease(Console console, String card, Dnsmasq dhcp, String mac) {
    console.await(card + ": address ");
    awaitAddress(console, card, dhcp.addressOf(mac));
    // A machine that is slow may ask again; which card asks is what counts.
    assertEquals(Set.of("address for " + mac), Set.copyOf(dhcp.given()));
  }

  static void awaitAddress(Console console, String card, String address) {
    console.await(card + ": address " + address + ", mask 255.255.255.0\n");
    console.await(card + ": gateway " + Lan.SERVER + "\n");
    console.await(card + ": DNS " + Lan.SERVER + "\n");
    console.await("Fetching the kernel: " + KERNEL_URL + "\n");
  }
}
