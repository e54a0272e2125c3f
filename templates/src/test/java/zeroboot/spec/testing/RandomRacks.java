package zeroboot.spec.testing;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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

  /** What only fits together. */
  private static final Set<Setting> TOGETHER =
      EnumSet.of(Setting.PROVISION_URL, Setting.ADDRESS, Setting.GATEWAY);

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
    for (Setting setting : Setting.values()) {
      if (setting.isForKernel() && setting != Setting.FARM_ID) {
        s = maybe(s, setting, values(setting));
      }
    }
    return network(s);
  }

  private Settings network(Settings from) {
    Settings s = from;
    for (Setting setting : Setting.values()) {
      if (!setting.isForKernel() && !TOGETHER.contains(setting)) {
        s = maybe(s, setting, values(setting));
      }
    }
    if (random.nextInt(3) == 0 || s.given(Setting.GATEWAY).isPresent()) {
      s = s.with(Setting.ADDRESS, "192.0.2." + (2 + random.nextInt(200)) + "/24");
      s = maybe(s, Setting.GATEWAY, "192.0.2.1");
    }
    return s;
  }

  /** Values that the table allows, one or for a repeatable setting some. */
  private String[] values(Setting setting) {
    if (setting == Setting.KERNEL_ARG) {
      return distinctKeys().toArray(String[]::new);
    }
    SettingType type = setting.type();
    List<String> all =
        switch (type.shape()) {
          case FLAG -> List.of("true", "false");
          case NUMBER ->
              List.of(
                  Long.toString(type.min()),
                  Long.toString(type.min() + random.nextInt((int) (type.max() - type.min()) + 1)));
          case TEXT -> type.choices().isEmpty() ? texts(setting) : words(setting);
        };
    return setting.isRepeatable() ? some(all) : new String[] {pick(all)};
  }

  /** A network has several names; a version needs a kernel that zboot knows. */
  private static List<String> words(Setting setting) {
    List<String> words = new ArrayList<>(setting.type().choices());
    if (setting == Setting.NETWORK) {
      words.addAll(List.of("prod", "devnet"));
    }
    words.remove("v4");
    return words;
  }

  private List<String> texts(Setting setting) {
    return switch (setting) {
      case INTERFACE -> List.of("auto", "net0", "net12", mac().value());
      case DNS -> List.of("192.0.2.53", "198.51.100.255", "203.0.113.200");
      case NTP -> List.of("time.example.com", "192.0.2.123");
      case KERNEL_URL -> URLS;
      case REPORT_URL -> List.of("http://192.0.2.3/report", "https://a.example.com:8443/r");
      case SSH_USER -> List.of("some-one", "x");
      case SUBSTRATE, RELAY, ACTIVATION -> SERVICES;
      case CONSOLE -> List.of("tty0", "ttyS0,115200n8", "hvc0");
      default ->
          throw new AssertionError(
              setting + " is text: say in RandomRacks.texts what it may be, so that it occurs");
    };
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

  private MacAddress mac() {
    return MacAddress.parse(String.format("00-00-5E-00-53-%02X", random.nextInt(256)));
  }
}
