package zeroboot.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.ground.ZbootException;

/** What must never get into a script: each case with a word that its message has to hold. */
class BadSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "00",
        "4294967296",
        "99999999999",
        "12abc",
        "1.5",
        "1e3",
        "0x10",
        "",
        " 1",
        "1 ",
        "1\n",
        "１２",
        "+1",
        "1,000"
      })
  void farmId(String text) {
    refused(() -> FarmId.parse(text), "from 1 to 4294967295");
  }

  static Stream<Arguments> urls() {
    return Stream.of(
        Arguments.of("", "empty"),
        Arguments.of("kernel.efi", "not an http"),
        Arguments.of("ftp://example.com/k", "not an http"),
        Arguments.of("file:///k", "not an http"),
        Arguments.of("https:///k", "no server"),
        Arguments.of("https://", "not a URL"),
        Arguments.of("https://user:pw@example.com/k", "password"),
        Arguments.of("https://user@example.com/k", "password"),
        Arguments.of("https://example.com/a b", "spaces"),
        Arguments.of("https://example.com/a\tb", "U+0009"),
        Arguments.of("https://example.com/a\nreboot", "line break"),
        Arguments.of("https://example.com/${net0/mac}", "${"),
        Arguments.of("https://example.com/ä", "U+00E4"),
        Arguments.of("https://exa_mple.com/k", "not a URL"),
        Arguments.of("https://example.com:0/k", "port"),
        Arguments.of("https://example.com:99999/k", "port"),
        Arguments.of("https://example.com/k#top", "'#'"),
        Arguments.of("https://example.com/a||b", "||"),
        Arguments.of("https://example.com/" + "k".repeat(1024), "longer"));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void kernelUrl(String text, String says) {
    refused(() -> KernelUrl.parse(text), says);
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of("", "empty"),
        Arguments.of("a\nb", "line break"),
        Arguments.of("a\rb", "line break"),
        Arguments.of("a\u0000b", "U+0000"),
        Arguments.of("x=${net0/ip}", "${"),
        Arguments.of("a||reboot", "||"),
        Arguments.of("a&&b", "&&"),
        Arguments.of("a;b", "';'"),
        Arguments.of("x=\"open", "never closed"),
        Arguments.of("x=\"a\"b\"", "never closed"),
        Arguments.of("x='closed'", "single quote"),
        Arguments.of("'x=two words'", "single quote"),
        Arguments.of("x=a\\ b", "backslash"),
        Arguments.of("\"\"", "no key"),
        Arguments.of("\"=x\"", "no key"),
        Arguments.of("#x", "comment"),
        Arguments.of("x=\"a #b\"", "comment"),
        Arguments.of("x\\", "backslash"),
        Arguments.of("two words", "more than one word"),
        Arguments.of("x=\"two  spaces\"", "spaces"),
        Arguments.of(" x", "spaces"),
        Arguments.of("=x", "no key"),
        Arguments.of("naïve", "U+00EF"));
  }

  @ParameterizedTest
  @MethodSource("words")
  void kernelArgument(String text, String says) {
    refused(() -> new KernelArgument(text), says);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of(List.of("farmer_id=1"), "sets 'farmer_id' itself"),
        Arguments.of(List.of("farmer_id"), "sets 'farmer_id' itself"),
        Arguments.of(List.of("runmode=dev"), "sets 'runmode' itself"),
        Arguments.of(List.of("version=v4"), "--zos-version"),
        Arguments.of(List.of("vlan:priv=1"), "--vlan"),
        Arguments.of(List.of("vlan:pub=1"), "--public-vlan"),
        Arguments.of(List.of("pub:mac=swap"), "--pub-mac"),
        Arguments.of(List.of("missing-ssd"), "--missing-ssd"),
        Arguments.of(List.of("console=tty0"), "--console"),
        // As they are read on the node; of single quotes and backslashes nobody knows how.
        Arguments.of(List.of("\"farmer_id=666\""), "sets 'farmer_id' itself"),
        Arguments.of(List.of("farmer_id\"=\"666"), "sets 'farmer_id' itself"),
        Arguments.of(List.of("'farmer_id=666'"), "holds a single quote or a backslash"),
        Arguments.of(List.of("farmer\\_id=666"), "holds a single quote or a backslash"),
        Arguments.of(List.of("f\"arm\"er_id=666"), "sets 'farmer_id' itself"),
        Arguments.of(List.of("run'mode'=dev"), "holds a single quote or a backslash"),
        Arguments.of(List.of("\"missing-ssd\""), "--missing-ssd"),
        Arguments.of(List.of("farmer-id=666"), "sets 'farmer_id' itself"),
        Arguments.of(List.of("\"farmer-id\"=666"), "sets 'farmer_id' itself"),
        Arguments.of(List.of("missing_ssd"), "--missing-ssd"),
        Arguments.of(List.of("zos_debug"), "--zos-debug"),
        Arguments.of(List.of("log_buf_len=1M", "log-buf-len=2M"), "given twice"),
        Arguments.of(List.of("quiet", "quiet"), "given twice"),
        Arguments.of(List.of("quiet", "\"quiet\""), "given twice"),
        Arguments.of(List.of("panic=1", "\"panic=2\""), "given twice"),
        Arguments.of(List.of("panic=1", "pan\"ic\"=2"), "given twice"),
        Arguments.of(List.of("panic=1", "panic=2"), "given twice"),
        Arguments.of(List.of("x=" + "y".repeat(2048)), "Linux reads 2047"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void commandLine(List<String> words, String says) {
    Settings farm = Settings.NONE.with(Setting.FARM_ID, "1");
    refused(() -> BootSpec.of(farm.with(Setting.KERNEL_ARG, words.toArray(String[]::new))), says);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(Setting.VLAN, "0", "from 1 to 4094"),
        Arguments.of(Setting.VLAN, "4095", "from 1 to 4094"),
        Arguments.of(Setting.VLAN, "none", "from 1 to 4094"),
        Arguments.of(Setting.VLAN, "99999999999999999999", "from 1 to 4094"),
        Arguments.of(Setting.INTERFACE, "eth0", "net0"),
        Arguments.of(Setting.INTERFACE, "net100", "net0"),
        Arguments.of(Setting.INTERFACE, "00:00:5E:00:53", "not a MAC address"),
        Arguments.of(Setting.INTERFACE, "01:00:5e:00:53:01", "group"),
        Arguments.of(Setting.INTERFACE, "00:00:00:00:00:00", "no card"),
        Arguments.of(Setting.ADDRESS, "192.0.2.10", "prefix length"),
        Arguments.of(Setting.ADDRESS, "192.0.2.10/33", "from 1 to 32"),
        Arguments.of(Setting.ADDRESS, "192.0.2.10/0", "from 1 to 32"),
        Arguments.of(Setting.ADDRESS, "192.0.2.0/24", "network itself"),
        Arguments.of(Setting.ADDRESS, "192.0.2.255/24", "broadcast"),
        Arguments.of(Setting.ADDRESS, "192.0.2.256/24", "larger than 255"),
        Arguments.of(Setting.ADDRESS, "192.0.02.1/24", "not an IPv4 address"),
        Arguments.of(Setting.ADDRESS, "127.0.0.1/8", "not an address that a machine can have"),
        Arguments.of(Setting.GATEWAY, "224.0.0.1", "not an address that a machine can have"),
        Arguments.of(Setting.DNS, "dns.example.com", "not an IPv4 address"),
        Arguments.of(Setting.DNS, "2001:db8::1", "is an IPv6 address"),
        Arguments.of(Setting.NTP, "time_server", "host name"),
        Arguments.of(Setting.NTP, "1.2.3", "not an IPv4 address"),
        Arguments.of(Setting.ZOS_VERSION, "v5", "v3, v3light, v4"),
        Arguments.of(Setting.PUB_MAC, "own", "random, swap"),
        Arguments.of(Setting.SSH_USER, "-user", "GitHub"),
        Arguments.of(Setting.SSH_USER, "a".repeat(40), "GitHub"),
        Arguments.of(Setting.CONSOLE, "ttyS0 115200", "console"),
        Arguments.of(Setting.SUBSTRATE, "tfchain.example.com", "URL"),
        Arguments.of(Setting.RELAY, "ftp://relay.example.com", "wss"),
        Arguments.of(Setting.MISSING_SSD, "yes", "true nor false"),
        Arguments.of(Setting.NETWORK_ATTEMPTS, "0", "from 1 to 20"),
        Arguments.of(Setting.PROVISION_URL, "https://boot.example.com/p?x=1", "query"),
        Arguments.of(Setting.PROVISION_URL, "boot.example.com", "URL"),
        Arguments.of(Setting.REPORT_URL, "tftp://192.0.2.3/report", "http"),
        Arguments.of(Setting.REPORT_URL, "http://192.0.2.3/report#now", "never see"),
        Arguments.of(Setting.REPORT_URL, "http://192.0.2.3/report?farm=1", "query"),
        Arguments.of(Setting.REPORT_URL, "http://me:word@192.0.2.3/", "password"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void value(Setting setting, String text, String says) {
    refused(() -> Settings.NONE.with(setting, text), says);
  }

  static Stream<Arguments> contradictions() {
    Settings farm = Settings.NONE.with(Setting.FARM_ID, "1");
    Settings fixed = farm.with(Setting.ADDRESS, "192.0.2.10/24");
    Settings provision = Settings.NONE.with(Setting.PROVISION_URL, "https://boot.example.com/p");
    return Stream.of(
        Arguments.of(farm.with(Setting.GATEWAY, "192.0.2.1"), "goes with a fixed address"),
        Arguments.of(fixed.with(Setting.GATEWAY, "198.51.100.1"), "outside the node's network"),
        Arguments.of(fixed.with(Setting.GATEWAY, "192.0.2.10"), "the node's own address"),
        Arguments.of(farm.with(Setting.ZOS_VERSION, "v4"), "--kernel-url"),
        Arguments.of(provision.with(Setting.FARM_ID, "1"), "--provision-url"),
        Arguments.of(provision.with(Setting.NETWORK, "test"), "--provision-url"),
        Arguments.of(provision.with(Setting.MISSING_SSD, "true"), "--provision-url"),
        Arguments.of(
            provision.with(Setting.KERNEL_URL, "https://example.com/k"), "--provision-url"));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void contradiction(Settings settings, String says) {
    refused(() -> BootSpec.of(settings), says);
  }

  @Test
  void rackThatCannotTellNodesApart() {
    BootSpec spec = BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "1"));
    RackNode one = node("one", "00:00:5e:00:53:01");
    refused(() -> new Rack(spec, List.of(one, node("two", "00:00:5E:00:53:01"))), "MAC address");
    refused(() -> new Rack(spec, List.of(one, node("ONE", "00:00:5e:00:53:02"))), "name");
  }

  private static RackNode node(String name, String mac) {
    Settings settings = Settings.NONE.with(Setting.FARM_ID, "1");
    return new RackNode(
        MacAddress.parse(mac), new BootSpec(settings, Optional.of(new NodeName(name))));
  }

  @Test
  void names() {
    refused(() -> GridNetwork.parse("moon"), "main, test, qa, dev");
    refused(() -> FailureAction.parse("explode"), "reboot, shell, poweroff");
  }

  @Test
  void aMessageIsOnePrintableLine() {
    ZbootException e =
        assertThrows(ZbootException.class, () -> GridNetwork.parse("a\n\u001b[31mb"));
    assertEquals(
        "network 'a\\x0a\\x1b[31mb': there is no such grid network; use one of main, test, qa, dev",
        e.getMessage());
  }

  private static void refused(Runnable made, String says) {
    ZbootException e = assertThrows(ZbootException.class, made::run);
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(says), message);
    assertFalse(message.contains("\n"), message);
  }
}
