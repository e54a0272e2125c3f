package zeroboot.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;
import zeroboot.spec.MacAddress;
import zeroboot.spec.NodeName;
import zeroboot.spec.Setting;
import zeroboot.spec.SettingType;
import zeroboot.spec.Settings;

/** Reads a profile. Every error names line and column; nothing is taken that is not understood. */
public final class ProfileReader {
  /** The key of the list of nodes. */
  static final String NODES = "nodes";

  /** Keys of a node besides the settings. */
  static final String NAME = "name";

  /** Likewise. */
  static final String MAC = "mac";

  /** Keys that are no settings, of a profile and of a node. */
  private static final List<String> OTHERS =
      Stream.concat(Stream.of(BmcSettings.KEY), KernelProof.KEYS.stream()).toList();

  private static final String MEND = "zboot config list shows every key";

  private ProfileReader() {}

  /**
   * The profile in this text.
   *
   * @param name of the file, for places in errors
   * @throws ZbootException (settings) with line and column
   */
  public static Profile read(String name, String text) {
    YamlNode document = YamlReader.read(name, text);
    if (document instanceof YamlNode.Scalar scalar && ScalarKind.of(scalar) == ScalarKind.NULL) {
      return Profile.EMPTY;
    }
    YamlNode.Mapping mapping = mapping(document, "a profile");
    List<Profile.Node> nodes = List.of();
    YamlNode.Entry list = mapping.entries().get(NODES);
    if (list != null) {
      nodes = nodes(list.value());
    }
    return new Profile(settings(mapping, List.of(NODES)), bmc(mapping), proof(mapping), nodes);
  }

  private static List<Profile.Node> nodes(YamlNode list) {
    if (!(list instanceof YamlNode.Sequence sequence)) {
      throw wrongType(list, NODES, "a list of nodes");
    }
    List<Profile.Node> nodes = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (YamlNode item : sequence.items()) {
      Profile.Node node = node(mapping(item, "a node"));
      once(seen, "name " + node.name().value().toLowerCase(Locale.ROOT), node);
      node.mac().ifPresent(mac -> once(seen, "MAC address " + mac, node));
      nodes.add(node);
    }
    return nodes;
  }

  private static void once(Map<String, String> seen, String what, Profile.Node node) {
    String earlier = seen.putIfAbsent(what, node.origin());
    if (earlier != null) {
      throw ZbootException.settings(
          node.origin(), "the node at " + earlier + " has the " + what + " too", "change one");
    }
  }

  private static Profile.Node node(YamlNode.Mapping mapping) {
    YamlNode.Entry name = mapping.entries().get(NAME);
    if (name == null) {
      throw ZbootException.settings(
          mapping.origin(), "this node has no name", "add a line like name: node-01");
    }
    YamlNode.Entry mac = mapping.entries().get(MAC);
    return new Profile.Node(
        placed(name.value(), () -> new NodeName(text(NAME, name.value()))),
        Optional.ofNullable(mac)
            .map(m -> placed(m.value(), () -> MacAddress.parse(text(MAC, m.value())))),
        settings(mapping, List.of(NAME, MAC)),
        bmc(mapping),
        proof(mapping),
        mapping.origin());
  }

  /** An address alone, or a group of keys. */
  private static BmcSettings bmc(YamlNode.Mapping mapping) {
    YamlNode.Entry entry = mapping.entries().get(BmcSettings.KEY);
    if (entry == null) {
      return BmcSettings.NONE;
    }
    Map<String, BmcSettings.Value> values = new LinkedHashMap<>();
    if (entry.value() instanceof YamlNode.Scalar) {
      values.put(BmcSettings.ADDRESS, bmcValue(BmcSettings.ADDRESS, entry.value()));
      return new BmcSettings(values);
    }
    mapping(entry.value(), BmcSettings.KEY)
        .entries()
        .forEach(
            (key, value) -> {
              if (key.equals("password")) {
                throw ZbootException.settings(
                    value.keyOrigin(),
                    "a password does not belong into a profile",
                    "write it into a file that nobody else may read, and name that:"
                        + " password-file:");
              }
              if (!BmcSettings.KEYS.contains(key)) {
                throw unknownKey(value.keyOrigin(), key, BmcSettings.KEYS);
              }
              values.put(key, bmcValue(key, value.value()));
            });
    return new BmcSettings(values);
  }

  private static BmcSettings.Value bmcValue(String key, YamlNode value) {
    BmcSettings.Value read =
        new BmcSettings.Value(word(BmcSettings.KEY + " " + key, value), value.origin());
    BmcSettings.check(key, read);
    return read;
  }

  /** Text that may look like a number: a system is called "1" as a rule. */
  private static String word(String key, YamlNode value) {
    if (value instanceof YamlNode.Scalar scalar
        && (ScalarKind.of(scalar) == ScalarKind.TEXT
            || ScalarKind.of(scalar) == ScalarKind.NUMBER)) {
      return scalar.text();
    }
    throw wrongType(value, key, "text");
  }

  private static KernelProof proof(YamlNode.Mapping mapping) {
    Map<String, List<KernelProof.Value>> values = new LinkedHashMap<>();
    for (String key : KernelProof.KEYS) {
      YamlNode.Entry entry = mapping.entries().get(key);
      if (entry != null) {
        values.put(key, proofs(key, entry.value()));
      }
    }
    return new KernelProof(values);
  }

  private static List<KernelProof.Value> proofs(String key, YamlNode value) {
    List<YamlNode> all =
        value instanceof YamlNode.Sequence sequence && KernelProof.isRepeatable(key)
            ? sequence.items()
            : List.of(value);
    if (all.isEmpty()) {
      throw ZbootException.settings(
          value.origin(), key + " is an empty list", "give a value or leave it out");
    }
    return all.stream()
        .map(
            one ->
                placed(
                    one,
                    () ->
                        KernelProof.checked(
                            key, new KernelProof.Value(word(key, one), one.origin()))))
        .toList();
  }

  /** The settings among its keys; these keys of its own are none, and whatever else is refused. */
  private static Settings settings(YamlNode.Mapping mapping, List<String> own) {
    List<String> others = Stream.concat(own.stream(), OTHERS.stream()).toList();
    List<String> known = Stream.concat(Setting.keys().stream(), others.stream()).toList();
    Settings settings = Settings.NONE;
    for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
      String key = entry.getKey();
      if (others.contains(key)) {
        continue;
      }
      Setting setting =
          Setting.of(key).orElseThrow(() -> unknownKey(entry.getValue().keyOrigin(), key, known));
      settings = with(settings, setting, entry.getValue().value());
    }
    return settings;
  }

  private static Settings with(Settings settings, Setting setting, YamlNode value) {
    List<String> values = new ArrayList<>();
    if (value instanceof YamlNode.Sequence sequence && setting.isRepeatable()) {
      for (YamlNode item : sequence.items()) {
        String text = scalar(setting, item);
        placed(item, () -> setting.type().canonical().apply(text));
        values.add(text);
      }
      if (values.isEmpty()) {
        throw ZbootException.settings(
            value.origin(), setting.key() + " is an empty list", "give a value or leave it out");
      }
    } else {
      values.add(scalar(setting, value));
    }
    return placed(value, () -> settings.with(setting, values, value.origin()));
  }

  private static String scalar(Setting setting, YamlNode value) {
    SettingType.Shape shape = setting.type().shape();
    return switch (shape) {
      case FLAG -> typed(setting.key(), value, ScalarKind.BOOLEAN, "true or false");
      case NUMBER -> typed(setting.key(), value, ScalarKind.NUMBER, "a number");
      case TEXT -> text(setting.key(), value);
    };
  }

  private static String typed(String key, YamlNode value, ScalarKind kind, String expected) {
    if (value instanceof YamlNode.Scalar scalar && ScalarKind.of(scalar) == kind) {
      // YAML allows True and TRUE as well.
      return kind == ScalarKind.BOOLEAN ? scalar.text().toLowerCase(Locale.ROOT) : scalar.text();
    }
    // In quotes it is text to YAML, and a number to whoever wrote it.
    if (kind == ScalarKind.NUMBER
        && value instanceof YamlNode.Scalar scalar
        && scalar.text().matches("\\d+")) {
      return scalar.text();
    }
    throw wrongType(value, key, expected);
  }

  private static String text(String key, YamlNode value) {
    return typed(key, value, ScalarKind.TEXT, "text");
  }

  private static YamlNode.Mapping mapping(YamlNode value, String what) {
    if (value instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    throw ZbootException.settings(
        value.origin(),
        what + " is written as lines like farm-id: 4242, and this is " + value.kind(),
        MEND);
  }

  private static ZbootException wrongType(YamlNode value, String key, String expected) {
    boolean quotes =
        expected.equals("text")
            && value instanceof YamlNode.Scalar scalar
            && ScalarKind.of(scalar) != ScalarKind.NULL;
    return ZbootException.settings(
        value.origin(),
        key + " has to be " + expected + ", and this is " + value.kind(),
        quotes ? "put it in quotes" : MEND);
  }

  private static ZbootException unknownKey(String origin, String key, List<String> known) {
    Optional<String> nearest = Spelling.nearest(key, known);
    return ZbootException.settings(
        origin,
        "there is no key '" + key + "'",
        nearest.map(name -> "did you mean " + name + "?").orElse(MEND));
  }

  /** Puts the place before what a value is refused for. */
  private static <T> T placed(YamlNode value, Checked<T> check) {
    try {
      return check.run();
    } catch (ZbootException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(value.origin()) ? e : e.at(value.origin());
    }
  }

  private interface Checked<T> {
    T run();
  }
}
