package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.testing.bmc.Fault;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;
import zeroboot.testing.bmc.SimCertificate;

/** Who lies to {@code zboot deploy}, or gets in its way. */
class DeployAttacksTest extends DeployCase {
  private static List<String> changesOf(SimBmc bmc) {
    return bmc.changes().stream().filter(each -> !each.contains("/Sessions")).toList();
  }

  /** No word, a shorter one, a guessed one, the ID of the image, that of another node. */
  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/0", "/00000000000000000000000000000000", "/x", "//"})
  void reportsWithoutTheWordDoNotCount(String instead) throws IOException {
    SimBmc bmc =
        start(
            SimBmc.of(Maker.HPE)
                .machine(
                    ReportingNode.pretending(
                        1, address -> address.replaceFirst("/[^/]*$", instead))));
    CliRun run = deploy("--timeout", "2s");
    assertEquals(6, run.exitCode(), run.err() + run.text());
    assertTrue(run.err().contains("never reported"), run.err());
    assertEquals(1, bmc.inserted().size(), "nothing is ejected before it runs");
    List<String> said = run.text().lines().filter(line -> line.contains("lacks the word")).toList();
    assertEquals(1, said.size(), "said once: " + run.text());
    assertTrue(said.get(0).startsWith("node-1: a report from 127.0.0.1 "), said.get(0));
  }

  /** One node's word is worth nothing for another. */
  @Test
  void wordOfAnotherNodeDoesNotCount() throws IOException {
    start(
        SimBmc.of(Maker.HPE)
            .machine(
                ReportingNode.pretending(1, address -> address.replace("/node-1/", "/node-2/"))));
    SimBmc second = start(SimBmc.of(Maker.LENOVO).machine(new ReportingNode(2, 20)));
    CliRun run = deploy("--timeout", "2s", "--json");
    assertEquals(6, run.exitCode(), run.err());
    assertTrue(run.err().contains("node-2: a report from 127.0.0.1"), run.err());
    assertFalse(run.text().contains("\"step\":\"started\""), run.text());
    assertEquals(1, second.inserted().size());
  }

  @Test
  void wordsAreToldNobody() throws IOException {
    SimBmc bmc = start(SimBmc.of(Maker.HPE).machine(new ReportingNode(1, 20)));
    Path logs = Files.createDirectories(folder.resolve("state/zboot/deploy"));
    Files.setPosixFilePermissions(logs, PosixFilePermissions.fromString("rwxr-xr-x"));
    CliRun run = deploy("--timeout", "1s", "--json");
    assertEquals(6, run.exitCode(), run.err());
    Path log = log();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));
    Matcher word =
        Pattern.compile("word node-1 \\S+ ([0-9a-f]{32}) ").matcher(Files.readString(log));
    assertTrue(word.find(), Files.readString(log));
    CliRun again = deploy("--dry-run");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
    for (String text : List.of(run.text(), run.err(), again.text(), again.err())) {
      assertFalse(text.contains(word.group(1)), text);
    }
    assertTrue(bmc.calls().stream().noneMatch(each -> each.contains(word.group(1))));
    assertTrue(bmc.changes().stream().noneMatch(each -> each.contains(word.group(1))));
    // Another run has another one.
    Files.delete(log);
    assertEquals(4, deploy("--timeout", "1s").exitCode());
    assertFalse(Files.readString(log()).contains(word.group(1)));
  }

  private Path log() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("state/zboot/deploy"))) {
      return files.filter(each -> each.toString().endsWith(".log")).findAny().orElseThrow();
    }
  }

  @Test
  void nodesThatReportElsewhereAreNotWaitedFor() throws IOException {
    start(SimBmc.of(Maker.HPE).machine(ReportingNode.quick(1)));
    Path profile = profile();
    Files.writeString(profile, "report-url: http://192.0.2.3/report\n" + Files.readString(profile));
    List<String> args = new ArrayList<>(List.of("deploy", profile.toString(), "--trust-new"));
    args.addAll(quick);
    CliRun run = run(args.toArray(String[]::new));
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.err().contains("farm.yaml:1:13: with report-url"), run.err());
    args.addAll(List.of("--wait", "none"));
    assertEquals(0, run(args.toArray(String[]::new)).exitCode());
  }

  /** By its UUID in any spelling, or by what stands in for it. */
  @ParameterizedTest
  @CsvSource({
    "S1, 4C4C4544-0042-3510-8052-B4C04F4E4432, '', S2, 4c4c4544-0042-3510-8052-b4c04f4e4432, ''",
    "S1, '', 4c4c4544-0042-3510-8052-b4c04f4e4432, S1, '', 4c4c4544-0042-3510-8052-b4c04f4e4432"
  })
  void oneMachineIsOneNode(
      String serial, String uuid, String manager, String serial2, String uuid2, String manager2)
      throws IOException {
    SimBmc first =
        start(
            SimBmc.of(Maker.HPE).machineIs(serial, uuid, manager).machine(ReportingNode.quick(1)));
    SimBmc second =
        start(
            SimBmc.of(Maker.DELL)
                .machineIs(serial2, uuid2, manager2)
                .machine(ReportingNode.quick(2)));
    SimBmc good = start(SimBmc.of(Maker.LENOVO).machine(ReportingNode.quick(3)));
    CliRun look = deploy("--dry-run");
    assertEquals(4, look.exitCode(), look.err());
    CliRun run = deploy();
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(
        run.err()
            .contains(
                "node-1: failed - it is the same machine as node-2 at " + second.address() + " ("),
        run.err());
    assertTrue(run.err().contains("same machine as node-1 at " + first.address()), run.err());
    assertEquals(List.of(), changesOf(first));
    assertEquals(List.of(), changesOf(second));
    assertTrue(good.isOn(), "the others go on");
  }

  @Test
  void fingerprintHoldsBesidesAnAuthority() throws IOException {
    SimCertificate certificate = SimCertificate.create("bmc", "ip:127.0.0.1");
    Path authority = Files.writeString(folder.resolve("ca.pem"), certificate.pem());
    SimBmc bmc =
        start(SimBmc.of(Maker.DELL).certificate(certificate).machine(ReportingNode.quick(1)));
    String plain = Files.readString(profile());
    for (String pin : List.of("00".repeat(32), bmc.fingerprint())) {
      Path profile =
          Files.writeString(
              folder.resolve("pinned.yaml"),
              plain.replace("password-file", "fingerprint: '" + pin + "'\n  password-file"));
      List<String> args = new ArrayList<>(List.of("deploy", profile.toString()));
      args.addAll(List.of("--bmc-ca", authority.toString()));
      args.addAll(quick);
      CliRun run = run(args.toArray(String[]::new));
      boolean fits = pin.equals(bmc.fingerprint());
      assertEquals(fits ? 0 : 5, run.exitCode(), run.err());
      if (!fits) {
        assertEquals(List.of(), bmc.calls(), "it is told nothing");
        assertTrue(run.err().contains("another than was pinned"), run.err());
      }
    }
  }

  /** The service does not say which drives are whose; the profile does. */
  @Test
  void drivesOfTheNamedManagerAreUsed() throws IOException {
    SimBmc bmc =
        start(
            SimBmc.of(Maker.HPE)
                .with(Fault.TWO_SYSTEMS, Fault.UNLINKED_MANAGERS)
                .machine(ReportingNode.quick(1)));
    String plain = Files.readString(profile());
    for (String manager : List.of("", ", manager: '1'")) {
      Path profile =
          Files.writeString(
              folder.resolve("two.yaml"),
              plain.replace(
                  "bmc: " + bmc.address(),
                  "bmc: {address: '" + bmc.address() + "', system: '1'" + manager + "}"));
      List<String> args = new ArrayList<>(List.of("deploy", profile.toString(), "--trust-new"));
      args.addAll(quick);
      CliRun run = run(args.toArray(String[]::new));
      assertEquals(manager.isEmpty() ? 1 : 0, run.exitCode(), run.err());
      assertEquals(!manager.isEmpty(), bmc.isOn());
      if (manager.isEmpty()) {
        assertTrue(run.err().contains("say which with manager: in the profile"), run.err());
        assertEquals(List.of(), changesOf(bmc));
      }
    }
  }

  /** The others do not wait for it. */
  @Test
  void aControllerThatPutsOffIsGivenUp() throws IOException {
    start(SimBmc.of(Maker.DELL).with(Fault.ALWAYS_BUSY).machine(ReportingNode.quick(1)));
    SimBmc good = start(SimBmc.of(Maker.HPE).machine(ReportingNode.quick(2)));
    CliRun run = deploy("--look", "5");
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(
        run.err().contains("was not done within 5 s; it was waited for GET /redfish/v1/"),
        run.err());
    assertTrue(run.err().contains("which it puts off (HTTP 503)"), run.err());
    assertTrue(good.isOn());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://root:tr0ub4dor@192.0.2.1/",
        "root:tr0ub4dor@192.0.2.1",
        "'root:tr0ub4dor%40@[2001:db8::1]:443'",
        "https://192.0.2.1/?tr0ub4dor",
        "{address: 'https://root:tr0ub4dor@192.0.2.1', user: root}"
      })
  void addressesHoldNoPassword(String address) throws IOException {
    start(SimBmc.of(Maker.HPE));
    profile();
    Path profile =
        Files.writeString(
            folder.resolve("url.yaml"),
            "farm-id: 1\nnodes:\n  - name: node-1\n    bmc: " + address + "\n");
    List<List<String>> commands =
        List.of(
            List.of("config", "show", "--config", profile.toString()),
            List.of("config", "show", "--config", profile.toString(), "--json"),
            List.of("config", "show", "--config", profile.toString(), "--node", "node-1"),
            List.of("deploy", profile.toString()),
            List.of("bmc", "show", "node-1", "--config", profile.toString()),
            List.of("bmc", "show", address.replace("'", ""), "--bmc-user", "root"));
    for (List<String> command : commands) {
      CliRun run = run(command.toArray(String[]::new));
      assertEquals(3, run.exitCode(), command + run.err() + run.text());
      assertFalse((run.err() + run.text()).contains("tr0ub4dor"), run.err() + run.text());
      assertTrue(run.err().contains("management controller"), run.err());
    }
    Files.delete(profile); // the password stands in it
    assertEquals(Map.of(), controllers.get(0).inserted());
  }
}
