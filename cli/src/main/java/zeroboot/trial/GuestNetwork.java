package zeroboot.trial;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import zeroboot.spec.BootSpec;
import zeroboot.spec.FixedAddress;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;
import zeroboot.spec.Setting;

/**
 * The virtual cards and the user network behind them, fit for what an image wants: its fixed
 * address, its card. QEMU's user network needs no rights and lets nobody in.
 *
 * @param options of QEMU's user network, each with a comma before it
 * @param macs of the cards, net0 first; only the last has a network
 */
record GuestNetwork(String options, List<String> macs) {
  /** Fits everything that wants an address by DHCP on the first card. */
  static final GuestNetwork PLAIN = new GuestNetwork("", List.of(mac(0)));

  private static final int MOST_CARDS = 16;

  /** The network of a machine; {@code mac} is the one by which a rack's image knows it. */
  static GuestNetwork of(BootSpec spec, Optional<MacAddress> mac) {
    List<String> macs = new ArrayList<>();
    String card = spec.card().orElse("net0");
    if (card.startsWith("net")) {
      int last = Integer.parseInt(card.substring("net".length()));
      for (int i = 0; i <= Math.min(last, MOST_CARDS - 1); i++) {
        macs.add(mac(i));
      }
      mac.ifPresent(address -> macs.set(macs.size() - 1, address.value()));
    } else {
      mac.filter(address -> !address.value().equals(card)).ifPresent(a -> macs.add(a.value()));
      macs.add(card);
    }
    return new GuestNetwork(options(spec), macs);
  }

  /** Of those that QEMU gives its own cards. */
  private static String mac(int card) {
    return String.format("52:54:00:5a:42:%02x", card);
  }

  /**
   * The user network plays the gateway and the DNS server that go with a fixed address. What is not
   * said gets an address that nothing else has.
   */
  private static String options(BootSpec spec) {
    FixedAddress own = spec.address().orElse(null);
    if (own == null || own.prefixLength() < 4 || own.prefixLength() > 29) {
      return ""; // no network that QEMU could play
    }
    Set<Integer> taken = new HashSet<>(Set.of(own.address().bits()));
    Ipv4Address host = inside(own, spec.settings().values(Setting.GATEWAY), taken);
    Ipv4Address dns = inside(own, spec.dns().stream().map(Ipv4Address::toString).toList(), taken);
    Ipv4Address lease = inside(own, List.of(), taken);
    return ",net=" + own + ",host=" + host + ",dns=" + dns + ",dhcpstart=" + lease;
  }

  /** The first of these that is in the network and free, else the network's first that is free. */
  private static Ipv4Address inside(FixedAddress own, List<String> wanted, Set<Integer> taken) {
    for (String text : wanted) {
      Ipv4Address address = Ipv4Address.parse("address", text);
      if (own.reaches(address) && taken.add(address.bits())) {
        return address;
      }
    }
    int next = own.address().bits() & (-1 << (32 - own.prefixLength()));
    do {
      next++;
    } while (!taken.add(next));
    return new Ipv4Address(next);
  }
}
