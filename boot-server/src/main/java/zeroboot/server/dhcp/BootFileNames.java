package zeroboot.server.dhcp;

import java.util.Optional;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;

/**
 * What an offer names. The MAC address is in each name, so that whoever fetches it is known.
 *
 * @param httpPort of the web server, 0 if there is none
 */
public record BootFileNames(int httpPort) {
  /** The BIOS file: PXE program and Linux kernel at once. */
  public static final String BIOS = "zboot.lkrn";

  /** The UEFI file. */
  public static final String UEFI = "zboot.efi";

  /** For TFTP; well under the 128 bytes of the field. */
  String tftp(MacAddress mac, BootArchitecture architecture) {
    return mac.value().replace(':', '-')
        + "/"
        + (architecture == BootArchitecture.BIOS ? BIOS : UEFI);
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
