package zeroboot.server;

import java.util.List;
import java.util.function.Predicate;
import zeroboot.server.net.LocalInterface;
import zeroboot.spec.MacAddress;

/**
 * How a boot server runs.
 *
 * @param interfaces that it serves; none twice
 * @param httpPort of the web server
 * @param httpOnly whether it answers neither DHCP nor TFTP
 * @param served which machines are answered
 */
public record ServerOptions(
    List<LocalInterface> interfaces,
    int httpPort,
    boolean httpOnly,
    Predicate<MacAddress> served) {}
