package zeroboot.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.testing.RandomRacks;

/** What a script was made for can be read out of it. */
class ScriptSettingsTest {
  private static final IpxeCore CORE = BundledCore.load();

  /** With every setting of the table among them, so none can be written and not read. */
  @Test
  void everyRackComesBack() {
    Set<Setting> seen = EnumSet.noneOf(Setting.class);
    for (int seed = 0; seed < 300; seed++) {
      Rack rack = new RandomRacks(seed).next();
      seen.addAll(rack.defaults().settings().keys());
      BootScript script = BootScripts.render(rack, CORE);
      ScriptSettings read = ScriptSettings.read("test", script.text());
      assertEquals(rack, read.rack("test"), "seed " + seed);
      assertEquals(script, BootScripts.render(read.rack("test"), CORE));
      assertEquals(script.imageId().shown(), read.imageId());
      assertEquals(ZbootVersion.current(), read.zbootVersion());
    }
    assertEquals(EnumSet.allOf(Setting.class), seen);
  }

  /** What the script is told and does not read has no effect; Place says where it is told. */
  @Test
  void everyVariableIsReadByThePartsOfTheScript() {
    String template = ScriptTemplate.text(true);
    for (int seed = 0; seed < 100; seed++) {
      BootSpec spec = new RandomRacks(seed).next().defaults();
      for (String name : ScriptVariables.of(spec).keySet()) {
        String stem = name.replaceAll("\\d$", "");
        boolean isRead =
            template.contains("${" + name + "}") || template.contains("${" + stem + "${");
        // The waits are read as ${pause${attempt}}, and ${pause3} after that.
        assertTrue(isRead, name + " is set, and no part of the script reads it");
      }
    }
  }

  /**
   * What a part of the script sets for itself would take the place of what the setting said. The
   * first URL alone is set by both: a provisioning server's, which comes without a kernel's.
   */
  @Test
  void noVariableOfASettingIsOneOfTheScriptsOwn() {
    Pattern sets =
        Pattern.compile("(?:^|&& |\\|\\| )(?:set|inc|clear) ([a-z0-9_]+)", Pattern.MULTILINE);
    Set<String> own =
        sets.matcher(ScriptTemplate.text(true))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(HashSet::new));
    assertTrue(own.size() > 40 && own.remove("url0"), own.toString());
    for (int seed = 0; seed < 100; seed++) {
      Set<String> told =
          new HashSet<>(ScriptVariables.of(new RandomRacks(seed).next().defaults()).keySet());
      told.retainAll(own);
      assertEquals(Set.of(), told);
    }
  }

  /** Sticks of the first builds named each node by its whole MAC address, and had no groups. */
  @Test
  void theNodesOfTheFirstSticksAreRead() {
    int compared = 0;
    for (int seed = 0; seed < 100; seed++) {
      Rack rack = new RandomRacks(seed).next();
      String text = BootScripts.render(rack, CORE).text();
      if (!rack.nodes().isEmpty() && !text.contains("\n:g0\n")) {
        String pair = "([0-9a-f]{2})";
        String first =
            text.replaceAll("\n:n" + pair.repeat(6) + "\n", "\n:node_$1:$2:$3:$4:$5:$6\n")
                .replace("\ngoto known\n", "\ngoto node_known\n")
                .replace("\n:known\n", "\n:node_known\n");
        assertEquals(rack, ScriptSettings.read("test", first).rack("test"), "seed " + seed);
        compared++;
      }
    }
    assertTrue(compared > 3, compared + " racks without groups");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#!ipxe", "#!ipxe\n", "#!ipxe\nchain http://192.0.2.1/\n", "x"})
  void anotherScriptIsNone(String text) {
    ZbootException e = assertThrows(ZbootException.class, () -> ScriptSettings.read("f", text));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set farm 0",
        "set farm x",
        "set fix_mask x.y",
        "set fix_dns zz",
        "set args farmer_id=1 farmer_id=2 runmode=prod version=v3",
        "set args farmer_id=1 runmode=moon version=v3",
        "set args \"",
        "set card eth0",
        "set attempts 99999999999999"
      })
  void damagedSettingsAreOneClearError(String line) {
    String text =
        """
        #!ipxe
        set zboot 1
        set image x
        set farm 1
        set grid main
        set url0 https://a.example/k
        set fix_ip 192.0.2.1
        set fix_mask 255.255.255.0
        set args farmer_id=1 runmode=prod version=v3 nomodeset panic=7200
        """;
    assertEquals(
        "1", ScriptSettings.read("f", text).rack("f").defaults().farmId().get().toString());
    ScriptSettings damaged = ScriptSettings.read("f", text + line + "\n");
    ZbootException e = assertThrows(ZbootException.class, () -> damaged.rack("f"));
    assertTrue(String.valueOf(e.getMessage()).startsWith("f: has settings that"), e.getMessage());
  }
}
