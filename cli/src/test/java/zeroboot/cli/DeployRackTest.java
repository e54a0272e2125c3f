package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.SimBmc;

/** Many controllers at once, as the program's own process works on them. */
class DeployRackTest {
  private static final int RACK = 200;
  private static final int MOST_MEBIBYTES = 256;

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  /** A test that fails leaves nobody at work. */
  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  /** One for all runs of a test: images have it in them. */
  private String port = DeployCase.freePort();

  private String profile = "farm.yaml";
  private String host = "127.0.0.1";

  /** One of them takes a second for each answer; all are done in three times what it takes. */
  @Tag("long")
  @Test
  void twoHundredNodes() throws IOException, InterruptedException {
    List<SimBmc> rack = start(RACK, new CountDownLatch(0), 1000, 500);
    try {
      Path out = folder.resolve("out");
      Process zboot = deploy(rack, out);
      long peak = 0;
      while (!zboot.waitFor(100, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peakMebibytes(zboot.pid()));
      }
      assertEquals(0, zboot.exitValue(), Files.readString(folder.resolve("err")));
      Map<String, Instant> first = new TreeMap<>();
      Map<String, Instant> last = new TreeMap<>();
      for (String line : Files.readAllLines(out)) {
        JsonObject event = JsonParser.parseString(line).getAsJsonObject();
        String node = event.get("node").getAsString();
        Instant time = Instant.parse(event.get("time").getAsString());
        first.putIfAbsent(node, time);
        last.put(node, time);
      }
      assertEquals(RACK, last.size());
      Duration slowest = Duration.ZERO;
      Instant begin = Instant.MAX;
      Instant end = Instant.MIN;
      for (Map.Entry<String, Instant> each : first.entrySet()) {
        Instant done = last.getOrDefault(each.getKey(), each.getValue());
        Duration took = Duration.between(each.getValue(), done);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        begin = each.getValue().isBefore(begin) ? each.getValue() : begin;
        end = done.isAfter(end) ? done : end;
      }
      Duration all = Duration.between(begin, end);
      System.out.println("slowest " + slowest + ", all " + all + ", peak " + peak + " MiB");
      assertTrue(all.compareTo(slowest.multipliedBy(3)) <= 0, all + " against " + slowest);
      assertTrue(peak > 0 && peak <= MOST_MEBIBYTES, peak + " MiB");
      for (SimBmc each : rack) {
        assertEquals(0, each.openSessions());
        assertEquals(Map.of(), each.inserted());
        assertTrue(each.isOn());
        assertEquals(1, each.happened().stream().filter("on"::equals).count());
      }
    } finally {
      rack.forEach(SimBmc::close);
    }
  }

  /** A run that is killed leaves sessions and half the work; the next one ends both. */
  @Test
  void aSecondRunEndsWhatTheFirstBegan() throws IOException, InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    List<SimBmc> rack = start(3, gate, 120, 20);
    try {
      // One has its image, the slow one after it is at work, the third waits for its turn.
      Process killed = deploy(rack, folder.resolve("out1"), "--at-once", "1");
      while (killed.isAlive()
          && (rack.get(0).happened().stream().noneMatch(each -> each.startsWith("boot "))
              || rack.get(1).calls().stream().noneMatch(each -> each.contains("InsertMedia")))) {
        Thread.sleep(20);
      }
      killed.destroyForcibly().waitFor();
      Path out = folder.resolve("out2");
      Process second = deploy(rack, out);
      while (Files.size(out) == 0 && second.isAlive()) {
        Thread.sleep(20);
      }
      gate.countDown(); // what nobody hears is lost
      assertTrue(second.waitFor(5, TimeUnit.MINUTES));
      assertEquals(0, second.exitValue(), Files.readString(folder.resolve("err")));
      for (SimBmc each : rack) {
        assertEquals(0, each.openSessions(), each.calls().toString());
        assertEquals(1, each.happened().stream().filter("on"::equals).count());
        assertEquals(Map.of(), each.inserted());
      }
    } finally {
      rack.forEach(SimBmc::close);
    }
  }

  /** Another run is refused under another profile, too, until the first one is dead. */
  @Test
  void aControllerBelongsToOneRun() throws IOException, InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    List<SimBmc> rack = start(2, gate, 0, 20);
    try {
      Process first = deploy(rack, folder.resolve("out1"));
      while (first.isAlive()
          && rack.get(0).happened().stream().noneMatch(each -> each.startsWith("boot "))) {
        Thread.sleep(20);
      }
      assertNoSecret(first);
      assertEquals(4, deploy(rack, folder.resolve("out2")).waitFor());
      String same = Files.readString(folder.resolve("err"));
      assertTrue(same.contains("another zboot deploy works on this profile"), same);
      List<SimBmc> one = rack.subList(0, 1);
      profile = "other.yaml";
      assertEquals(4, deploy(one, folder.resolve("out3"), "--restart").waitFor());
      String other = Files.readString(folder.resolve("err"));
      assertTrue(
          other.contains(
              "another zboot deploy works on its controller " + one.get(0).address() + "; "),
          other);
      // By another name it is the same machine; a port of its own, which the first one holds.
      port = DeployCase.freePort();
      host = "localhost";
      assertEquals(4, deploy(one, folder.resolve("out4"), "--restart").waitFor());
      String named = Files.readString(folder.resolve("err"));
      assertTrue(named.contains("another zboot deploy works on this machine (system UUID "), named);
      host = "127.0.0.1";
      assertEquals(1, one.get(0).happened().stream().filter("on"::equals).count());
      first.destroyForcibly().waitFor();
      gate.countDown();
      Process after = deploy(one, folder.resolve("out5"), "--restart");
      assertTrue(after.waitFor(5, TimeUnit.MINUTES));
      assertEquals(0, after.exitValue(), Files.readString(folder.resolve("err")));
    } finally {
      rack.forEach(SimBmc::close);
    }
  }

  /** Ctrl-C ends the sessions before the process ends. */
  @Test
  void ctrlCLeavesNoSession() throws IOException, InterruptedException {
    List<SimBmc> rack = start(4, new CountDownLatch(0), 300, 4000);
    try {
      Process zboot = deploy(rack, folder.resolve("out"));
      while (rack.stream().noneMatch(each -> each.openSessions() > 0) && zboot.isAlive()) {
        Thread.sleep(10);
      }
      zboot.destroy(); // SIGTERM, which runs what SIGINT runs
      assertTrue(zboot.waitFor(60, TimeUnit.SECONDS));
      rack.forEach(each -> assertEquals(0, each.openSessions(), each.calls().toString()));
      String said = Files.readString(folder.resolve("err"));
      assertTrue(!said.contains("tr0ub4dor"), said);
    } finally {
      rack.forEach(SimBmc::close);
    }
  }

  private static List<SimBmc> start(
      int count, CountDownLatch gate, long slowMillis, long bootMillis) {
    List<SimBmc> rack = new ArrayList<>();
    Iterator<Maker> makers = Stream.generate(Maker::values).flatMap(Arrays::stream).iterator();
    for (int i = 0; i < count; i++) {
      Maker maker = makers.next();
      ReportingNode node =
          new ReportingNode(i, gate, bootMillis, "address", "kernel", "kernel-fetched", "started");
      rack.add(SimBmc.of(maker).machine(node).delay(i == count / 2 ? slowMillis : 0).start());
    }
    return rack;
  }

  private String address(SimBmc bmc) {
    return bmc.address().replace("127.0.0.1", host);
  }

  private Process deploy(List<SimBmc> rack, Path out, String... further) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), SimBmc.PASSWORD + "\n");
    assertTrue(password.toFile().setReadable(false, false) && password.toFile().setReadable(true));
    StringBuilder text = new StringBuilder("farm-id: 4242\nbmc:\n");
    text.append("  user: " + SimBmc.USER + "\n  password-file: password\nnodes:\n");
    for (int i = 0; i < rack.size(); i++) {
      text.append("  - {name: node-" + i + ", bmc: '" + address(rack.get(i)) + "'}\n");
    }
    Path file = Files.writeString(folder.resolve(profile), text);
    List<String> command =
        new ArrayList<>(
            ZbootProcess.command(
                "deploy",
                file.toString(),
                "--trust-new",
                "--json",
                "--poll",
                "50",
                "--http-port",
                port,
                "--https-port",
                "0"));
    command.addAll(Arrays.asList(further));
    command.add(1, "-Xmx128m"); // as the launchers do
    command.add(1, "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectOutput(out.toFile()).redirectError(folder.resolve("err").toFile());
    Process process = builder.start();
    started.add(process);
    // What every user of the machine can see of it.
    String seen = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    assertTrue(!seen.contains("tr0ub4dor"), seen);
    return process;
  }

  /**
   * In nothing that it has written by now, be it temporary, and in nothing that others see of it.
   */
  private void assertNoSecret(Process process) throws IOException {
    Path proc = Path.of("/proc/" + process.pid());
    List<Path> places = new ArrayList<>(List.of(proc.resolve("cmdline"), proc.resolve("environ")));
    for (Path in : List.of(folder, proc.resolve("fd"))) {
      try (Stream<Path> files = Files.walk(in)) {
        // Also what was deleted and is open.
        files.filter(Files::isRegularFile).filter(each -> !isLibrary(each)).forEach(places::add);
      }
    }
    assertTrue(places.size() > 5, places.toString());
    for (Path each : places) {
      if (!each.equals(folder.resolve("password"))) {
        String text = Files.readString(each, StandardCharsets.ISO_8859_1);
        assertTrue(!text.contains("tr0ub4dor"), each.toString());
      }
    }
  }

  private static boolean isLibrary(Path file) {
    try {
      return file.toRealPath().toString().matches(".*(\\.jar|/modules)");
    } catch (IOException e) {
      return false; // deleted
    }
  }

  /** The most memory that the process had (proc(5), VmHWM). */
  private static long peakMebibytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException e) {
      return 0; // it has ended
    }
    return 0;
  }
}
