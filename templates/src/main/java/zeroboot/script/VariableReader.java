package zeroboot.script;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import zeroboot.spec.KernelCommandLine;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/** The settings of one node, from the variables that {@link ScriptVariables} made of them. */
final class VariableReader {
  private static final String ORIGIN = "boot script";

  private final Map<String, String> variables;
  private Settings settings = Settings.NONE;

  VariableReader(Map<String, String> variables) {
    this.variables = variables;
  }

  /**
   * The settings.
   *
   * @throws zeroboot.spec.ZbootException if a value is not acceptable
   * @throws IllegalArgumentException if a value is not even of the right form
   */
  Settings settings() {
    copy(ScriptVariables.FARM, Setting.FARM_ID);
    copy(ScriptVariables.GRID, Setting.NETWORK);
    copy(ScriptVariables.PROVISION, Setting.PROVISION_URL);
    copy(ScriptVariables.CARD, Setting.INTERFACE);
    address();
    copy(ScriptVariables.GATEWAY, Setting.GATEWAY);
    dns();
    copy(ScriptVariables.VLAN, Setting.VLAN);
    copy(ScriptVariables.NTP, Setting.NTP);
    copy(ScriptVariables.ON_FAILURE, Setting.ON_FAILURE);
    copy(ScriptVariables.FAILURE_WAIT, Setting.FAILURE_WAIT);
    copy(ScriptVariables.LINK_WAIT, Setting.LINK_WAIT);
    copy(ScriptVariables.NETWORK_ATTEMPTS, Setting.NETWORK_ATTEMPTS);
    copy(ScriptVariables.NETWORK_WAIT + "1", Setting.NETWORK_WAIT);
    copy(ScriptVariables.KERNEL_ATTEMPTS, Setting.KERNEL_ATTEMPTS);
    copy(ScriptVariables.KERNEL_WAIT + "1", Setting.KERNEL_WAIT);
    kernelUrls();
    String args = variables.get(ScriptVariables.ARGS);
    if (args != null) {
      settings = settings.and(KernelCommandLine.settingsOf(args, ORIGIN));
    }
    return settings;
  }

  private void copy(String name, Setting setting) {
    String value = variables.get(name);
    if (value != null) {
      settings = settings.with(setting, List.of(value), ORIGIN);
    }
  }

  private void address() {
    String ip = variables.get(ScriptVariables.ADDRESS);
    String mask = variables.get(ScriptVariables.NETMASK);
    if (ip == null || mask == null) {
      return;
    }
    int bits = 0;
    for (String part : mask.split("\\.", -1)) {
      bits = bits << 8 | Integer.parseInt(part);
    }
    settings = settings.with(Setting.ADDRESS, List.of(ip + "/" + Integer.bitCount(bits)), ORIGIN);
  }

  private void dns() {
    String hex = variables.get(ScriptVariables.DNS);
    if (hex == null) {
      return;
    }
    byte[] bytes = HexFormat.ofDelimiter(":").parseHex(hex);
    List<String> servers = new ArrayList<>();
    for (int i = 0; i + 4 <= bytes.length; i += 4) {
      List<String> parts = new ArrayList<>();
      for (int j = i; j < i + 4; j++) {
        parts.add(Integer.toString(bytes[j] & 255));
      }
      servers.add(parts.stream().collect(Collectors.joining(".")));
    }
    settings = settings.with(Setting.DNS, servers, ORIGIN);
  }

  private void kernelUrls() {
    List<String> urls = new ArrayList<>();
    String url;
    while ((url = variables.get(ScriptVariables.URL + urls.size())) != null) {
      urls.add(url);
    }
    if (!urls.isEmpty()) {
      settings = settings.with(Setting.KERNEL_URL, urls, ORIGIN);
    }
  }
}
