package zeroboot.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.core.IpxeCore;
import zeroboot.core.KnownCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.plan.SizeCap;
import zeroboot.image.read.ByteSource;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootSpec;
import zeroboot.spec.MacAddress;
import zeroboot.spec.NodeName;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;
import zeroboot.testing.SecondCore;

/** A rack of 400 nodes with addresses of their own goes round on one medium. */
class LargeRackTest {
  private static final int NODES = 400;
  private static final IpxeCore CORE = Media.CORE;

  static Stream<Form> rounds() {
    return Forms.ALL.stream().filter(form -> form.start().isDisk());
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void fitsAndIsReadBack(Form form) {
    Rack rack = rack(NODES);
    byte[] image = new ImageMaker(CORE).make(form, rack, BootScripts.render(rack, CORE)).bytes();
    assertTrue(image.length < SizeCap.BYTES, "bytes: " + image.length);
    Verdict verdict = Judge.of(ByteSource.of("rack", image), List.of(CORE));
    assertEquals(List.of(), verdict.failures());
    assertEquals(rack, verdict.facts().rack().orElseThrow());
    String record = text(image, "{\n  \"zboot\"", "\n}\n");
    assertTrue(record.contains("\"nodeCount\": " + NODES), record);
    assertFalse(record.contains("00:00:5e"), record);
  }

  /** What remote management loads again and again, and what stands on a boot partition. */
  @ParameterizedTest
  @CsvSource({"iso,815000", "usb,782000", "efi,406000"})
  void formForOneNodeIsSmall(String name, int most) {
    Rack rack = Rack.of(BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "4242")));
    Form form =
        Forms.ALL.stream().filter(one -> one.shown().equals(name)).findFirst().orElseThrow();
    int bytes =
        new ImageMaker(CORE).make(form, rack, BootScripts.render(rack, CORE)).bytes().length;
    assertTrue(bytes <= most, name + ", bytes: " + bytes);
  }

  /** The newer core is larger by 50 kB, and an ISO is the largest form. */
  @Test
  void rackFitsWithTheSecondCore() {
    IpxeCore core = KnownCore.newest().read(SecondCore.require());
    Rack rack = rack(NODES);
    byte[] image =
        new ImageMaker(core).make(Forms.ISO, rack, BootScripts.render(rack, core)).bytes();
    assertTrue(image.length < SizeCap.BYTES, "bytes: " + image.length);
  }

  @Test
  void whatDoesNotFitIsToldTheOtherWays() {
    Rack rack = rack(3 * NODES);
    ZbootException refused =
        assertThrows(
            ZbootException.class,
            () -> new ImageMaker(CORE).make(Forms.USB, rack, BootScripts.render(rack, CORE)));
    for (String way : List.of("zboot batch", "--firmware", "--provision-url")) {
      assertTrue(refused.toString().contains(way), refused.toString());
    }
  }

  private static String text(byte[] image, String from, String to) {
    String all = new String(image, StandardCharsets.ISO_8859_1);
    int at = all.indexOf(from);
    return all.substring(at, all.indexOf(to, at));
  }

  private static Rack rack(int count) {
    Settings farm = Settings.NONE.with(Setting.FARM_ID, "4242");
    List<RackNode> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int net = i / 200;
      int host = i % 200 + 10;
      Settings own =
          farm.with(Setting.ADDRESS, "198.51." + (100 + net) + "." + host + "/24")
              .with(Setting.GATEWAY, "198.51." + (100 + net) + ".1");
      nodes.add(
          new RackNode(
              MacAddress.parse(String.format(Locale.ROOT, "00:00:5e:00:%02x:%02x", net, host)),
              new BootSpec(
                  own,
                  Optional.of(
                      new NodeName(
                          String.format(Locale.ROOT, "rack%02d-node%02d", i / 42, i % 42))))));
    }
    return new Rack(BootSpec.of(farm), nodes);
  }
}
