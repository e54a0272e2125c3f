package zeroboot.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BootSpecTest {
  private static final Settings FARM = Settings.NONE.with(Setting.FARM_ID, "4242");

  @ParameterizedTest
  @CsvSource({"1,1", "4242,4242", "007,7", "4294967295,4294967295"})
  void readsFarmIds(String text, long value) {
    assertEquals(value, FarmId.parse(text).value());
  }

  @ParameterizedTest
  @CsvSource({
    "main,prod",
    "prod,prod",
    "Mainnet,prod",
    "test,test",
    "testnet,test",
    "qa,qa",
    "QANET,qa",
    "dev,dev",
    "devnet,dev"
  })
  void zeroOsGetsOnlyShortRunModes(String name, String runMode) {
    assertEquals(runMode, GridNetwork.parse(name).runMode());
    assertTrue(GridNetwork.parse(name).kernelUrl().value().endsWith("/net/" + runMode + ".efi"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://127.0.0.1/k|to the node this is the node itself
          http://127.9.8.7:8080/k|to the node this is the node itself
          http://LOCALHOST/k|to the node this is the node itself
          http://k.localhost/k|to the node this is the node itself
          http://[::1]/k|no node reaches a server at this address
          http://[fe80::1]/k|no node reaches a server at this address
          http://0.0.0.0/k|no node reaches a server at this address
          http://169.254.7.7/k|no node reaches a server at this address
          http://224.0.0.251/k|no node reaches a server at this address
          http://255.255.255.255/k|no node reaches a server at this address
          http://[2001:db8::1]/k|Zero-OS itself needs IPv4
          """)
  void serversThatNoNodeReachesAreSaid(String url, String warning) {
    for (Settings settings :
        List.of(
            FARM.with(Setting.KERNEL_URL, "https://b.example/k", url),
            Settings.NONE.with(Setting.PROVISION_URL, url))) {
      List<String> about =
          BootSpec.of(settings).warnings().stream()
              .filter(text -> !text.contains("plain HTTP"))
              .toList();
      assertEquals(1, about.size(), about.toString());
      assertTrue(about.get(0).startsWith(url) && about.get(0).contains(warning), about.get(0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://192.168.1.9/k",
    "http://10.0.2.2/k",
    "http://127.example.com/k",
    "http://169.253.1.1/k"
  })
  void serversThatNodesMayReachAreNot(String url) {
    List<String> all = BootSpec.of(FARM.with(Setting.KERNEL_URL, url)).warnings();
    assertEquals(1, all.size(), all.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "com1,true",
    "COM1,true",
    "serial,true",
    "ttyX0,true",
    "tty0,false",
    "ttyS1,false",
    "hvc0,false",
    "tty,false"
  })
  void consolesThatLinuxDoesNotKnowAreSaid(String console, boolean said) {
    List<String> all = BootSpec.of(FARM.with(Setting.CONSOLE, console + ",115200n8")).warnings();
    assertEquals(
        said, all.toString().contains("'" + console + "' is not a console"), all.toString());
  }

  @Test
  void twoNodesWithOneAddressAreSaid() {
    Settings fixed = FARM.with(Setting.ADDRESS, "192.0.2.7/24");
    Rack rack =
        new Rack(
            BootSpec.of(FARM),
            List.of(
                node(1, fixed),
                node(2, FARM.with(Setting.ADDRESS, "192.0.2.8/24")),
                node(3, fixed),
                node(4, fixed.with(Setting.VLAN, "7"))));
    List<String> shared =
        rack.warnings().stream().filter(text -> text.contains("one fixed address")).toList();
    assertEquals(
        List.of("Node n1 and 1 more have one fixed address: they disturb each other's downloads."),
        shared);
  }

  private static RackNode node(int number, Settings settings) {
    return new RackNode(
        MacAddress.parse("00:00:5E:00:53:0" + number),
        new BootSpec(settings, Optional.of(new NodeName("n" + number))));
  }

  @Test
  void commandLineStartsWithWhatZeroOsNeeds() {
    Settings settings =
        FARM.with(Setting.MISSING_SSD, "true")
            .with(Setting.CONSOLE, "tty0", "ttyS0,115200n8")
            .with(Setting.VLAN, "302")
            .with(Setting.PUBLIC_VLAN, "303")
            .with(Setting.PUB_MAC, "swap")
            .with(Setting.ZOS_VERSION, "v3light")
            .with(Setting.KERNEL_ARG, "x=\"a b\"", "quiet");
    assertEquals(
        "farmer_id=4242 runmode=prod version=v3light nomodeset panic=7200 vlan:priv=302"
            + " vlan:pub=303 pub:mac=swap missing-ssd console=tty0 console=ttyS0,115200n8"
            + " x=\"a b\" quiet",
        line(settings));
  }

  @ParameterizedTest
  @CsvSource({
    "panic=60,false,nomodeset panic=60",
    "panic=60,true,panic=60",
    "quiet,true,quiet",
    "panic=7200,false,nomodeset panic=7200"
  })
  void aUsersWordReplacesADefaultOfTheSameKey(String word, String noDefaults, String rest) {
    assertEquals(
        "farmer_id=4242 runmode=prod version=v3 " + rest,
        line(FARM.with(Setting.KERNEL_ARG, word).with(Setting.NO_DEFAULT_ARGS, noDefaults)));
  }

  @Test
  void oneCommandLineIsOneSpec() {
    Settings words = FARM.with(Setting.KERNEL_ARG, "nomodeset", "panic=7200", "quiet");
    assertEquals(
        BootSpec.of(FARM.with(Setting.KERNEL_ARG, "quiet")),
        BootSpec.of(words.with(Setting.NO_DEFAULT_ARGS, "true")));
    assertEquals(
        BootSpec.of(FARM),
        BootSpec.of(
            FARM.with(Setting.NETWORK, "prod")
                .with(Setting.VLAN, "1")
                .and(FARM)
                .without(Setting.VLAN)));
  }

  @Test
  void kernelUrlsKeepTheirOrderAndAreTriedOnce() {
    String a = "https://a.example/k";
    String b = "http://192.0.2.1:8080/k?x=1&y=2";
    BootSpec spec =
        BootSpec.of(FARM.with(Setting.NETWORK, "dev").with(Setting.KERNEL_URL, b, a, b));
    assertEquals(List.of(KernelUrl.parse(b), KernelUrl.parse(a)), spec.kernelUrls());
    assertEquals(1, spec.warnings().size());
    assertTrue(spec.warnings().get(0).contains("plain HTTP"));
  }

  @Test
  void nothingToWarnAboutByDefault() {
    assertEquals(List.of(), BootSpec.of(FARM).warnings());
  }

  static Stream<Arguments> warnings() {
    Settings fixed = FARM.with(Setting.ADDRESS, "192.0.2.10/24");
    return Stream.of(
        Arguments.of(fixed, "Zero-OS starts over and needs DHCP"),
        Arguments.of(fixed, "no gateway"),
        Arguments.of(fixed, "no DNS server"),
        Arguments.of(FARM.with(Setting.DNS, "192.0.2.53"), "DNS servers are for fetching"),
        Arguments.of(FARM.with(Setting.INTERFACE, "net1"), "Zero-OS tries every card"),
        Arguments.of(FARM.with(Setting.NTP, "192.0.2.1"), "Zero-OS has its own"),
        Arguments.of(FARM.with(Setting.SSH_USER, "someone"), "ignores the SSH user"),
        Arguments.of(FARM.with(Setting.PUBLIC_VLAN, "9"), "one network card only"),
        Arguments.of(FARM.with(Setting.CONSOLE, "ttyS1"), "begins with Linux"),
        Arguments.of(
            Settings.NONE.with(Setting.PROVISION_URL, "http://192.0.2.1/p/"), "plain HTTP"));
  }

  @ParameterizedTest
  @MethodSource("warnings")
  void warnsAboutWhatZeroOsIgnores(Settings settings, String says) {
    List<String> warnings = BootSpec.of(settings).warnings();
    assertTrue(warnings.stream().anyMatch(w -> w.contains(says)), warnings.toString());
  }

  @Test
  void addressesOfPointToPointLinksAreGood() {
    assertEquals("192.0.2.0/31", FixedAddress.parse("192.0.2.0/31").toString());
    assertEquals("255.255.255.254", FixedAddress.parse("192.0.2.0/31").netmask());
    assertEquals("128.0.0.0", FixedAddress.parse("192.0.2.1/1").netmask());
  }

  private static String line(Settings settings) {
    return BootSpec.of(settings).commandLine().text();
  }
}
