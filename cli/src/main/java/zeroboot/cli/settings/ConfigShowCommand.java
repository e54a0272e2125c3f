package zeroboot.cli.settings;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.profile.BmcSettings;
import zeroboot.profile.KernelProof;
import zeroboot.profile.Profile;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/** {@code zboot config show}: what a profile and options come to, and where each value is from. */
@Command(
    addMethodSubcommands = false,
    name = "show",
    description = "Shows the merged settings and where each comes from; makes nothing.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example:", "  zboot config show --config farm.yaml --node node-01"})
final class ConfigShowCommand implements Callable<Integer> {
  private static final String DEFAULT = "default";

  @Mixin final SettingsOptions options = SettingsOptions.withoutFarm();

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  private final Session session;

  ConfigShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Profile profile = options.profile();
    Optional<Profile.Node> node = options.node(profile);
    Settings merged = profile.settings();
    if (node.isPresent()) {
      merged = merged.and(node.get().settings());
    }
    merged = merged.and(options.given());
    // What would be refused as an image is refused here too.
    List<String> warnings = warnings(profile, node);
    PrintStream out = session.streams().out();
    if (json) {
      printJson(out, profile, node, merged, warnings);
    } else {
      print(out, profile, node, merged);
      warnings.forEach(session.streams()::warning);
    }
    return ExitCode.OK;
  }

  private static BmcSettings bmc(Profile profile, Optional<Profile.Node> node) {
    return node.map(each -> profile.bmc().and(each.bmc())).orElse(profile.bmc());
  }

  private static KernelProof proof(Profile profile, Optional<Profile.Node> node) {
    return node.map(each -> profile.proof().and(each.proof())).orElse(profile.proof());
  }

  private List<String> warnings(Profile profile, Optional<Profile.Node> node) {
    if (node.isPresent()) {
      return options.spec(profile, node.get()).warnings();
    }
    boolean allHaveMacs = profile.nodes().stream().allMatch(n -> n.mac().isPresent());
    if (allHaveMacs) {
      return options.toRack().warnings();
    }
    profile.nodes().forEach(n -> options.spec(profile, n));
    return Rack.of(BootSpec.of(profile.settings().and(options.given()))).warnings();
  }

  private static void print(
      PrintStream out, Profile profile, Optional<Profile.Node> node, Settings merged) {
    node.ifPresent(n -> out.println("node: " + n.name() + "  # " + n.origin()));
    for (Setting setting : Setting.values()) {
      List<String> values = merged.values(setting);
      String origin = merged.given(setting).map(Settings.Given::origin).orElse(DEFAULT);
      if (values.isEmpty() && setting.otherwise().isPresent()) {
        values = List.of(setting.otherwise().get());
      }
      if (!values.isEmpty()) {
        String value = setting.isRepeatable() ? list(values) : values.get(0);
        out.println(setting.key() + ": " + value + "  # " + origin);
      }
    }
    bmc(profile, node)
        .values()
        .forEach(
            (key, value) ->
                out.println(
                    BmcSettings.KEY + " " + key + ": " + value.text() + "  # " + value.origin()));
    proof(profile, node).values().forEach((key, values) -> out.println(line(key, values)));
    if (node.isEmpty() && !profile.nodes().isEmpty()) {
      out.println("# nodes:");
      for (Profile.Node each : profile.nodes()) {
        String mac = each.mac().map(m -> ", MAC " + m).orElse("");
        out.println("#   " + each.name() + mac + "  # " + each.origin());
      }
    }
  }

  private static String line(String key, List<KernelProof.Value> values) {
    String shown = list(values.stream().map(KernelProof.Value::text).toList());
    return key
        + ": "
        + (values.size() == 1 ? shown.substring(1, shown.length() - 1) : shown)
        + "  # "
        + values.get(0).origin();
  }

  /** Quoted, so that what is shown can be put into a profile. */
  private static String list(List<String> values) {
    return values.stream()
        .map(value -> "'" + value.replace("'", "''") + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static void printJson(
      PrintStream out,
      Profile profile,
      Optional<Profile.Node> picked,
      Settings merged,
      List<String> warnings) {
    Json.print(
        out,
        json -> {
          json.name("settings").beginObject();
          for (Setting setting : Setting.values()) {
            Optional<Settings.Given> given = merged.given(setting);
            if (given.isEmpty() && setting.otherwise().isEmpty()) {
              continue;
            }
            json.name(setting.key()).beginObject();
            Json.strings(
                json,
                "values",
                given
                    .map(Settings.Given::values)
                    .orElseGet(() -> List.of(setting.otherwise().orElse(""))));
            json.name("origin").value(given.map(Settings.Given::origin).orElse(DEFAULT));
            json.endObject();
          }
          json.endObject();
          json.name(BmcSettings.KEY).beginObject();
          for (Map.Entry<String, BmcSettings.Value> each :
              bmc(profile, picked).values().entrySet()) {
            json.name(each.getKey()).beginObject();
            json.name("value").value(each.getValue().text());
            json.name("origin").value(each.getValue().origin());
            json.endObject();
          }
          json.endObject();
          json.name("kernel").beginObject();
          for (Map.Entry<String, List<KernelProof.Value>> each :
              proof(profile, picked).values().entrySet()) {
            json.name(each.getKey()).beginObject();
            Json.strings(
                json, "values", each.getValue().stream().map(KernelProof.Value::text).toList());
            json.name("origin").value(each.getValue().get(0).origin());
            json.endObject();
          }
          json.endObject();
          json.name("nodes").beginArray();
          for (Profile.Node node : profile.nodes()) {
            json.beginObject();
            json.name("name").value(node.name().value());
            if (node.mac().isPresent()) {
              json.name("mac").value(node.mac().get().value());
            }
            json.name("origin").value(node.origin());
            json.endObject();
          }
          json.endArray();
          Json.strings(json, "warnings", warnings);
        });
  }
}
