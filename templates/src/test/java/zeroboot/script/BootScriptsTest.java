package zeroboot.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.ZbootException;
import zeroboot.spec.BootSpec;
import zeroboot.spec.FailureAction;
import zeroboot.spec.MacAddress;
import zeroboot.spec.NodeName;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;
import zeroboot.spec.testing.RandomRacks;

class BootScriptsTest {
  private static final IpxeCore CORE = BundledCore.load();

  /** Every {@code struct setting} of iPXE 1.21.1 and 2.0.0 but "user-class", which is meant. */
  private static final Set<String> IPXE_SETTINGS =
      Set.of(
          "asset",
          "buildarch",
          "busid",
          "busloc",
          "bustype",
          "chip",
          "crosscert",
          "cwduri",
          "cwuri",
          "dns",
          "dns6",
          "dnssl",
          "domain",
          "errno",
          "filename",
          "gateway",
          "gateway6",
          "hostname",
          "hwaddr",
          "ifname",
          "ip",
          "ip6",
          "keymap",
          "len6",
          "linktype",
          "mac",
          "memsize",
          "mtu",
          "netmask",
          "next-server",
          "ntp",
          "password",
          "peerdist",
          "peerhost",
          "platform",
          "priority",
          "product",
          "root-path",
          "scriptlet",
          "serial",
          "syslog",
          "syslog6",
          "syslogs",
          "sysmac",
          "unixtime",
          "username",
          "uuid",
          "version",
          "vram");

  private static final Pattern GOTO = Pattern.compile("goto (\\S+)");

  @Test
  void carriesWhatWasAskedFor() {
    List<String> lines =
        lines(spec(4242, FailureAction.SHELL, "http://192.0.2.1/k", "https://b.example/k"));
    assertEquals("#!ipxe", lines.get(0));
    assertTrue(lines.contains("set farm 4242"));
    assertTrue(lines.contains("set grid main"));
    assertTrue(lines.contains("set on_failure shell"));
    assertTrue(lines.contains("set url0 http://192.0.2.1/k"));
    assertTrue(lines.contains("set url1 https://b.example/k"));
    assertTrue(
        lines.contains(
            "set args farmer_id=4242 runmode=prod version=v3 nomodeset panic=7200 missing-ssd"));
  }

  @Test
  void holdsNothingThatOnlyAReaderNeeds() {
    List<String> lines = lines(spec(1, FailureAction.REBOOT));
    for (String line : lines.subList(1, lines.size())) {
      assertFalse(line.isBlank() || line.startsWith("#") || line.startsWith(" "), line);
      assertFalse(line.contains("@{"), line);
    }
  }

  /**
   * iPXE looks a label up only when it goes there: a missing one would show on a farmer's screen.
   */
  @Test
  void everyJumpHasItsLabel() {
    everyJumpHasItsLabel(lines(spec(1, FailureAction.REBOOT)));
    everyJumpHasItsLabel(BootScripts.render(rack(), CORE).text().lines().toList());
  }

  private static void everyJumpHasItsLabel(List<String> lines) {
    Set<String> labels = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(":") && !labels.add(line.substring(1))) {
        twice.add(line);
      }
    }
    assertEquals(List.of(), twice);
    for (String line : lines) {
      Matcher jump = GOTO.matcher(line);
      while (jump.find()) {
        String label = jump.group(1);
        if (!label.contains("${")) {
          assertTrue(labels.contains(label), line);
        }
      }
    }
    for (FailureAction action : FailureAction.values()) {
      assertTrue(labels.contains("do_" + action.shown()), action.shown());
    }
    Pattern causes = Pattern.compile("set (?:stage|other|next|back) (\\S+)");
    for (String line : lines) {
      Matcher cause = causes.matcher(line);
      if (cause.find()) {
        assertTrue(labels.contains(cause.group(1)), line);
      }
    }
  }

  /** A failing command ends an iPXE script, so each that may fail says what comes then. */
  @Test
  void noFailureEndsTheScript() {
    Set<String> mayFail =
        Set.of(
            "imgfetch",
            "imgargs",
            "imgexec",
            "iflinkwait",
            "dhcp",
            "ntp",
            "iseq",
            "isset",
            "reboot",
            "poweroff",
            "shell",
            "sleep",
            "vcreate",
            "ifopen");
    for (String line : lines(spec(1, FailureAction.REBOOT))) {
      if (mayFail.contains(line.split(" ", -1)[0])) {
        assertTrue(line.contains("||"), line);
      }
    }
  }

  @Test
  void screenLinesFitEightyColumns() {
    for (String line : lines(spec(1, FailureAction.REBOOT))) {
      String said = line.replaceFirst("^set (?:why|c[123]) ", "echo no ");
      if (said.startsWith("echo") && !line.contains("${url") && !line.contains("${args}")) {
        String shown =
            said.substring(Math.min(said.length(), 5))
                .replaceAll("\\$\\{(?:ok|no|go)\\}", "12")
                .replaceAll("\\$\\{(?:red|off|cls)\\}", "")
                .replaceAll("\\$\\{s([1-5])\\}", "12345")
                .replaceAll("\\$\\{line\\}", "")
                .replaceAll("\\$\\{[^}]*\\}", "12345678");
        for (String part : shown.split(" (?:&&|\\|\\|) ?", -1)) {
          assertTrue(part.length() < 80, part.length() + ": " + line);
        }
      }
    }
  }

  /** The screen is cleared and coloured, and a serial console gets neither. */
  @Test
  void coloursAreForScreensAlone() {
    String screen = BootScripts.render(spec(1, FailureAction.REBOOT), CORE).text();
    for (String line :
        List.of(
            "set red ${e}[1;31m",
            "set off ${e}[0m",
            "set cls ${e}[2J${e}[H",
            "set ok ${e}[1;32mok${off}",
            "set go ${e}[1;33m..${off}",
            "set no ${red}no${off}")) {
      assertTrue(screen.contains("\n" + line + "\n"), line);
    }
    Settings serial =
        spec(1, FailureAction.REBOOT)
            .settings()
            .with(Setting.CONSOLE, List.of("ttyS0,115200"), "a test");
    String plain = BootScripts.render(BootSpec.of(serial), CORE).text();
    for (String line : List.of("set red", "set off", "set cls", "set ok ok", "set go ..")) {
      assertTrue(
          plain.lines().anyMatch(each -> each.strip().replace("${off}", "").equals(line)), line);
    }
    assertFalse(plain.contains("${e}"), plain);
  }

  @Test
  void askingForTheTimeIsWarnedAboutWhereTheCoreCannot() {
    Settings settings =
        spec(1, FailureAction.REBOOT)
            .settings()
            .with(Setting.NTP, List.of("ntp.example.com"), "a test");
    List<String> warnings = BootScripts.warnings(Rack.of(BootSpec.of(settings)), CORE);
    assertTrue(
        warnings.stream().anyMatch(warning -> warning.contains("iPXE 2.0.0 can, in UEFI mode")),
        warnings.toString());
    assertEquals(
        List.of(),
        BootScripts.warnings(Rack.of(spec(1, FailureAction.REBOOT)), CORE).stream()
            .filter(warning -> warning.contains("--ntp"))
            .toList());
  }

  /**
   * iPXE refuses a text that does not fit the type of a setting of its own ("dns" is an address of
   * IPv4), and a script ends with that.
   */
  @Test
  void noVariableIsASettingOfIpxes() {
    Pattern variable = Pattern.compile("(?:^|&& |\\|\\| )set ([a-z0-9_-]+)(?::\\w+)? ");
    Set<String> found = new HashSet<>();
    for (String line : BootScripts.render(rack(), CORE).text().lines().toList()) {
      Matcher set = variable.matcher(line);
      while (set.find()) {
        found.add(set.group(1));
      }
    }
    assertTrue(found.size() > 40, found.toString());
    // With every setting of the table among them, as ScriptSettingsTest shows.
    for (int seed = 0; seed < 100; seed++) {
      found.addAll(ScriptVariables.of(new RandomRacks(seed).next().defaults()).keySet());
    }
    found.retainAll(IPXE_SETTINGS);
    assertEquals(Set.of(), found);
  }

  @Test
  void farmIdIsDrawnLarge() {
    assertEquals(
        List.of(
            "${s2}#${s3}#${s2}#####",
            "${s2}#${s3}#${s5}${s1}#",
            "${s2}#####${s5}#",
            "${s5}${s1}#${s4}#",
            "${s5}${s1}#${s4}#"),
        LargeDigits.rows("47"));
  }

  @Test
  void aRackTellsOnlyWhatDiffers() {
    List<String> lines = BootScripts.render(rack(), CORE).text().lines().toList();
    int node = lines.indexOf(":n00005e005302");
    assertTrue(node > 0, lines.toString());
    assertEquals(
        List.of("set node_name node-02", "clear vlan_tag", "goto known"),
        lines.subList(node + 1, lines.size()).stream()
            .filter(line -> !line.startsWith("set args "))
            .limit(3)
            .toList());
  }

  @Test
  void whatNodesShareStandsOnce() {
    Settings defaults = Settings.NONE.with(Setting.FARM_ID, "4242");
    List<RackNode> nodes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      nodes.add(
          node(
              i + 1,
              defaults
                  .with(Setting.ADDRESS, "192.0.2.1" + i + "/24")
                  .with(Setting.GATEWAY, "192.0.2." + (i < 4 ? 1 : i))));
    }
    Rack rack = new Rack(BootSpec.of(defaults), nodes);
    String script = BootScripts.render(rack, CORE).text();
    String blocks = script.substring(script.indexOf(":n00"), script.indexOf(":known"));
    assertEquals(
        """
        :n00005e005301
        set node_name node-01
        set fix_ip 192.0.2.10
        goto g0
        :n00005e005302
        set node_name node-02
        set fix_ip 192.0.2.11
        goto g0
        :n00005e005303
        set node_name node-03
        set fix_ip 192.0.2.12
        goto g0
        :n00005e005304
        set node_name node-04
        set fix_ip 192.0.2.13
        goto g0
        :n00005e005305
        set node_name node-05
        set fix_ip 192.0.2.14
        set fix_gateway 192.0.2.4
        goto g1
        :n00005e005306
        set node_name node-06
        set fix_ip 192.0.2.15
        set fix_gateway 192.0.2.5
        goto g1
        :g0
        set fix_mask 255.255.255.0
        set fix_gateway 192.0.2.1
        goto known
        :g1
        set fix_mask 255.255.255.0
        goto known
        """,
        blocks);
    assertEquals(rack, ScriptSettings.read("script", script).rack("script"));
  }

  /** A script of somebody's who wants to fill the memory of its reader. */
  @Test
  void groupsWithoutEndAreRefused() {
    StringBuilder script = new StringBuilder("#!ipxe\nset zboot 0\nset image 0\n");
    for (int i = 0; i < 2000; i++) {
      script.append(":n%012x\ngoto g0\ngoto g0\n".formatted(2L * i + 0x0200_0000_0000L));
    }
    script.append(":g0\ngoto g0\n:g0\n");
    for (int i = 0; i < 2000; i++) {
      script.append("set v").append(i).append(" x\n");
    }
    script.append(":g0\n").append("set w x\n".repeat(2000));
    for (String text :
        List.of(script.toString(), script.toString().replace(":g0\ngoto g0\n", ""))) {
      ZbootException refused =
          assertThrows(ZbootException.class, () -> ScriptSettings.read("script", text));
      assertTrue(refused.toString().contains("more variables"), refused.toString());
    }
  }

  private static Rack rack() {
    Settings defaults = Settings.NONE.with(Setting.FARM_ID, "4242");
    Settings inVlan = defaults.with(Setting.VLAN, "302");
    return new Rack(
        BootSpec.of(inVlan),
        List.of(node(1, inVlan.with(Setting.FARM_ID, "7")), node(2, defaults)));
  }

  private static RackNode node(int number, Settings settings) {
    return new RackNode(
        MacAddress.parse("00:00:5E:00:53:0" + number),
        new BootSpec(settings, Optional.of(new NodeName("node-0" + number))));
  }

  @Test
  void imageIdNamesWhatIsRun() {
    BootSpec spec = spec(4242, FailureAction.REBOOT);
    ImageId id = BootScripts.render(spec, CORE).imageId();
    assertEquals(id, BootScripts.render(spec, CORE).imageId());
    assertTrue(BootScripts.render(spec, CORE).text().contains("set image " + id.shown() + "\n"));
    assertNotEquals(id, BootScripts.render(spec(4243, FailureAction.REBOOT), CORE).imageId());
    byte[] patched = CORE.efi().clone();
    patched[patched.length - 1]++;
    IpxeCore other = IpxeCore.of("other", CORE.lkrn(), patched);
    assertNotEquals(id, BootScripts.render(spec, other).imageId());
  }

  /** 80 bits, without letters that look like digits; 32 were found twice in half a minute. */
  @Test
  void imageIdIsLongEnoughToNameOneScript() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String shown = ImageId.of("script " + i).shown();
      assertTrue(shown.matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}"), shown);
      assertTrue(seen.add(shown));
      for (int group = 0; group < 4; group++) {
        seen.add(group + shown.substring(5 * group, 5 * group + 4));
      }
    }
    // Every part of it tells scripts apart, and it is Crockford's base 32 of the digest.
    assertTrue(seen.size() > 4990, seen.size() + "");
    assertEquals("0000-0000-0000-0000", new ImageId("0".repeat(64)).shown());
    assertEquals("ZZZZ-ZZZZ-ZZZZ-ZZZZ", new ImageId("f".repeat(64)).shown());
    // By RFC 4648's base 32 in another alphabet.
    String digest = "0123456789abcdef0123" + "0".repeat(44);
    assertEquals("04HM-ASW9-NF6Y-Y093", new ImageId(digest).shown());
  }

  /** Only there the firmware's roots have to go. */
  @Test
  void pinnedCoreIsNamedInTheScript() {
    BootSpec spec = spec(1, FailureAction.REBOOT);
    assertTrue(lines(spec).contains("set pinned no"));
    IpxeCore pinned = new TrustRoot("22".repeat(32)).in(CORE);
    assertTrue(BootScripts.render(spec, pinned).text().contains("\nset pinned yes\n"));
  }

  @Test
  void localeAndTimeZoneChangeNothing() {
    BootSpec spec = spec(4294967295L, FailureAction.POWEROFF);
    String here = BootScripts.render(spec, CORE).text();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertEquals(here, BootScripts.render(spec, CORE).text());
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertEquals(here, BootScripts.render(spec, CORE).text());
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  private static List<String> lines(BootSpec spec) {
    return BootScripts.render(spec, CORE).text().lines().toList();
  }

  private static BootSpec spec(long farm, FailureAction action, String... urls) {
    Settings settings =
        Settings.NONE
            .with(Setting.FARM_ID, Long.toString(farm))
            .with(Setting.MISSING_SSD, "true")
            .with(Setting.ON_FAILURE, action.shown());
    return BootSpec.of(urls.length == 0 ? settings : settings.with(Setting.KERNEL_URL, urls));
  }
}
