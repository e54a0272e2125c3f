package zeroboot.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.ground.ZbootException;
import zeroboot.spec.MacAddress;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

class ProfileReaderTest {
  static final String RACK =
      """
      # A comment, and every kind of value
      farm-id: 4242
      network: 'test'
      missing-ssd: true
      zos-debug: False
      dns: [192.0.2.53, "192.0.2.54"]
      kernel-arg: quiet
      console:
        - tty0
        - ttyS0,115200n8
      nodes:
        - name: node-01
          mac: 00:00:5E:00:53:01
          address: 192.0.2.11/24
        - {name: node-02, farm-id: 17}
      """;

  @Test
  void readsEveryKindOfValue() {
    Profile profile = ProfileReader.read("farm.yaml", RACK);
    Settings expected =
        Settings.NONE
            .with(Setting.FARM_ID, "4242")
            .with(Setting.NETWORK, "test")
            .with(Setting.MISSING_SSD, "true")
            .with(Setting.ZOS_DEBUG, "false")
            .with(Setting.DNS, "192.0.2.53", "192.0.2.54")
            .with(Setting.KERNEL_ARG, "quiet")
            .with(Setting.CONSOLE, "tty0", "ttyS0,115200n8");
    assertEquals(expected, profile.settings());
    assertEquals("farm.yaml:2:10", profile.settings().given(Setting.FARM_ID).get().origin());
    Profile.Node first = profile.nodes().get(0);
    assertEquals(Optional.of(new MacAddress("00:00:5e:00:53:01")), first.mac());
    assertEquals(Settings.NONE.with(Setting.ADDRESS, "192.0.2.11/24"), first.settings());
    assertEquals(Optional.empty(), profile.node("NODE-02").get().mac());
    assertEquals("farm.yaml:15:5", profile.nodes().get(1).origin());
  }

  @Test
  void anEmptyProfileSaysNothing() {
    for (String text : List.of("", "\n", "# nothing\n", "---\n", "~\n")) {
      assertEquals(Profile.EMPTY, ProfileReader.read("f", text), text);
    }
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of("farm_id: 1", "f:1:1: there is no key 'farm_id'; did you mean farm-id?"),
        Arguments.of("vlam: 1", "f:1:1: there is no key 'vlam'; did you mean vlan?"),
        Arguments.of("xyzzy: 1", "f:1:1: there is no key 'xyzzy'; zboot config list"),
        Arguments.of("farm-id: 1\nfarm-id: 2", "f:2:1: the key 'farm-id' is there twice"),
        Arguments.of("farm-id: '1x'", "f:1:10: farm-id has to be a number, and this is text"),
        Arguments.of("farm-id: 0", "f:1:10: farm ID '0'"),
        Arguments.of("farm-id: 1.5", "f:1:10: farm ID '1.5'"),
        Arguments.of("farm-id: 0x10", "f:1:10: farm ID '0x10'"),
        Arguments.of("farm-id:", "f:1:9: farm-id has to be a number, and this is empty"),
        Arguments.of("missing-ssd: yes", "f:1:14: missing-ssd has to be true or false"),
        Arguments.of("network: [main]", "f:1:10: network has to be text, and this is a list"),
        Arguments.of("network: moon", "f:1:10: network 'moon': there is no such grid network"),
        Arguments.of("pub-mac: 1", "f:1:10: pub-mac has to be text, and this is a number; put it"),
        Arguments.of("dns: []", "f:1:6: dns is an empty list"),
        Arguments.of("dns: [192.0.2.1, x]", "f:1:18: DNS server 'x': is not an IPv4 address"),
        Arguments.of("dns: [192.0.2.1, [a]]", "f:1:18: dns has to be text, and this is a list"),
        Arguments.of("kernel-arg: 'a\n\n  b'", "f:1:13: kernel argument"),
        Arguments.of("kernel-arg: '${x}'", "f:1:13: kernel argument '${x}'"),
        Arguments.of("[1]", "f:1:1: a profile is written as lines like farm-id: 4242"),
        Arguments.of("4242", "f:1:1: a profile is written as lines like farm-id: 4242"),
        Arguments.of("nodes: 3", "f:1:8: nodes has to be a list of nodes"),
        Arguments.of("nodes: [x]", "f:1:9: a node is written as lines"),
        Arguments.of("nodes: [{mac: 00:00:5E:00:53:01}]", "f:1:9: this node has no name"),
        Arguments.of("nodes: [{name: a b}]", "f:1:16: node name 'a b'"),
        Arguments.of("nodes: [{name: a, mac: 1}]", "f:1:24: mac has to be text"),
        Arguments.of("nodes: [{name: a}, {name: A}]", "f:1:20: the node at f:1:9 has the name a"),
        Arguments.of("nodes: [{name: a, nodes: []}]", "f:1:19: there is no key 'nodes'"),
        Arguments.of("name: x", "f:1:1: there is no key 'name'"),
        Arguments.of("a: &x 1", "f:1:4: is an anchor or alias"),
        Arguments.of("a: *x", "f:1:4: is an anchor or alias"),
        Arguments.of("farm-id: !!str 1", "f:1:10: has a tag"),
        Arguments.of("farm-id: 1\n---\nfarm-id: 2", "f:2:1: begins a second document"),
        Arguments.of("{", "is not YAML"),
        Arguments.of("a: 'x", "is not YAML"),
        Arguments.of("a: \"\\x", "is not YAML"),
        Arguments.of("a: \"\\u12", "is not YAML"),
        Arguments.of("a: \"\\U00110000\"", "is not YAML"),
        Arguments.of("\ta: 1", "is not YAML"),
        Arguments.of("a: \u0007", "is not YAML"),
        Arguments.of("%YAML 9.9\n---\na: 1", "is not YAML"),
        Arguments.of("[".repeat(100_000), "nested too deep"),
        Arguments.of("- ".repeat(100_000), "nested too deep"),
        Arguments.of("{? {? {? {? {? {? {? {? {? {? a", "nested too deep"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badProfilesAreOneLineWithTheirPlace(String text, String says) {
    refused(text, says);
  }

  @Test
  void hugeFilesAndOtherEncodingsAreRefused() {
    byte[] huge = ("#" + "x".repeat(ProfileFile.MAX_SIZE)).getBytes(StandardCharsets.UTF_8);
    for (byte[] bytes : List.of(huge, new byte[] {'a', (byte) 0xFF}, new byte[] {-2, -1, 0, 'a'})) {
      ZbootException e =
          assertThrows(
              ZbootException.class, () -> ProfileFile.read("f", new ByteArrayInputStream(bytes)));
      assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    }
  }

  private static void refused(String text, String says) {
    ZbootException e = assertThrows(ZbootException.class, () -> ProfileReader.read("f", text));
    String message = String.valueOf(e.getMessage());
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    assertTrue(message.contains(says), message);
    assertFalse(message.contains("\n"), message);
  }
}
