package zeroboot.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import zeroboot.spec.BootSpec;
import zeroboot.spec.FixedAddress;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.Setting;

/**
 * What the script's parts read: names and values of iPXE settings, in the order in which they are
 * set. The names are none of iPXE's own, which would change what it does. {@link ScriptSettings}
 * reads them back.
 */
final class ScriptVariables {
  static final String FARM = "farm";
  static final String GRID = "grid";
  static final String NODE = "node_name";
  static final String PROVISION = "provision";
  static final String ARGS = "args";
  static final String URL = "url";
  static final String CARD = "card";
  static final String ADDRESS = "fix_ip";
  static final String NETMASK = "fix_mask";
  static final String GATEWAY = "fix_gateway";
  static final String DNS = "fix_dns";
  static final String VLAN = "vlan_tag";
  static final String NTP = "ntp_host";
  static final String ON_FAILURE = "on_failure";
  static final String FAILURE_WAIT = "failure_wait";
  static final String LINK_WAIT = "link_wait";
  static final String NETWORK_ATTEMPTS = "attempts";
  static final String NETWORK_WAIT = "pause";
  static final String KERNEL_ATTEMPTS = "rounds";
  static final String KERNEL_WAIT = "wait";
  static final String DIGITS = "row";

  private ScriptVariables() {}

  /** The variables of one node. */
  static Map<String, String> of(BootSpec spec) {
    Map<String, String> all = new LinkedHashMap<>();
    spec.node().ifPresent(name -> all.put(NODE, name.value()));
    if (spec.provisionUrl().isPresent()) {
      all.put(PROVISION, spec.provisionUrl().get().value());
    } else {
      farm(spec, all);
    }
    network(spec, all);
    patience(spec, all);
    return all;
  }

  private static void farm(BootSpec spec, Map<String, String> all) {
    String farm = spec.farmId().orElseThrow().toString();
    all.put(FARM, farm);
    all.put(GRID, spec.network().shown());
    List<String> rows = LargeDigits.rows(farm);
    for (int i = 0; i < rows.size(); i++) {
      all.put(DIGITS + i, rows.get(i));
    }
    int i = 0;
    for (KernelUrl url : spec.kernelUrls()) {
      all.put(URL + i++, url.value());
    }
    all.put(ARGS, spec.commandLine().text());
  }

  private static void network(BootSpec spec, Map<String, String> all) {
    spec.card().ifPresent(card -> all.put(CARD, card));
    spec.address().ifPresent(address -> address(address, all));
    put(spec, Setting.GATEWAY, GATEWAY, all);
    if (!spec.dns().isEmpty()) {
      all.put(DNS, spec.dns().stream().map(ScriptVariables::hex).collect(Collectors.joining(":")));
    }
    put(spec, Setting.VLAN, VLAN, all);
    put(spec, Setting.NTP, NTP, all);
  }

  private static void address(FixedAddress address, Map<String, String> all) {
    all.put(ADDRESS, address.address().toString());
    all.put(NETMASK, address.netmask());
  }

  private static void patience(BootSpec spec, Map<String, String> all) {
    all.put(ON_FAILURE, spec.onFailure().shown());
    all.put(FAILURE_WAIT, spec.settings().require(Setting.FAILURE_WAIT));
    all.put(LINK_WAIT, spec.settings().require(Setting.LINK_WAIT));
    waits(
        spec, Setting.NETWORK_ATTEMPTS, Setting.NETWORK_WAIT, NETWORK_ATTEMPTS, NETWORK_WAIT, all);
    waits(spec, Setting.KERNEL_ATTEMPTS, Setting.KERNEL_WAIT, KERNEL_ATTEMPTS, KERNEL_WAIT, all);
  }

  /** The waits after the first, second and every later of so many attempts. */
  private static void waits(
      BootSpec spec,
      Setting attempts,
      Setting wait,
      String attemptsName,
      String waitName,
      Map<String, String> all) {
    int first = spec.number(wait);
    all.put(attemptsName, spec.settings().require(attempts));
    all.put(waitName + "1", Integer.toString(first));
    all.put(waitName + "2", Integer.toString(3 * first));
    all.put(waitName + "3", Integer.toString(6 * first));
  }

  private static void put(BootSpec spec, Setting setting, String name, Map<String, String> all) {
    Optional<String> value = spec.settings().value(setting);
    value.ifPresent(text -> all.put(name, text));
  }

  /** A list of servers is one setting of raw bytes; the type "ipv4" holds a single one. */
  private static String hex(Ipv4Address address) {
    int bits = address.bits();
    return String.format(
        "%02x:%02x:%02x:%02x", bits >>> 24, bits >>> 16 & 255, bits >>> 8 & 255, bits & 255);
  }
}
