package zeroboot.cli.serve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.ground.ZbootException;
import zeroboot.server.net.LocalInterface;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;

/** Which networks and which machines are served. */
final class NetworkOptions {
  @Option(
      names = "--interface",
      paramLabel = "NAME",
      description = "Serve this network alone: eth0. Repeatable.")
  List<String> interfaces = new ArrayList<>();

  @Option(
      names = "--address",
      paramLabel = "A.B.C.D",
      description = "Of this machine's addresses, tell nodes this one.")
  @Nullable String address;

  @Option(
      names = "--mac-allow",
      paramLabel = "MAC",
      description = "Answer these machines alone. Repeatable.")
  List<String> allowed = new ArrayList<>();

  @Option(
      names = "--mac-deny",
      paramLabel = "MAC",
      description = "Never answer this machine. Repeatable.")
  List<String> denied = new ArrayList<>();

  /** Whether some networks or machines were picked out. */
  boolean isChoice() {
    return !(interfaces.isEmpty() && allowed.isEmpty() && denied.isEmpty());
  }

  /** The address that was named. */
  Optional<Ipv4Address> address() {
    return Optional.ofNullable(address).map(text -> Ipv4Address.parse("--address", text));
  }

  /** What was named, for those who take more than an address that nodes can reach. */
  Optional<String> addressText() {
    return Optional.ofNullable(address);
  }

  /** The networks to serve, by name and address; all that nodes can be in if none is named. */
  List<LocalInterface> chosen(List<LocalInterface> all) {
    Optional<Ipv4Address> told = address();
    List<LocalInterface> chosen = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (LocalInterface each : all) {
      boolean isNamed =
          interfaces.isEmpty() ? each.hasBroadcast() : interfaces.contains(each.name());
      boolean isTold = told.isEmpty() || told.get().equals(each.address());
      if (isNamed && isTold && names.add(each.name())) {
        chosen.add(each);
      }
    }
    for (String name : interfaces) {
      if (!names.contains(name)) {
        throw ZbootException.io(
            "--interface " + name,
            "is not up with " + (told.isEmpty() ? "an IPv4 address" : "the address " + told.get()),
            "there are " + all);
      }
    }
    if (chosen.isEmpty()) {
      throw ZbootException.io(
          told.map(which -> "--address " + which).orElse("zboot serve"),
          "no interface of this machine is up with " + (told.isEmpty() ? "an IPv4 address" : "it"),
          "see what `ip address` says");
    }
    return chosen;
  }

  Predicate<MacAddress> served() {
    Set<MacAddress> only = new HashSet<>(allowed.stream().map(MacAddress::parse).toList());
    Set<MacAddress> never = new HashSet<>(denied.stream().map(MacAddress::parse).toList());
    return mac -> !never.contains(mac) && (only.isEmpty() || only.contains(mac));
  }
}
