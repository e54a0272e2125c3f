package zeroboot.bmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Session;
import zeroboot.testing.bmc.Fault;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;

/** Another machine behind the same service, with something in its drive. */
class NeighboursTest {
  private static final String NEIGHBOUR = "/Managers/Other";

  private static String id(Bench bench, String collection) {
    try (Session session = bench.open()) {
      return Controller.members(session, collection).stream()
          .map(Controller::idOf)
          .filter(id -> !id.equals("Other"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Although everything that is found may go. */
  private static void insert(Bench bench, Which which) {
    try (Session session = bench.open()) {
      Controller controller = Controller.of(session, which);
      assertTrue(
          controller.drives().all().stream().noneMatch(each -> each.path().contains(NEIGHBOUR)));
      Drive drive = controller.drives().insert(bench.url(), bench.pem(), name -> true);
      assertTrue(drive.holds(bench.url()));
      controller.drives().eject(drive);
    }
    List<String> changes = bench.bmc.changes();
    assertTrue(changes.stream().noneMatch(each -> each.contains(NEIGHBOUR)), changes.toString());
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void drivesOfOthersAreLeftAlone(Maker maker) {
    try (Bench bench = new Bench(SimBmc.of(maker).with(Fault.TWO_SYSTEMS), maker)) {
      insert(bench, Which.system(id(bench, "Systems")));
    }
  }

  /** Where the service does not say which are whose, the owner has to. */
  @ParameterizedTest
  @EnumSource(Maker.class)
  void ofUnlinkedManagersOneHasToBeMeant(Maker maker) {
    try (Bench bench =
        new Bench(SimBmc.of(maker).with(Fault.TWO_SYSTEMS, Fault.UNLINKED_MANAGERS), maker)) {
      String system = id(bench, "Systems");
      String manager = id(bench, "Managers");
      boolean hasOwn;
      try (Session session = bench.open()) {
        hasOwn =
            Controller.members(session, "Systems").stream()
                .anyMatch(path -> session.get(path).json().has("VirtualMedia"));
        if (!hasOwn) {
          BmcException thrown =
              assertThrows(BmcException.class, () -> Controller.of(session, Which.system(system)));
          String said = String.valueOf(thrown.getMessage());
          assertTrue(said.contains("manager: in the profile"), said);
          assertTrue(said.contains("[Other, " + manager + "]"), said);
        }
        BmcException none =
            assertThrows(
                BmcException.class,
                () -> Controller.of(session, new Which(Optional.of(system), Optional.of("X"))));
        assertTrue(String.valueOf(none.getMessage()).contains("no manager 'X'"));
      }
      insert(bench, new Which(Optional.of(system), Optional.of(manager)));
      if (hasOwn) {
        insert(bench, Which.system(system));
      }
      assertFalse(bench.bmc.isOn());
      assertEquals(0, bench.bmc.openSessions());
    }
  }
}
