package zeroboot.server.dhcp;

import java.util.Optional;
import java.util.function.Predicate;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;

/**
 * What an offer names. The MAC address is in each name, so that whoever fetches it is known.
 *
 * @param httpPort of the web server, 0 if there is none
 * @param chained which UEFI machines get the file that drives their card by the firmware's driver
 */
public record BootFileNames(int httpPort, Predicate<MacAddress> chained) {
  /** The BIOS file: PXE program and Linux kernel at once. */
  public static final String BIOS = "zboot.lkrn";

  /** The UEFI file. */
  public static final String UEFI = "zboot.efi";

  /** The UEFI file that drives the card that it came by, through the firmware's own driver. */
  public static final String CHAINED = "zboot-snp.efi";

  /** Names by which everybody gets the usual file. */
  static BootFileNames of(int httpPort) {
    return new BootFileNames(httpPort, mac -> false);
  }

  /** For TFTP; well under the 128 bytes of the field. */
  String tftp(MacAddress mac, BootArchitecture architecture) {
    String uefi = chained.test(mac) ? CHAINED : UEFI;
    return mac.value().replace(':', '-')
        + "/"
        + (architecture == BootArchitecture.BIOS ? BIOS : uefi);
  }

  /**
   * For HTTP: with an address, since a name would need a DNS server that the router may not tell,
   * and with an end in {@code .efi} by which UEFI firmware knows what it is.
   */
  Optional<String> url(Ipv4Address server, MacAddress mac, BootArchitecture architecture) {
    if (httpPort == 0) {
      return Optional.empty();
    }
    String port = httpPort == 80 ? "" : ":" + httpPort;
    return Optional.of("http://" + server + port + "/" + tftp(mac, architecture));
  }
}
