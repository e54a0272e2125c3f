package zeroboot.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import zeroboot.spec.BootSpec;
import zeroboot.spec.KernelCommandLine;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.Place;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/**
 * What the script's parts read: names and values of iPXE settings, in the order in which they are
 * set, and the way back. Where each setting goes is its {@link Place}.
 */
final class ScriptVariables {
  static final String NODE = "node_name";
  private static final String ARGS = "args";
  private static final String DIGITS = "row";
  private static final String ORIGIN = "boot script";

  private ScriptVariables() {}

  /** The variables of one node. */
  static Map<String, String> of(BootSpec spec) {
    Map<String, String> all = new LinkedHashMap<>();
    spec.node().ifPresent(name -> all.put(NODE, name.value()));
    boolean isProvisioned = spec.provisionUrl().isPresent();
    Settings settings = withKernelUrls(spec);
    for (Setting setting : Setting.values()) {
      if (!isProvisioned || !setting.isForKernel()) {
        Place.write(setting, settings, all);
      }
    }
    if (!isProvisioned) {
      List<String> rows = LargeDigits.rows(spec.farmId().orElseThrow().toString());
      for (int i = 0; i < rows.size(); i++) {
        all.put(DIGITS + i, rows.get(i));
      }
      all.put(ARGS, spec.commandLine().text());
    }
    return all;
  }

  /** The script fetches from servers that it names, the network's own too. */
  private static Settings withKernelUrls(BootSpec spec) {
    List<String> urls = spec.kernelUrls().stream().map(KernelUrl::value).toList();
    return urls.isEmpty()
        ? spec.settings()
        : spec.settings().with(Setting.KERNEL_URL, urls, Setting.KERNEL_URL.option());
  }

  /**
   * The settings that these variables were made of: the way back from {@link #of}.
   *
   * @throws zeroboot.ground.ZbootException if a value is not acceptable
   * @throws IllegalArgumentException if a value is not even of the right form
   */
  static Settings settings(Map<String, String> variables) {
    Settings settings = Settings.NONE;
    for (Setting setting : Setting.values()) {
      List<String> values = Place.read(setting, variables);
      if (!values.isEmpty()) {
        settings = settings.with(setting, values, ORIGIN);
      }
    }
    String args = variables.get(ARGS);
    return args == null ? settings : settings.and(KernelCommandLine.settingsOf(args, ORIGIN));
  }
}
