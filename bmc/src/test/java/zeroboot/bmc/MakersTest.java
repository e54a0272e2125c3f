package zeroboot.bmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.bmc.link.Session;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;

/** The six makers' controllers, each in its own way, from an empty drive to a booted image. */
class MakersTest {
  @ParameterizedTest
  @EnumSource(Maker.class)
  void deploysToEachMaker(Maker maker) {
    try (Bench bench = new Bench(SimBmc.of(maker), maker)) {
      Drive drive = bench.deploy();
      assertTrue(drive.holds(bench.url()), drive.toString());
      assertEquals(List.of("on", "boot " + bench.url()), bench.happened());
      assertEquals(List.of(bench.url()), List.copyOf(bench.bmc.inserted().values()));
      assertEquals(0, bench.bmc.openSessions(), bench.sessions().toString());
      assertTrue(bench.fetched().stream().anyMatch(each -> each.startsWith("GET ")));
    }
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void ejectsAndSwitchesOff(Maker maker) {
    try (Bench bench = new Bench(SimBmc.of(maker).running(), maker)) {
      bench.deploy();
      assertEquals(
          List.of("off", "on", "boot " + bench.url()),
          bench.happened(),
          bench.bmc.changes()::toString);
      try (Session session = bench.open()) {
        Controller controller = Controller.of(session, Which.ONLY);
        controller.power().switchOff();
        List<Drive> full =
            controller.drives().all().stream().filter(each -> each.holds(bench.url())).toList();
        assertEquals(1, full.size(), controller.drives().all().toString());
        controller.drives().eject(full.get(0));
        assertFalse(controller.power().isOn());
      }
      assertEquals(Map.of(), bench.bmc.inserted());
      assertFalse(bench.bmc.isOn());
      assertEquals(0, bench.bmc.openSessions());
    }
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void saysWhatItIs(Maker maker) {
    try (Bench bench = new Bench(SimBmc.of(maker), maker);
        Session session = bench.open()) {
      Controller.Facts facts = Controller.of(session, Which.ONLY).facts();
      assertEquals("Off", facts.power());
      assertEquals("SIM0001", facts.serial());
      String expected =
          switch (maker) {
            case PLAIN -> "";
            case DELL -> "Dell";
            case HPE -> "HPE";
            case LENOVO -> "Lenovo";
            case SUPERMICRO -> "Supermicro";
            case OPENBMC -> "OpenBMC";
          };
      assertEquals(expected, facts.maker());
    }
  }

  /** The ways differ where they have to, and a body has no more in it than is asked for. */
  @Test
  void asksInTheMakersWay() {
    Map<Maker, String> ways =
        Map.of(
            Maker.PLAIN, "\"TransferProtocolType\":\"HTTP\"",
            Maker.DELL, "ImportSystemConfiguration",
            Maker.HPE, "\"BootSourceOverrideTarget\":\"Cd\"}}",
            Maker.LENOVO, "/VirtualMedia/EXT1 {\"Image\"",
            Maker.SUPERMICRO, "\"BootSourceOverrideTarget\":\"UsbCd\"",
            Maker.OPENBMC, "\"CertificateType\":\"PEM\"");
    ways.forEach(
        (maker, word) -> {
          try (Bench bench = new Bench(SimBmc.of(maker), maker)) {
            bench.deploy();
            List<String> changes = bench.bmc.changes();
            assertTrue(
                changes.stream().anyMatch(each -> each.contains(word)), maker + ": " + changes);
          }
        });
  }
}
