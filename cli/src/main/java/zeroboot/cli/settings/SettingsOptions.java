package zeroboot.cli.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import zeroboot.cli.console.StandardInput;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;
import zeroboot.profile.KernelProof;
import zeroboot.profile.Profile;
import zeroboot.profile.ProfileFile;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Setting;
import zeroboot.spec.SettingType;
import zeroboot.spec.Settings;

/**
 * What the node shall be told: an option for every {@link Setting}, and the profile that they
 * override. The command's help shows the usual ones; {@code zboot config list} shows all.
 */
public final class SettingsOptions {
  private static final Set<Setting> USUAL =
      EnumSet.of(Setting.FARM_ID, Setting.NETWORK, Setting.KERNEL_URL, Setting.ON_FAILURE);

  /** Before all other options of a command, which have the order -1. */
  private static final int FIRST = -1000;

  @Option(
      names = "--config",
      paramLabel = "FILE.yaml",
      description = "Read settings from a profile; options win.")
  @Nullable Path config;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "Only this node of the profile's rack.")
  @Nullable String node;

  private @Nullable Profile profile;

  private final Map<Setting, OptionSpec> options = new EnumMap<>(Setting.class);
  private final Set<Setting> without;
  private final boolean isFarmNeeded;

  /** All of them, of a command that needs a farm, or a server that knows it. */
  public SettingsOptions() {
    this(EnumSet.noneOf(Setting.class), true);
  }

  /** All of them, of a command that does without a farm as well. */
  public static SettingsOptions withoutFarm() {
    return new SettingsOptions(EnumSet.noneOf(Setting.class), false);
  }

  /**
   * All but these, whose names mean something else to the command; a profile can still have them.
   */
  public SettingsOptions(Set<Setting> without) {
    this(without, true);
  }

  private SettingsOptions(Set<Setting> without, boolean isFarmNeeded) {
    this.without = without;
    this.isFarmNeeded = isFarmNeeded;
  }

  /** Adds the options to the command that mixes this in. */
  @Spec(Spec.Target.MIXEE)
  public void addTo(CommandSpec command) {
    int order = FIRST;
    for (Setting setting : Setting.values()) {
      if (without.contains(setting)) {
        continue;
      }
      OptionSpec option = option(setting, order++);
      options.put(setting, option);
      command.addOption(option);
    }
  }

  private OptionSpec option(Setting setting, int order) {
    boolean flag = setting.type().shape() == SettingType.Shape.FLAG;
    String otherwise = setting.otherwise().map(value -> " Default: " + value + ".").orElse("");
    if (setting == Setting.FARM_ID && isFarmNeeded) {
      otherwise = " Required, here or in a profile.";
    }
    OptionSpec.Builder option =
        OptionSpec.builder(setting.option())
            .description(setting.description() + otherwise)
            .order(order)
            .hidden(!USUAL.contains(setting));
    if (flag) {
      return option.type(Boolean.class).arity("0").negatable(true).build();
    }
    option.paramLabel(setting.placeholder()).arity("1").completionCandidates(offers(setting));
    return setting.isRepeatable()
        ? option.type(List.class).auxiliaryTypes(String.class).build()
        : option.type(String.class).build();
  }

  /** What a shell offers for the value; null if only the user can know it. */
  private static @Nullable List<String> offers(Setting setting) {
    List<String> offers = setting.type().offers();
    return offers.isEmpty() ? null : offers;
  }

  /** Whether any setting was given, or a file of them. */
  public boolean isGiven() {
    return config != null || node != null || !given().keys().isEmpty();
  }

  /** What the options say. */
  Settings given() {
    Settings settings = Settings.NONE;
    for (Map.Entry<Setting, OptionSpec> entry : options.entrySet()) {
      List<String> values = values(entry.getValue().getValue());
      if (!values.isEmpty()) {
        settings = settings.with(entry.getKey(), values, entry.getKey().option());
      }
    }
    return settings;
  }

  private static List<String> values(@Nullable Object value) {
    List<String> values = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> values.add(String.valueOf(item)));
    } else if (value != null) {
      values.add(value.toString());
    }
    return values;
  }

  /** Whether a profile was named. */
  public boolean hasProfile() {
    return config != null;
  }

  /** The profile, read once, as standard input can be; an empty one if none was named. */
  public Profile profile() {
    if (profile == null) {
      profile = config == null ? Profile.EMPTY : ProfileFile.read(config, StandardInput::open);
    }
    return profile;
  }

  /** The node that was picked out of the profile, if one was. */
  public Optional<Profile.Node> node(Profile profile) {
    if (node == null) {
      return Optional.empty();
    }
    Optional<Profile.Node> found = profile.node(node);
    if (found.isEmpty()) {
      throw ZbootException.usage(
          "--node " + node,
          profile.nodes().isEmpty() ? "there is no list of nodes to find it in" : "is not there",
          profile.nodes().isEmpty()
              ? "add --config FILE.yaml, a profile with nodes:"
              : meant(profile, node) + "zboot config show --config FILE.yaml lists the nodes");
    }
    return found;
  }

  private static String meant(Profile profile, String wrong) {
    List<String> names = profile.nodes().stream().map(each -> each.name().value()).toList();
    return Spelling.nearest(wrong, names).map(near -> "did you mean " + near + "? ").orElse("");
  }

  /** What the image is for, checked: one node, or all of the profile's rack. */
  public Rack toRack() {
    return toRack(profile());
  }

  /** What is to be said of an image for {@code rack}, and of what the profile wants besides. */
  public List<String> warnings(Rack rack, IpxeCore core) {
    Set<String> warnings = new LinkedHashSet<>(BootScripts.warnings(rack, core));
    warnings.addAll(warnings(profile()));
    return List.copyOf(warnings);
  }

  /** What an image does not do of what the profile wants: one sentence for all nodes. */
  public List<String> warnings(Profile profile) {
    List<KernelProof> proofs = new ArrayList<>(List.of(profile.proof()));
    for (Profile.Node each : node(profile).map(List::of).orElseGet(profile::nodes)) {
      proofs.add(each.proof());
    }
    return proofs.stream().flatMap(proof -> proof.warning().stream()).limit(1).toList();
  }

  /** The file of the profile, for those who read it again. */
  public Optional<Path> profileFile() {
    return Optional.ofNullable(config);
  }

  /** The same for a profile that was read anew. */
  public Rack toRack(Profile profile) {
    Optional<Profile.Node> one = node(profile);
    if (one.isPresent()) {
      return Rack.of(spec(profile, one.get()));
    }
    BootSpec defaults = defaults(profile);
    List<RackNode> nodes = new ArrayList<>();
    for (Profile.Node each : profile.nodes()) {
      if (each.mac().isEmpty()) {
        throw ZbootException.settings(
            each.origin(),
            "the node " + each.name() + " has no mac, by which one image finds its settings",
            "add it, or make an image of its own with --node " + each.name());
      }
      nodes.add(new RackNode(each.mac().get(), spec(profile, each)));
    }
    return new Rack(defaults, nodes);
  }

  /** What nodes are told that are not in the list of a profile. */
  public BootSpec defaults(Profile profile) {
    return BootSpec.of(profile.settings().and(given()));
  }

  /** What one node of a profile is told. */
  public BootSpec spec(Profile profile, Profile.Node one) {
    Settings merged = profile.settings().and(one.settings()).and(given());
    return new BootSpec(merged, Optional.of(one.name()));
  }
}
