package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import zeroboot.cli.console.Terminal;
import zeroboot.cli.serve.KernelChecks;
import zeroboot.cli.serve.ProfileWatch;
import zeroboot.cli.serve.ServeFiles;
import zeroboot.cli.serve.ServeRacks;
import zeroboot.cli.serve.ServeScreen;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.ImageMaker;
import zeroboot.profile.Profile;
import zeroboot.server.RouterLines;
import zeroboot.server.files.BootFiles;
import zeroboot.server.net.LocalInterface;
import zeroboot.server.nodes.Node;
import zeroboot.server.nodes.NodeStep;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;
import zeroboot.testing.ForeignTool;

/** {@code zboot serve}, as far as no network is needed. */
class ServeTest {
  private static final Ipv4Address US = Ipv4Address.parse("server", "192.0.2.3");
  private static final LocalInterface ETH0 =
      new LocalInterface("eth0", 2, US, 24, Optional.empty(), true);

  @TempDir private Path folder;

  /** A command that ends so, says this and has no result. */
  static CliRun refused(int exitCode, String words, String... args) {
    CliRun run = CliRun.of(args);
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().contains(words), run.err());
    assertEquals(0, run.out().length, run.err());
    return run;
  }

  @Test
  void badOptionsAreRefusedBeforeAnyPortIsOpened() {
    refused(1, "--interface none0: is not up", "serve", "--farm-id", "1", "--interface", "none0");
    refused(
        1,
        "no interface of this machine is up",
        "serve",
        "--farm-id",
        "1",
        "--address",
        "203.0.113.9");
    refused(3, "is not an IPv4 address", "serve", "--farm-id", "1", "--address", "nonsense");
    refused(2, "is not a port", "serve", "--http-only", "--farm-id", "1", "--http-port", "70000");
    refused(
        3, "is not a MAC address", "serve", "--http-only", "--farm-id", "1", "--mac-allow", "x");
    refused(2, "the farm ID is missing", "serve", "--http-only");
  }

  @Test
  void linesForRoutersAreTakenByTheirServers() throws IOException {
    String text = RouterLines.of(US, 8080);
    assertTrue(text.contains("http://192.0.2.3:8080/zboot.efi"), text);
    assertFalse(text.contains("@{"), text);
    Path dnsmasq = Files.writeString(folder.resolve("dnsmasq.conf"), section(text, "dnsmasq"));
    ForeignTool.require("dnsmasq").run("--test", "--conf-file=" + dnsmasq).ok();
    String kea = "{ \"Dhcp4\": {\n" + section(text, "Kea") + "\n} }\n";
    Path config = Files.writeString(folder.resolve("kea.conf"), kea);
    ForeignTool.require("kea-dhcp4").run("-t", config.toString()).ok();
    for (String name : List.of("pfSense", "OPNsense", "UniFi", "MikroTik")) {
      assertTrue(section(text, name).contains("192.0.2.3"), name);
    }
  }

  private static String section(String text, String name) {
    int start = text.indexOf("\n", text.indexOf("\n== " + name) + 1);
    int end = text.indexOf("\n== ", start);
    return text.substring(start + 1, end < 0 ? text.length() : end);
  }

  private Path profile(int nodes, String kernelArgument) throws IOException {
    StringBuilder yaml = new StringBuilder("farm-id: 4242\nnodes:\n");
    for (int i = 0; i < nodes; i++) {
      String mac = String.format(Locale.ROOT, "02:00:00:00:%02x:%02x", i >> 8, i & 255);
      yaml.append("- name: n").append(i).append("\n  mac: ").append(mac);
      yaml.append("\n  kernel-arg: [").append(kernelArgument).append('=').append(i).append("]\n");
    }
    Path file = Files.writeString(folder.resolve("farm.yaml"), yaml);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(nodes)));
  }

  private static KernelChecks checks(SettingsOptions options, Profile profile) {
    return KernelChecks.of(options, profile, false, Clock.systemUTC());
  }

  private static String script(ServeFiles files, int node) {
    String mac = String.format(Locale.ROOT, "02:00:00:00:%02x:%02x", node >> 8, node & 255);
    byte[] bytes = files.file(BootFiles.Kind.SCRIPT, Optional.of(new MacAddress(mac)), US).bytes();
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Test
  void fourHundredNodesEachTheirOwnAndEditedWhileServed() throws IOException {
    Path file = profile(400, "first");
    SettingsOptions options = new SettingsOptions();
    // The options are filled in as the command line fills them.
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();
    spec.addMixin("settings", CommandLine.Model.CommandSpec.forAnnotatedObject(options));
    options.addTo(spec);
    new CommandLine(spec).parseArgs("--config", file.toString());
    IpxeCore core = BundledCore.load();
    ServeFiles files =
        new ServeFiles(
            ServeFiles.alike(
                core, new ImageMaker(core), new ServeRacks(List.of(ETH0), 80, Optional.empty())),
            options.toRack(),
            checks(options, options.profile()));
    List<String> log = new ArrayList<>();
    ProfileWatch watch =
        new ProfileWatch(options, files, rack -> {}, profile -> checks(options, profile), log::add);
    for (int i : new int[] {0, 7, 255, 256, 399}) {
      assertTrue(script(files, i).contains("first=" + i), "node " + i);
      MacAddress mac =
          new MacAddress(String.format(Locale.ROOT, "02:00:00:00:%02x:%02x", i >> 8, i & 255));
      byte[] efi = files.file(BootFiles.Kind.EFI, Optional.of(mac), US).bytes();
      assertTrue(efi.length < 1_000_000);
      assertEquals(Optional.of("n" + i), files.name(mac));
    }
    assertEquals(400, files.listed());
    watch.look();
    assertEquals(List.of(), log);
    profile(401, "second");
    watch.look();
    assertTrue(script(files, 400).contains("second=400"), log.toString());
    Files.writeString(file, "farm-id: 0\n");
    watch.look();
    assertTrue(script(files, 399).contains("second=399"), "an unacceptable one changes nothing");
    assertEquals(2, log.size(), log.toString());
    assertTrue(log.get(1).startsWith("Warning: The settings stay as they were."), log.get(1));
    Files.delete(file);
    watch.look();
    assertTrue(script(files, 399).contains("second=399"));
  }

  @Test
  void tableKeepsToTheScreen() {
    Instant now = Instant.parse("2026-01-01T00:10:00Z");
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      nodes.add(
          new Node(
              new MacAddress(String.format(Locale.ROOT, "02:00:00:00:00:%02x", i)),
              Optional.of("n" + i),
              "UEFI",
              i == 0 ? NodeStep.STARTED : NodeStep.OFFERED,
              now.minusSeconds(65),
              now,
              Optional.of("192.0.2." + (100 + i)),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              i == 39 ? Optional.of("it is silent ".repeat(20)) : Optional.empty(),
              Optional.empty(),
              1));
    }
    List<String> lines = ServeScreen.Table.lines(nodes, now, 80, 24);
    assertTrue(lines.size() <= 22, lines.size() + " lines");
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines.toString());
    assertEquals(
        "n39 02:00:00:00:00:27  UEFI  was offered its file        1 min  192.0.2.139",
        lines.get(0));
    assertTrue(lines.get(1).startsWith("    it is silent it"), lines.toString());
    assertEquals(
        "n0 02:00:00:00:00:00   UEFI  kernel started              1 min  192.0.2.100",
        lines.get(2));
    assertTrue(lines.get(lines.size() - 1).contains("lines more"), lines.toString());
    assertEquals(1, ServeScreen.Table.lines(List.of(), now, 80, 24).size());
    assertEquals(41, ServeScreen.Table.lines(nodes, now, 80, 50).size());
  }

  @Test
  void tallTerminalShowsMore() {
    PrintStream nobody = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    assertEquals(50, new Terminal(Map.of("LINES", "50")).rows(nobody));
    assertEquals(24, new Terminal(Map.of("LINES", "1")).rows(nobody));
    assertEquals(24, new Terminal(Map.of()).rows(nobody));
  }

  /** systemd's own judgement, in tenths: 3.0 of 10 points of exposure are the most. */
  @Test
  void unitOfTheServiceMayDoLittle() {
    String unit = Path.of("..", "tools", "dist", "zboot-serve.service").toString();
    String says =
        ForeignTool.require("systemd-analyze")
            .run("security", "--offline=true", "--threshold=30", "--no-pager", unit)
            .ok();
    assertTrue(says.contains("Overall exposure level"), says);
  }

  /** sd-daemon(3): the journal knows the time, and wants to know how grave each line is. */
  @Test
  void linesForTheJournalSayHowGraveTheyAre() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ServeScreen.Lines lines =
        new ServeScreen.Lines(new PrintStream(out, true, StandardCharsets.US_ASCII), true);
    lines.log("kept");
    lines.log("Warning: no DHCP server answers");
    assertEquals(
        "<6>kept\n<4>Warning: no DHCP server answers\n", out.toString(StandardCharsets.US_ASCII));
  }
}
