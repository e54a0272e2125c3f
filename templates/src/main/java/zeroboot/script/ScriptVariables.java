package zeroboot.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.spec.BootSpec;
import zeroboot.spec.KernelCommandLine;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.Place;
import zeroboot.spec.ProvisionUrl;
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

  /** Columns before a URL: {@code .. Fetching the kernel: }. */
  private static final int FETCHING = 24;

  /** Columns before what the kernel is told. */
  private static final int TOLD = 3;

  private static final String ANY_MAC = "00:00:00:00:00:00";

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
    forTheScreen(spec, all);
    return all;
  }

  /** What is shown of what is too long for a line; nothing where all fits. */
  private static void forTheScreen(BootSpec spec, Map<String, String> all) {
    List<String> urls = spec.kernelUrls().stream().map(KernelUrl::value).toList();
    for (int i = 0; i < urls.size(); i++) {
      String url = urls.get(i);
      if (!ScreenText.fits(url, FETCHING)) {
        all.put("brief" + i, ScreenText.brief(url, FETCHING));
      }
      indent("indent" + i, url, all);
    }
    spec.provisionUrl()
        .map(ProvisionUrl::value)
        .ifPresent(
            url -> {
              if (!ScreenText.fits(url + ANY_MAC, FETCHING)) {
                all.put("brief", ScreenText.brief(url, FETCHING + ANY_MAC.length()));
              }
              indent("indent0", url + ANY_MAC, all);
            });
    Optional.ofNullable(all.get("report")).ifPresent(url -> indent("indent", url, all));
    String args = all.get(ARGS);
    if (args != null && !ScreenText.fits(args, TOLD)) {
      List<String> lines = ScreenText.lines(args, TOLD);
      for (int i = 0; i < lines.size(); i++) {
        all.put("told" + i, lines.get(i));
      }
    }
  }

  private static void indent(String name, String url, Map<String, String> all) {
    int columns = ScreenText.indent(url);
    if (columns > 0) {
      all.put(name, ScreenText.blanks(columns));
    }
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
