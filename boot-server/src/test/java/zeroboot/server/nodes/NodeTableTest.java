package zeroboot.server.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import zeroboot.spec.MacAddress;

class NodeTableTest {
  private static final MacAddress MAC = new MacAddress("52:54:00:77:00:10");
  private static final String FILE = "zboot.efi";

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<String> events = new ArrayList<>();
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final NodeTable table =
      new NodeTable(clock, mac -> Optional.empty(), event -> events.add(event.event()));

  private void asks(boolean uefi, boolean ipxe) {
    table.asked(MAC, "UEFI", uefi, ipxe, false, Optional.empty(), 67);
    table.offered(MAC, FILE);
  }

  private void chooses() {
    table.chose(MAC, false, Optional.of("192.0.2.1"), Optional.of("192.0.2.100"));
  }

  private void pass(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
  }

  private Node node() {
    assertEquals(1, table.nodes().size());
    return table.nodes().get(0);
  }

  private void assertWhy(String words) {
    assertTrue(node().why().orElse("").contains(words), node().toString());
  }

  private void report(String step, String... more) {
    Map<String, String> fields =
        more.length == 0
            ? Map.of("mac", MAC.value(), "step", step)
            : Map.of("mac", MAC.value(), "step", step, more[0], more[1]);
    table.reported(Report.of(fields).orElseThrow(), "192.0.2.101");
  }

  @Test
  void aBootFromFirstPacketToKernel() {
    asks(true, false);
    chooses();
    table.fetches(MAC, FILE, "192.0.2.100");
    table.brokeOff(MAC, FILE, 8);
    table.fetches(MAC, FILE, "192.0.2.100");
    table.fetched(MAC, FILE);
    assertEquals(NodeStep.FETCHED, node().step());
    table.asked(MAC, "UEFI", true, true, true, Optional.of("1af4:1000"), 67);
    assertEquals(NodeStep.LOADER, node().step());
    table.chose(MAC, true, Optional.of("192.0.2.1"), Optional.of("192.0.2.101"));
    assertEquals(NodeStep.ADDRESS, node().step());
    assertEquals(Optional.of(MAC), table.at("192.0.2.101"));
    table.kernel(MAC, "k", false, Optional.empty());
    table.kernel(MAC, "k", true, Optional.of("kept since yesterday"));
    report("started");
    Node node = node();
    assertEquals(NodeStep.STARTED, node.step());
    assertEquals(Optional.of("1af4:1000"), node.card());
    assertEquals(1, node.boots());
    assertEquals(
        List.of(
            "asked",
            "offered",
            "chose",
            "fetch",
            "broke-off",
            "fetch",
            "fetched",
            "loader",
            "chose",
            "kernel",
            "kernel-fetched",
            "report"),
        events);
    asks(true, false);
    assertEquals(2, node().boots());
    assertEquals(NodeStep.OFFERED, node().step());
  }

  private static final MacAddress OTHER = new MacAddress("52:54:00:77:00:11");

  private void reports(MacAddress mac, String ip, String from) {
    Map<String, String> fields = Map.of("mac", mac.value(), "step", "address", "ip", ip);
    table.reported(Report.of(fields).orElseThrow(), from);
  }

  @Test
  void anAddressIsWhoseItWasHeardToBe() {
    reports(OTHER, "192.0.2.100", "192.0.2.200");
    assertEquals(Optional.empty(), table.at("192.0.2.100"));
    assertEquals(Optional.empty(), table.shownAt("192.0.2.100"), "it was not told from there");
    assertEquals(Optional.empty(), table.at("192.0.2.200"), "a report decides nothing");
    assertEquals(Optional.of(OTHER), table.shownAt("192.0.2.200"));
    chooses();
    reports(OTHER, "192.0.2.100", "192.0.2.100");
    table.fetches(OTHER, FILE, "192.0.2.100");
    assertEquals(Optional.of(MAC), table.at("192.0.2.100"), "DHCP gave it to that one");
    assertEquals(Optional.of(MAC), table.shownAt("192.0.2.100"));
    table.chose(OTHER, false, Optional.empty(), Optional.of("192.0.2.100"));
    assertEquals(Optional.of(OTHER), table.at("192.0.2.100"), "and now to this one");
    table.chose(OTHER, false, Optional.empty(), Optional.of("192.0.2.102"));
    assertEquals(Optional.empty(), table.at("192.0.2.100"));
  }

  @Test
  void anAddressThatSeveralNodesShareIsNobodys() {
    String router = "192.0.2.50";
    table.fetches(MAC, FILE, router);
    assertEquals(Optional.of(MAC), table.at(router));
    table.fetches(OTHER, FILE, router);
    assertEquals(Optional.empty(), table.at(router));
    pass(700);
    table.fetches(OTHER, FILE, router);
    assertEquals(Optional.of(OTHER), table.at(router), "the first one is long gone");
    String other = "192.0.2.51";
    reports(MAC, "10.0.0.1", other);
    assertEquals(Optional.of(MAC), table.shownAt(other));
    reports(OTHER, "10.0.0.2", other);
    assertEquals(Optional.empty(), table.shownAt(other));
  }

  @Test
  void errorsStandUntilTheNodeStarts() {
    report("failed", "error", "2d126001");
    assertEquals(Optional.of("2d126001"), node().error());
    report("kernel");
    assertEquals(Optional.of("2d126001"), node().error());
    report("started");
    assertEquals(Optional.empty(), node().error());
  }

  @Test
  void withoutADhcpServer() {
    asks(true, false);
    pass(4);
    assertEquals(Optional.empty(), node().why());
    asks(true, false);
    pass(8);
    asks(true, false);
    assertWhy("no DHCP server gives it an address");
  }

  @Test
  void withARouterThatWins() {
    asks(true, false);
    chooses();
    pass(20);
    assertEquals(Optional.empty(), node().why(), "an old iPXE waits as long");
    pass(10);
    assertWhy("192.0.2.1 and never asked here: that server sends option 60");
    table.asked(MAC, "BIOS, iPXE", false, true, false, Optional.empty(), 67);
    chooses();
    pass(30);
    assertWhy("boot file from 192.0.2.1: take the boot file out");
  }

  @Test
  void withAFirewall() {
    asks(true, false);
    chooses();
    for (int i = 0; i < 4; i++) {
      table.asked(MAC, "UEFI", true, false, false, Optional.empty(), 4011);
    }
    assertWhy("firewall on UDP port 4011");
    for (int i = 0; i < 3; i++) {
      table.fetches(MAC, FILE, "192.0.2.100");
    }
    assertWhy("what comes back from higher ports");
  }

  @Test
  void withAFileThatIsNotStarted() {
    asks(true, false);
    table.fetches(MAC, FILE, "192.0.2.100");
    table.brokeOff(MAC, FILE, 8);
    pass(16);
    assertWhy("asked for the size of its file");
    table.fetches(MAC, FILE, "192.0.2.100");
    table.fetched(MAC, FILE);
    pass(61);
    assertWhy("Secure Boot is on");
    assertWhy("stays at \"initialising devices\"");
  }

  @Test
  void withALoaderThatGetsNoFurther() {
    String words = "its loader runs, and nothing more is heard: its screen says what it waits for";
    isHeardOf();
    pass(170);
    assertEquals(Optional.empty(), node().why(), "an old iPXE tries several cards");
    pass(20);
    assertWhy(words);
    table.chose(MAC, true, Optional.empty(), Optional.of("192.0.2.101"));
    assertEquals(NodeStep.ADDRESS, node().step());
    assertEquals(Optional.empty(), node().why());
    pass(190);
    assertWhy(words);
  }

  @Test
  void withADownloadThatStandsStill() {
    table.kernel(MAC, "k", false, Optional.empty());
    pass(170);
    table.goesOn(MAC);
    pass(170);
    assertEquals(Optional.empty(), node().why(), "slow is not silent");
    pass(20);
    assertWhy("it fetches the kernel, and nothing was heard for three minutes");
    assertWhy("cable, switch");
    report("script");
    assertEquals(Optional.empty(), node().why());
    pass(190);
    assertWhy("it fetches its script, and nothing was heard");
  }

  @Test
  void withAKernelThatIsNotStarted() {
    report("kernel");
    table.kernel(MAC, "k", true, Optional.empty());
    pass(50);
    assertEquals(Optional.empty(), node().why());
    pass(20);
    assertWhy("it has the kernel and did not say that it starts it: Secure Boot");
    report("started");
    pass(10_000);
    assertEquals(Optional.empty(), node().why());
  }

  @Test
  void whoNeverReportsIsSilentBehindTheKernel() {
    asks(true, false);
    report("address");
    asks(true, false); // it reported to another server, or by another image
    pass(200);
    asks(true, false);
    table.kernel(MAC, "k", false, Optional.empty());
    table.kernel(MAC, "k", true, Optional.empty());
    pass(10_000);
    assertEquals(Optional.empty(), node().why());
    report("script-fetched");
    pass(10_000);
    assertEquals(Optional.empty(), node().why(), "that script tells nobody anything");
  }

  /** Comes with all of the loader to the point where that should be heard of. */
  private void takesItsFile(boolean uefi) {
    asks(uefi, false);
    chooses();
    table.fetches(MAC, FILE, "192.0.2.100");
    table.fetched(MAC, FILE);
    pass(90);
  }

  private void isHeardOf() {
    table.asked(MAC, "UEFI", true, true, true, Optional.empty(), 67);
  }

  /** Which file it is offered when it is switched on, and again while it is still on its way. */
  private boolean takesChained() {
    asks(true, false);
    boolean takes = table.takesChained(MAC);
    table.asked(MAC, "UEFI", true, false, false, Optional.empty(), 4011);
    assertEquals(takes, table.takesChained(MAC));
    return takes;
  }

  @Test
  void aLoaderThatWasNotHeardOfTwiceGivesWayToTheOther() {
    assertFalse(table.takesChained(MAC));
    takesItsFile(true);
    assertFalse(takesChained(), "once may be an accident");
    takesItsFile(true);
    assertTrue(takesChained());
    takesItsFile(true);
    isHeardOf();
    for (int boot = 0; boot < 3; boot++) {
      assertTrue(takesChained(), "it is the right one");
      takesItsFile(true);
      isHeardOf();
    }
  }

  @Test
  void theOtherLoaderGivesWayLikewise() {
    for (int boot = 0; boot < 4; boot++) {
      takesItsFile(true);
    }
    assertFalse(takesChained());
    takesItsFile(true);
    isHeardOf();
    takesItsFile(true);
    assertFalse(takesChained(), "one that was not heard of, behind one that was");
    takesItsFile(true);
    assertTrue(takesChained());
  }

  @Test
  void nobodyElseGetsTheOtherLoader() {
    for (int boot = 0; boot < 5; boot++) {
      takesItsFile(false);
      assertFalse(table.takesChained(MAC), "a BIOS has no driver for it");
    }
    MacAddress other = new MacAddress("52:54:00:77:00:11");
    for (int boot = 0; boot < 5; boot++) {
      table.asked(other, "UEFI", true, false, false, Optional.empty(), 67);
      table.fetches(other, FILE, "192.0.2.101");
      table.lost(other, FILE); // what it never had whole is not to blame
      pass(200);
      assertFalse(table.takesChained(other));
    }
  }

  @Test
  void theLineSaysWhichLoaderItGets() {
    asks(true, false);
    assertEquals(Optional.empty(), node().note());
    table.offered(MAC, "52-54-00-77-00-10/zboot-snp.efi");
    assertTrue(node().note().orElse("").contains("zboot-snp.efi"), node().toString());
  }

  @Test
  void moreAddressesThanAnyFarmHasAreForgotten() {
    for (int i = 0; i < 20_000; i++) {
      MacAddress mac = new MacAddress(String.format("02:00:00:00:%02x:%02x", i >> 8, i & 255));
      table.chose(mac, false, Optional.empty(), Optional.of("10.0." + (i >> 8) + "." + (i & 255)));
    }
    assertEquals(4096, table.nodes().size());
    assertEquals(Optional.empty(), table.at("10.0.0.0"));
  }

  @Test
  void floodOfReportsPushesNobodyOutWhoBoots() {
    asks(true, false);
    for (int i = 0; i < 20_000; i++) {
      String mac = String.format("02:00:00:00:%02x:%02x", i >> 8, i & 255);
      String address = "10.0." + (i >> 8) + "." + (i & 255);
      table.reported(
          Report.of(Map.of("mac", mac, "step", "started", "ip", address)).orElseThrow(), address);
    }
    assertEquals(4096, table.nodes().size());
    assertTrue(table.nodes().stream().anyMatch(node -> node.mac().equals(MAC)));
    assertEquals(Optional.empty(), table.at("10.0.0.0"));
  }
}
