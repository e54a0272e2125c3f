package zeroboot.cli.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import zeroboot.cli.console.Invocation;
import zeroboot.spec.FixedAddress;
import zeroboot.spec.Ipv4Address;
import zeroboot.usb.Device;

/**
 * The computer on which somebody is asked.
 *
 * @param sticks those that zboot would write to, mounted or not; asked for anew each time
 * @param isRoot whether every device may be written to
 * @param home the folder that {@code ~} stands for
 * @param gateway by which this computer reaches others, if it is known
 * @param environment the environment variables
 */
record Surroundings(
    Supplier<List<Device>> sticks,
    boolean isRoot,
    Path home,
    Optional<Ipv4Address> gateway,
    Map<String, String> environment) {
  /** This computer. */
  static Surroundings here(Supplier<List<Device>> sticks, Map<String, String> environment) {
    boolean isUnix = Files.isDirectory(Path.of("/proc/self"));
    return new Surroundings(
        sticks,
        !isUnix || Invocation.isRoot(),
        Path.of(System.getProperty("user.home", ".")),
        defaultGateway(Path.of("/proc/net/route")),
        environment);
  }

  /** Columns: interface, destination, gateway in the machine's byte order, and more. */
  static Optional<Ipv4Address> defaultGateway(Path routes) {
    try {
      for (String line : Files.readAllLines(routes)) {
        String[] columns = line.split("\t", -1);
        boolean isDefault = columns.length > 2 && columns[1].equals("00000000");
        if (isDefault && !columns[2].equals("00000000")) {
          int bits = Integer.reverseBytes(Integer.parseUnsignedInt(columns[2], 16));
          return Optional.of(new Ipv4Address(bits));
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // no Linux: it is asked for without a proposal
    }
    return Optional.empty();
  }

  /** Who is most likely the router of a node with this address; in most networks the first. */
  Ipv4Address likelyGateway(FixedAddress address) {
    return gateway
        .filter(address::reaches)
        .filter(router -> !router.equals(address.address()))
        .orElseGet(
            () -> {
              int mask = -1 << (32 - address.prefixLength());
              int first = (address.address().bits() & mask) + 1;
              return new Ipv4Address(first == address.address().bits() ? first + 1 : first);
            });
  }

  /** A file's name as a shell would read it. */
  String expanded(String name) {
    return name.equals("~") || name.startsWith("~/") ? home + name.substring(1) : name;
  }
}
