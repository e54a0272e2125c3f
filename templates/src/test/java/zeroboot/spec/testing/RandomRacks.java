package zeroboot.spec.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import zeroboot.spec.BootSpec;
import zeroboot.spec.KernelArgument;
import zeroboot.spec.MacAddress;
import zeroboot.spec.NodeName;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Setting;
import zeroboot.spec.SettingType;
import zeroboot.spec.Settings;

/** Makes up racks, so that a property can be tried on many. Equal seeds make equal racks. */
public final class RandomRacks {
  private static final List<String> WORDS =
      List.of(
          "quiet",
          "panic=60",
          "nomodeset",
          "note=\"two words\"",
          "a.b=x\"y z\"",
          "root=",
          "x==y",
          "initcall_debug",
          "panic=7200",
          "k=v=w");
  private static final List<String> URLS =
      List.of(
          "https://mirror.example.com/prod.efi",
          "http://198.51.100.20:8080/k?x=1&y=%20",
          "https://bootstrap.grid.tf/kernel/net/prod.efi",
          "https://bootstrap.grid.tf/kernel/net/test.efi");
  private static final List<String> SERVICES =
      List.of("wss://a.example.com/ws", "https://b.example.com", "ws://192.0.2.7:9944");

  private final Random random;

  /** A maker of racks. */
  public RandomRacks(long seed) {
    random = new Random(seed);
  }

  /** A rack, most often of one node. */
  public Rack next() {
    if (random.nextInt(6) == 0) {
      return Rack.of(BootSpec.of(network(Settings.NONE.with(Setting.PROVISION_URL, provision()))));
    }
    Settings defaults = node(Settings.NONE);
    if (random.nextInt(3) > 0) {
      Optional<NodeName> name =
          random.nextBoolean() ? Optional.of(new NodeName("only-1")) : Optional.empty();
      return Rack.of(new BootSpec(defaults, name));
    }
    Map<MacAddress, RackNode> nodes = new LinkedHashMap<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      BootSpec spec = new BootSpec(node(defaults), Optional.of(new NodeName("Node-" + i)));
      RackNode node = new RackNode(mac(), spec);
      nodes.putIfAbsent(node.mac(), node);
    }
    return new Rack(BootSpec.of(defaults), List.copyOf(nodes.values()));
  }

  private Settings node(Settings from) {
    Settings s = from.with(Setting.FARM_ID, Long.toString(1 + (random.nextInt() & 0xFFFF_FFFEL)));
    s = maybe(s, Setting.NETWORK, pick(List.of("main", "prod", "test", "qa", "devnet")));
    s = maybe(s, Setting.KERNEL_URL, some(URLS));
    s = maybe(s, Setting.ZOS_VERSION, pick(List.of("v3", "v3light")));
    s = maybe(s, Setting.PUBLIC_VLAN, number(4094));
    s = maybe(s, Setting.PUB_MAC, pick(List.of("random", "swap")));
    for (Setting flag : Setting.values()) {
      if (flag.type().shape() == SettingType.Shape.FLAG) {
        s = maybe(s, flag, pick(List.of("true", "false")));
      }
    }
    s = maybe(s, Setting.SSH_USER, "some-one");
    s = maybe(s, Setting.SUBSTRATE, some(SERVICES));
    s = maybe(s, Setting.RELAY, some(SERVICES));
    s = maybe(s, Setting.ACTIVATION, some(SERVICES));
    s = maybe(s, Setting.CONSOLE, some(List.of("tty0", "ttyS0,115200n8", "hvc0")));
    s = maybe(s, Setting.KERNEL_ARG, some(distinctKeys()));
    return network(s);
  }

  private Settings network(Settings from) {
    Settings s = from;
    s = maybe(s, Setting.INTERFACE, pick(List.of("auto", "net0", "net12", mac().value())));
    s = maybe(s, Setting.VLAN, number(4094));
    s = maybe(s, Setting.DNS, some(List.of("192.0.2.53", "198.51.100.255", "203.0.113.200")));
    s = maybe(s, Setting.NTP, pick(List.of("time.example.com", "192.0.2.123")));
    if (random.nextInt(3) == 0 || s.given(Setting.GATEWAY).isPresent()) {
      s = s.with(Setting.ADDRESS, "192.0.2." + (2 + random.nextInt(200)) + "/24");
      s = maybe(s, Setting.GATEWAY, "192.0.2.1");
    }
    s = maybe(s, Setting.LINK_WAIT, number(600));
    s = maybe(s, Setting.NETWORK_ATTEMPTS, number(20));
    s = maybe(s, Setting.NETWORK_WAIT, number(600));
    s = maybe(s, Setting.KERNEL_ATTEMPTS, number(20));
    s = maybe(s, Setting.KERNEL_WAIT, number(600));
    s = maybe(s, Setting.ON_FAILURE, pick(List.of("reboot", "shell", "poweroff")));
    return maybe(s, Setting.FAILURE_WAIT, number(3600));
  }

  private Settings maybe(Settings settings, Setting setting, String... values) {
    return values.length == 0 || random.nextInt(4) > 0 ? settings : settings.with(setting, values);
  }

  private List<String> distinctKeys() {
    Map<String, String> byKey = new LinkedHashMap<>();
    some(WORDS, byKey);
    return List.copyOf(byKey.values());
  }

  private void some(List<String> words, Map<String, String> byKey) {
    for (String word : words) {
      if (random.nextInt(3) == 0) {
        byKey.putIfAbsent(new KernelArgument(word).key(), word);
      }
    }
  }

  private String[] some(List<String> choices) {
    List<String> some = new ArrayList<>();
    for (String choice : choices) {
      if (random.nextBoolean()) {
        some.add(random.nextInt(some.size() + 1), choice);
      }
    }
    return some.toArray(String[]::new);
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String provision() {
    return pick(List.of("https://boot.example.com/provision", "http://192.0.2.1:81/p/"));
  }

  private String number(int max) {
    return Integer.toString(1 + random.nextInt(max));
  }

  private MacAddress mac() {
    return MacAddress.parse(String.format("00-00-5E-00-53-%02X", random.nextInt(256)));
  }
}
