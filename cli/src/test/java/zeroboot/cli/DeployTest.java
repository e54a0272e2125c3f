package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.bmc.link.BmcTrust;
import zeroboot.bmc.link.Login;
import zeroboot.bmc.link.Secret;
import zeroboot.bmc.link.Session;
import zeroboot.bmc.link.SessionLog;
import zeroboot.bmc.link.Times;
import zeroboot.testing.bmc.Fault;
import zeroboot.testing.bmc.HostMachine;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;
import zeroboot.testing.bmc.SimCertificate;

/** {@code zboot deploy} and {@code zboot bmc} against simulated controllers. */
class DeployTest extends DeployCase {
  @ParameterizedTest
  @EnumSource(Maker.class)
  void bootsANodeOfEachMaker(Maker maker) throws IOException {
    SimBmc bmc = start(SimBmc.of(maker).machine(ReportingNode.quick(1)));
    CliRun run = deploy("--json");
    assertEquals(0, run.exitCode(), run.err() + run.text() + bmc.changes());
    assertTrue(run.text().contains("\"step\":\"started\""), run.text());
    assertTrue(run.text().strip().endsWith("}"), run.text());
    assertEquals("on", bmc.happened().get(0));
    assertEquals(2, bmc.happened().size(), bmc.happened().toString());
    assertTrue(bmc.isOn());
    assertEquals(Map.of(), bmc.inserted(), "the image is taken out once it runs");
    assertFalse(hasLog(), "all is done");
  }

  @Test
  void aRunningMachineIsLeftAlone() throws IOException {
    SimBmc runs = start(SimBmc.of(Maker.HPE).running().machine(ReportingNode.quick(1)));
    SimBmc off = start(SimBmc.of(Maker.LENOVO).machine(ReportingNode.quick(2)));
    CliRun run = deploy();
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(run.err().contains("--restart"), run.err());
    assertEquals(List.of(), runs.happened());
    assertEquals(
        List.of(), runs.changes().stream().filter(each -> !each.contains("/Sessions")).toList());
    assertTrue(off.happened().contains("on"), "the others go on");
    CliRun again = deploy("--restart");
    assertEquals(0, again.exitCode(), again.err());
    assertEquals("off", runs.happened().get(0));
    assertEquals(1, off.happened().stream().filter("on"::equals).count(), "it was done already");
  }

  @Test
  void imagesOfOthersStayWhereTheyAre() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.SUPERMICRO).machine(ReportingNode.quick(1)));
    bmc.putByHand("http://192.0.2.9/rescue/disk.iso");
    CliRun run = deploy();
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(run.err().contains("rescue/disk.iso"), run.err());
    assertEquals(Map.of("CD1", "http://192.0.2.9/rescue/disk.iso"), bmc.inserted());
    assertFalse(bmc.isOn());
    assertEquals(0, deploy("--replace").exitCode());
    assertTrue(bmc.isOn());
  }

  /** Names that look like ours: of other nodes, and of files with a date in their names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.0.2.9/iso/rescue-2026112818154500.iso",
        "rescue-2026112818154500.iso",
        "http://192.0.2.50:8080/iso/db-server-0123456789abcdef.iso",
        "http://192.0.2.50:8080/iso/node-11-0123456789abcdef.iso"
      })
  void imagesOfOtherNodesStayWhereTheyAre(String image) throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.HPE).machine(ReportingNode.quick(1)));
    bmc.putByHand(image);
    CliRun run = deploy();
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(bmc.inserted().containsValue(image), bmc.inserted().toString());
    assertFalse(bmc.isOn());
  }

  @Test
  void whatAnAddressHoldsForAnotherServerIsNotShown() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.HPE).machine(ReportingNode.quick(1)));
    bmc.putByHand("https://svc:s3cr3t@nas.example/win.iso");
    CliRun run = deploy("--json");
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(run.err().contains("https://nas.example/win.iso"), run.err());
    assertFalse((run.err() + run.text()).contains("s3cr3t"), run.err() + run.text());
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.DELL).machine(ReportingNode.quick(1)));
    CliRun run = deploy("--dry-run");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.err().contains("VirtualMedia.InsertMedia {\"Image\":\"http://127.0.0.1:"), run.err());
    assertTrue(run.err().contains("ServerBoot.1#BootOnce"), run.err());
    assertTrue(run.err().contains("nothing was changed"), run.err());
    assertEquals(
        List.of(), bmc.changes().stream().filter(each -> !each.contains("/Sessions")).toList());
    assertEquals(List.of(), bmc.happened());
  }

  @Test
  void strangersAreNotToldThePassword() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.DELL).machine(ReportingNode.quick(1)));
    List<String> args = new ArrayList<>(List.of("deploy", profile().toString()));
    args.addAll(quick);
    CliRun run = run(args.toArray(String[]::new));
    assertEquals(5, run.exitCode(), run.err());
    assertTrue(run.err().contains(bmc.fingerprint()), run.err());
    assertEquals(List.of(), bmc.calls());
  }

  @Test
  void aChangedCertificateIsRefused() throws IOException {
    SimBmc first = start(SimBmc.of(Maker.DELL).machine(ReportingNode.quick(1)));
    assertEquals(0, deploy().exitCode());
    String address = first.address();
    first.close();
    SimBmc second =
        start(
            SimBmc.of(Maker.DELL)
                .certificate(SimCertificate.create("other", "ip:127.0.0.1"))
                .at("127.0.0.1", Integer.parseInt(address.replaceFirst(".*:", ""))));
    controllers.remove(first);
    CliRun run = deploy();
    assertEquals(5, run.exitCode(), run.err());
    assertTrue(run.err().contains(second.fingerprint()), run.err());
    assertEquals(List.of(), second.calls());
  }

  /** Named for the node in one line, with what helps; the other node goes on. */
  @ParameterizedTest
  @CsvSource({
    "IMAGE_UNREACHABLE, DELL, 1, RAC0904",
    "NO_LICENCE, HPE, 1, LicenseKeyRequired",
    "RESET_WITHOUT_EFFECT, LENOVO, 1, said yes",
    "OVERRIDE_FORGOTTEN, LENOVO, 6, the boot order was forgotten"
  })
  void eachFaultIsNamed(Fault fault, Maker maker, int exitCode, String words) throws IOException {
    isNamed(fault, maker, exitCode, words);
  }

  /** FaultsTest has each of them at the controller itself. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "INSERT_WITHOUT_EFFECT, PLAIN, 1, reads as empty",
    "NO_PRIVILEGE, OPENBMC, 1, InsufficientPrivilege",
    "NO_SESSION_LEFT, DELL, 1, RAC0218",
    "BROKEN, SUPERMICRO, 1, Internal Server Error"
  })
  void soAreFurtherFaults(Fault fault, Maker maker, int exitCode, String words) throws IOException {
    isNamed(fault, maker, exitCode, words);
  }

  private void isNamed(Fault fault, Maker maker, int exitCode, String words) throws IOException {
    SimBmc bad = start(SimBmc.of(maker).with(fault).machine(ReportingNode.quick(1)));
    SimBmc good = start(SimBmc.of(Maker.HPE).machine(ReportingNode.quick(2)));
    CliRun run = deploy("--timeout", "3s", "--fallback", "none");
    assertEquals(exitCode, run.exitCode(), run.err());
    List<String> lines =
        run.err().lines().filter(line -> line.startsWith("node-1: failed - ")).toList();
    assertEquals(1, lines.size(), run.err());
    assertTrue(lines.get(0).contains(words), lines.get(0));
    assertTrue(lines.get(0).contains("; "), lines.get(0));
    if (fault == Fault.IMAGE_UNREACHABLE) {
      assertTrue(lines.get(0).contains("told http://127.0.0.1:"), lines.get(0));
      assertTrue(lines.get(0).contains("which nobody ever fetched"), lines.get(0));
    }
    assertEquals(Map.of(), inDriveUnlessBooted(bad), "what was not booted does not stay");
    assertTrue(good.isOn(), "the other goes on");
    assertEquals(Map.of(), good.inserted());
    // A second run ends the work, once the trouble is over.
    bad.mend();
    CliRun again = deploy("--restart");
    assertEquals(0, again.exitCode(), again.err());
    assertTrue(bad.isOn());
    assertEquals(1, good.happened().stream().filter("on"::equals).count());
  }

  private static Map<String, String> inDriveUnlessBooted(SimBmc bmc) {
    return bmc.isOn() ? Map.of() : bmc.inserted();
  }

  /** Somebody switches it on while the image is put in. */
  @Test
  void aMachineThatOthersSwitchOnIsNotSwitchedOff() throws IOException {
    SimBmc bmc =
        start(SimBmc.of(Maker.HPE).with(Fault.OTHERS_SWITCH_ON).machine(ReportingNode.quick(1)));
    CliRun run = deploy();
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(run.err().contains("node-1: left alone - somebody switched"), run.err());
    assertEquals(List.of("on by hand"), bmc.happened());
    assertEquals(Map.of(), bmc.inserted());
    List<String> orders =
        bmc.changes().stream().filter(each -> each.contains("BootSourceOverrideEnabled")).toList();
    assertTrue(
        orders.get(orders.size() - 1).contains("Disabled"),
        "its next boot is not ours: " + bmc.changes());
  }

  /** It runs, and the image cannot be taken out: said, and done by the next run. */
  @Test
  void anImageThatStaysInIsNamed() throws IOException {
    SimBmc bmc =
        start(SimBmc.of(Maker.LENOVO).with(Fault.STUCK_DRIVE).machine(ReportingNode.quick(1)));
    CliRun run = deploy();
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.err().contains("it runs, but the image is still in its drive"), run.err());
    assertTrue(run.err().contains("EXT1"), run.err());
    bmc.mend();
    CliRun again = deploy();
    assertEquals(0, again.exitCode(), again.err());
    assertEquals(Map.of(), bmc.inserted());
    assertEquals(1, bmc.happened().stream().filter("on"::equals).count());
  }

  /** All places of a controller are held by a run that crashed. */
  @Test
  void sessionsOfACrashAreEndedBeforeALogin() throws IOException {
    SimBmc bmc =
        start(SimBmc.of(Maker.DELL).with(Fault.NO_LICENCE).machine(ReportingNode.quick(1)));
    CliRun first = deploy("--fallback", "none");
    assertEquals(1, first.exitCode(), first.err());
    bmc.mend();
    List<String> left = new ArrayList<>();
    SessionLog log =
        new SessionLog() {
          @Override
          public void opened(BmcAddress address, String path) {
            left.add("session " + address + " " + path + "\n");
          }

          @Override
          public void ended(BmcAddress address, String path) {}
        };
    for (int i = 0; i < 8; i++) {
      Session.open(
          BmcAddress.parse("test", bmc.address()),
          new Login(SimBmc.USER, new Secret(SimBmc.PASSWORD)),
          Optional.of(bmc.fingerprint()),
          BmcTrust.PINS,
          Times.USUAL,
          log,
          Runnable::run);
    }
    assertEquals(8, bmc.openSessions());
    assertTrue(hasLog(), first.err());
    try (Stream<Path> files = Files.list(folder.resolve("state/zboot/deploy"))) {
      Path file = files.findAny().orElseThrow();
      // The last line is cut off, as a crash does it.
      String text = Files.readString(file) + String.join("", left) + "node node-1 no";
      Files.writeString(file, text);
    }
    CliRun run = deploy();
    assertEquals(0, run.exitCode(), run.err());
    assertFalse(hasLog(), "all is done");
  }

  @Test
  void aNodeWhoseReportNobodyHeardIsNotWaitedForTwice() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.HPE).machine(new ReportingNode(1, 20)));
    assertEquals(6, deploy("--timeout", "1s").exitCode());
    CliRun again = deploy();
    assertEquals(4, again.exitCode(), again.err());
    assertTrue(again.err().contains("--restart"), again.err());
    assertEquals(
        List.of("on"), bmc.happened().stream().filter(each -> !each.startsWith("boot")).toList());
  }

  @Test
  void bootsFromTheNetworkIfNothingElseIsLeft() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.LENOVO).with(Fault.NO_LICENCE));
    for (String way : List.of("none", "http")) {
      CliRun no = deploy("--fallback", way);
      assertEquals(1, no.exitCode(), no.err());
      assertFalse(bmc.isOn());
    }
    CliRun run = deploy();
    assertEquals(6, run.exitCode(), "no node told that it started: " + run.err());
    assertTrue(run.err().contains("once from Pxe, from whoever serves there"), run.err());
    assertTrue(run.err().contains("zboot watch URL"), run.err());
    assertTrue(bmc.isOn());
    CliRun again = deploy();
    assertEquals(4, again.exitCode(), "it runs: " + again.err());
    CliRun enough = deploy("--restart", "--wait", "none");
    assertEquals(0, enough.exitCode(), enough.err());
    assertTrue(enough.text().contains("once from Pxe, from whoever serves there"), enough.text());
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY, DELL",
    "TOKEN_LOST, OPENBMC",
    "CUT_AFTER_INSERT, SUPERMICRO",
    "CUT_AFTER_RESET, LENOVO",
    "IN_POST, HPE"
  })
  void eachOtherFaultIsOvercome(Fault fault, Maker maker) throws IOException {
    isOvercome(fault, maker);
  }

  /** FaultsTest has each of them at the controller itself. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "SLOW, PLAIN",
    "SLOW_EJECT, HPE",
    "ONE_SESSION_LEFT, DELL",
    "CUT_BEFORE_INSERT, DELL",
    "CUT_BEFORE_RESET, HPE",
    "CUT_AFTER_EJECT, HPE",
    "WEAK_TAG_REFUSED, LENOVO"
  })
  void soAreFurtherOnes(Fault fault, Maker maker) throws IOException {
    isOvercome(fault, maker);
  }

  private void isOvercome(Fault fault, Maker maker) throws IOException {
    SimBmc bmc = start(SimBmc.of(maker).with(fault).machine(ReportingNode.quick(1)));
    CliRun run = deploy();
    assertEquals(0, run.exitCode(), run.err() + bmc.changes());
    assertEquals(Map.of(), bmc.inserted());
  }

  /** Nothing is told, or of another image. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anotherImageIsNoProof(boolean tells) throws IOException {
    HostMachine machine = tells ? ReportingNode.ofAnotherImage(1) : new ReportingNode(1, 20);
    SimBmc bmc = start(SimBmc.of(Maker.HPE).machine(machine));
    CliRun run = deploy("--timeout", "2s");
    assertEquals(6, run.exitCode(), run.err());
    assertTrue(run.err().contains("never reported"), run.err());
    assertTrue(run.err().contains("KiB of the image since"), run.err());
    assertEquals(1, bmc.inserted().size(), "nothing is ejected before it runs");
  }

  /** The first report, which names the image, may be lost: the address has it as well. */
  @Test
  void aLostReportDoesNoHarm() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.HPE).machine(new ReportingNode(1, 20, "kernel", "started")));
    CliRun run = deploy();
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(Map.of(), bmc.inserted());
  }

  @Test
  void waitsForLess() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.HPE).machine(new ReportingNode(1, 20, "address")));
    CliRun run = deploy("--wait", "address");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(1, bmc.inserted().size());
    assertEquals(0, deploy("--wait", "none", "--restart").exitCode());
  }

  @Test
  void firmwareThatBootsByHttpIsTheSecondWay() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.HPE).with(Fault.NO_LICENCE));
    CliRun run = deploy("--wait", "none");
    assertEquals(0, run.exitCode(), run.err() + bmc.changes());
    assertTrue(run.text().contains("UefiHttp"), run.text());
    assertTrue(
        bmc.changes().stream().anyMatch(each -> each.contains(".efi")), bmc.changes().toString());
  }

  @Test
  void oneControllerIsLookedAt() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.OPENBMC).machine(ReportingNode.quick(1)));
    String profile = profile().toString();
    CliRun show = run("bmc", "show", "node-1", "--config", profile, "--trust-new", "--json");
    assertEquals(0, show.exitCode(), show.err());
    assertEquals("OpenBMC", show.json().get("maker").getAsString());
    CliRun on = run("bmc", "power", bmc.address(), "on", "--config", profile);
    assertEquals("Power: on\n", on.text(), on.err());
    assertTrue(bmc.isOn());
    bmc.putByHand("http://192.0.2.9/rescue/disk.iso");
    CliRun eject = run("bmc", "eject", "node-1", "--config", profile);
    assertEquals(4, eject.exitCode(), eject.err());
    assertEquals(1, bmc.inserted().size());
    assertEquals(0, run("bmc", "eject", "node-1", "--config", profile, "--replace").exitCode());
    assertEquals(Map.of(), bmc.inserted());
    CliRun off = run("bmc", "power", "node-1", "off", "--config", profile, "--json");
    assertEquals("Off", off.json().get("power").getAsString(), off.err());
  }

  @Test
  void passwordsComeFromTheirPlacesAlone() throws IOException {
    start(SimBmc.of(Maker.DELL).machine(ReportingNode.quick(1)));
    Path profile = profile();
    Files.writeString(
        profile, Files.readString(profile).replace("  password-file: password\n", ""));
    List<String> args = new ArrayList<>(List.of("deploy", profile.toString(), "--trust-new"));
    args.addAll(quick);
    CliRun none = run(args.toArray(String[]::new));
    assertEquals(2, none.exitCode(), none.err());
    assertTrue(none.err().contains("ZBOOT_BMC_PASSWORD"), none.err());
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("ZBOOT_BMC_PASSWORD", SimBmc.PASSWORD);
    CliRun run = CliRun.with(environment, args.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    Files.writeString(profile, "farm-id: 1\nbmc: {user: a, password: tr0ub4dor}\nnodes: []\n");
    CliRun clear = CliRun.of("config", "show", "--config", profile.toString());
    assertEquals(3, clear.exitCode());
    assertFalse(clear.err().contains("tr0ub4dor"), clear.err());
    Files.delete(profile);
    Files.setPosixFilePermissions(
        folder.resolve("password"), PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(3, deploy().exitCode(), "a password that all may read");
  }
}
