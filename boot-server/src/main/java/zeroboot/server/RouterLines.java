package zeroboot.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import zeroboot.spec.Ipv4Address;

/**
 * What to tell the network's own DHCP server, where machines do not listen to a second one: the
 * server that gives the address names the file as well.
 */
public final class RouterLines {
  private RouterLines() {}

  /** For dnsmasq, Kea, pfSense, OPNsense, UniFi and MikroTik. */
  public static String of(Ipv4Address server, int httpPort) {
    String host = server + (httpPort == 80 ? "" : ":" + httpPort);
    try (InputStream in =
        RouterLines.class.getResourceAsStream("/zeroboot/server/router-lines.txt")) {
      if (in == null) {
        throw new IllegalStateException("no resource router-lines.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@{server}", server.toString())
          .replace("@{url}", "http://" + host + "/zboot.efi");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
