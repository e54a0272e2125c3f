package zeroboot.bmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Session;
import zeroboot.testing.bmc.Fault;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;

/** What goes wrong at controllers is overcome, or named in one line. */
class FaultsTest {
  /** Overcome at every maker, with no session left. */
  @ParameterizedTest
  @CsvSource({
    "SLOW, PLAIN",
    "BUSY, DELL",
    "BUSY, LENOVO",
    "SLOW_EJECT, HPE",
    "ONE_SESSION_LEFT, DELL",
    "TOKEN_LOST, DELL",
    "TOKEN_LOST, OPENBMC",
    "CUT_AFTER_INSERT, PLAIN",
    "CUT_AFTER_INSERT, DELL",
    "CUT_AFTER_INSERT, HPE",
    "CUT_AFTER_INSERT, LENOVO",
    "CUT_AFTER_INSERT, SUPERMICRO",
    "CUT_AFTER_INSERT, OPENBMC",
    "CUT_BEFORE_INSERT, PLAIN",
    "CUT_BEFORE_INSERT, SUPERMICRO",
    "CUT_BEFORE_RESET, DELL",
    "CUT_AFTER_RESET, HPE",
    "CUT_AFTER_RESET, SUPERMICRO",
    "IN_POST, HPE",
    "BOOT_SET_APART, PLAIN",
    "BOOT_SET_APART, LENOVO",
    "BOOT_SET_APART_SILENTLY, HPE",
    "BOOT_SET_APART_SILENTLY, SUPERMICRO",
    "WEAK_TAG_REFUSED, LENOVO",
    "WEAK_TAG_REFUSED, SUPERMICRO"
  })
  void isOvercome(Fault fault, Maker maker) {
    try (Bench bench = new Bench(SimBmc.of(maker).with(fault), maker)) {
      bench.deploy();
      assertEquals(List.of("on", "boot " + bench.url()), bench.happened());
      assertEquals(0, bench.bmc.openSessions());
    }
  }

  /** Named with the controller's own message, and nothing is left behind. */
  @ParameterizedTest
  @CsvSource({
    "INSERT_WITHOUT_EFFECT, PLAIN, reads as empty",
    "INSERT_WITHOUT_EFFECT, SUPERMICRO, reads as empty",
    "IMAGE_UNREACHABLE, DELL, RAC0904",
    "IMAGE_UNREACHABLE, HPE, UnsupportedVirtualMediaURL",
    "IMAGE_UNREACHABLE, SUPERMICRO, reads as empty",
    "NO_LICENCE, HPE, LicenseKeyRequired",
    "NO_LICENCE, LENOVO, LicenseRequired",
    "NO_LICENCE, SUPERMICRO, OemLicenseNotPassed",
    "NO_PRIVILEGE, OPENBMC, InsufficientPrivilege",
    "NO_SESSION_LEFT, DELL, RAC0218",
    "RESET_WITHOUT_EFFECT, PLAIN, said yes",
    "BROKEN, PLAIN, Internal Server Error",
    "SENDS_ELSEWHERE, DELL, which is not the controller",
    "SENDS_ELSEWHERE, PLAIN, which is not the controller",
    "STALE_IMAGE, PLAIN, old.iso"
  })
  void isNamed(Fault fault, Maker maker, String words) {
    try (Bench bench = new Bench(SimBmc.of(maker).with(fault), maker)) {
      BmcException thrown =
          assertThrows(
              BmcException.class,
              () -> {
                try (Session session = bench.open()) {
                  Controller controller = Controller.of(session, Which.ONLY);
                  Drive drive = controller.drives().insert(bench.url(), bench.pem(), name -> false);
                  controller.bootOrder().fromDrive(drive);
                  controller.power().cycle();
                }
              });
      String said = String.valueOf(thrown.getMessage());
      assertTrue(said.contains(words), said);
      assertFalse(said.contains("\n"), said);
      assertTrue(said.contains("; "), said);
      assertEquals(0, bench.bmc.openSessions());
      if (fault == Fault.STALE_IMAGE) {
        assertEquals(BmcException.Kind.OCCUPIED, thrown.kind());
        assertEquals(
            List.of("http://192.0.2.77/iso/old.iso"), List.copyOf(bench.bmc.inserted().values()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void oldImagesOfOursAreThrownOutFirst(Maker maker) {
    try (Bench bench = new Bench(SimBmc.of(maker).with(Fault.STALE_IMAGE), maker)) {
      bench.deploy(); // which says that everything under /iso/ is ours
      assertEquals(List.of("on", "boot " + bench.url()), bench.happened());
      assertEquals(List.of(bench.url()), List.copyOf(bench.bmc.inserted().values()));
    }
  }

  @Test
  void anEjectThatIsCutOffIsLookedAt() {
    for (Maker maker : Maker.values()) {
      try (Bench bench =
          new Bench(SimBmc.of(maker).with(Fault.STALE_IMAGE, Fault.CUT_AFTER_EJECT), maker)) {
        bench.deploy();
        assertEquals(List.of("on", "boot " + bench.url()), bench.happened());
      }
    }
  }

  @Test
  void aDriveThatKeepsItsImageIsNamed() {
    try (Bench bench =
        new Bench(
            SimBmc.of(Maker.SUPERMICRO).with(Fault.STALE_IMAGE, Fault.STUCK_DRIVE),
            Maker.SUPERMICRO)) {
      BmcException thrown = assertThrows(BmcException.class, bench::deploy);
      assertTrue(
          String.valueOf(thrown.getMessage()).contains("cannot be taken out"), thrown::toString);
    }
  }

  /** Wherever it was set. */
  @ParameterizedTest
  @CsvSource({"SLOW, PLAIN", "BOOT_SET_APART, PLAIN", "BOOT_SET_APART_SILENTLY, LENOVO"})
  void aBootIsTakenBack(Fault fault, Maker maker) {
    try (Bench bench = new Bench(SimBmc.of(maker).with(fault), maker)) {
      try (Session session = bench.open()) {
        Controller controller = Controller.of(session, Which.ONLY);
        Drive drive = controller.drives().insert(bench.url(), bench.pem(), name -> false);
        controller.bootOrder().fromDrive(drive);
        controller.bootOrder().forget();
        controller.power().switchOn();
      }
      assertEquals(List.of("on", "boot elsewhere"), bench.happened());
    }
  }

  @Test
  void aForgottenOverrideIsNotSeenHere() {
    // All reads back; only the node's own report tells that another image runs.
    try (Bench bench =
        new Bench(SimBmc.of(Maker.LENOVO).with(Fault.OVERRIDE_FORGOTTEN), Maker.LENOVO)) {
      bench.deploy();
      assertEquals(List.of("on", "boot elsewhere"), bench.happened());
    }
  }

  /** With two media nobody knows which one boots. */
  @Test
  void nothingIsPutBesideWhatOthersPutIn() {
    try (Bench bench = new Bench(SimBmc.of(Maker.DELL), Maker.DELL)) {
      bench.bmc.putByHand("2", "http://192.0.2.9/rescue/disk.iso");
      BmcException thrown = assertThrows(BmcException.class, bench::deploy);
      assertEquals(BmcException.Kind.OCCUPIED, thrown.kind());
      assertEquals(Map.of("2", "http://192.0.2.9/rescue/disk.iso"), bench.bmc.inserted());
    }
  }

  @Test
  void ofSeveralSystemsOneHasToBeMeant() {
    try (Bench bench = new Bench(SimBmc.of(Maker.DELL).with(Fault.TWO_SYSTEMS), Maker.DELL);
        Session session = bench.open()) {
      for (Which wanted : List.of(Which.ONLY, Which.system("Third"))) {
        BmcException thrown =
            assertThrows(BmcException.class, () -> Controller.of(session, wanted));
        String said = String.valueOf(thrown.getMessage());
        assertTrue(said.contains("[Other, System.Embedded.1]"), said);
      }
      assertEquals(
          "System.Embedded.1",
          Controller.of(session, Which.system("System.Embedded.1")).facts().systemId());
    }
  }

  /** Firmware is known that shows an image of the standard's examples as if it were there. */
  @Test
  void aSampleIsNoImage() {
    for (Maker each : List.of(Maker.SUPERMICRO, Maker.PLAIN)) {
      JsonObject json =
          JsonParser.parseString(
                  "{'Id':'1','Inserted':true,'ConnectedVia':'Applet',"
                      + "'Image':'redfish.dmtf.org/freeImages/mymedia-read-only.iso'}")
              .getAsJsonObject();
      zeroboot.bmc.Maker maker =
          each == Maker.PLAIN ? zeroboot.bmc.Maker.OTHER : zeroboot.bmc.Maker.SUPERMICRO;
      assertFalse(Drive.of(new Resource("/1", json, Optional.empty()), maker).inserted());
      json.addProperty("ConnectedVia", "URI");
      assertTrue(Drive.of(new Resource("/1", json, Optional.empty()), maker).inserted());
    }
  }

  @Test
  void anImageOfAnotherPathIsNotThrownOut() {
    try (Bench bench = new Bench(SimBmc.of(Maker.SUPERMICRO), Maker.SUPERMICRO)) {
      bench.bmc.putByHand("http://192.0.2.9/rescue/disk.iso");
      assertThrows(BmcException.class, bench::deploy);
      assertEquals(Map.of("CD1", "http://192.0.2.9/rescue/disk.iso"), bench.bmc.inserted());
      assertFalse(bench.bmc.isOn());
    }
  }
}
