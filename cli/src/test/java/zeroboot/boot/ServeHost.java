package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import zeroboot.cli.JsonSchemas;
import zeroboot.cli.Main;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Lan;
import zeroboot.testing.LanHost;

/** A machine in the network that {@code zboot serve} runs on. */
final class ServeHost implements AutoCloseable {
  static final String ADDRESS = "192.0.2.3";

  private final LanHost host;
  private final Path folder;
  private final Map<String, JsonObject> events = new ConcurrentHashMap<>();
  private Optional<LanHost.Program> serve = Optional.empty();

  private ServeHost(LanHost host, Path folder) {
    this.host = host;
    this.folder = folder;
  }

  static ServeHost in(Lan lan, Path folder) {
    return in(lan, folder, ADDRESS);
  }

  static ServeHost in(Lan lan, Path folder, String address) {
    return new ServeHost(lan.host(address), folder);
  }

  /** One whose cable carries the network with this tag. */
  static ServeHost behindTag(Lan lan, Path folder, int tag) {
    return new ServeHost(lan.hostBehindTag(ADDRESS, tag), folder);
  }

  LanHost host() {
    return host;
  }

  /** Starts it, whatever comes of it. */
  LanHost.Program start(String... options) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", classPath, Main.class.getName(), "serve"));
    command.addAll(Arrays.asList(options));
    return host.start(command);
  }

  /** Starts it and waits until it serves; its kernels say early that they start. */
  void serve(String... options) {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(List.of("--json", "--kernel-arg", "earlyprintk=ttyS0"));
    LanHost.Program started = start(all.toArray(String[]::new));
    started.await("Ctrl-C ends it.");
    assertFalse(started.text().contains("SLF4J"), started.text());
    serve = Optional.of(started);
  }

  LanHost.Program program() {
    return serve.orElseThrow();
  }

  /** Everything that happened. */
  List<JsonObject> allEvents() {
    String said = program().text();
    return said.substring(0, said.lastIndexOf('\n') + 1) // the last line may still be on its way
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(this::event)
        .toList();
  }

  /** Held against its schema when it is first seen: tests ask again and again. */
  private JsonObject event(String line) {
    return events.computeIfAbsent(
        line,
        text -> {
          JsonSchemas.check("serve", text);
          return JsonParser.parseString(text).getAsJsonObject();
        });
  }

  /** What happened to this node: the event and its detail. */
  List<String> events(String mac) {
    return allEvents().stream()
        .filter(event -> event.getAsJsonObject("node").get("mac").getAsString().equals(mac))
        .map(event -> event.get("event").getAsString() + " " + event.get("detail").getAsString())
        .toList();
  }

  /** How a node stands after all that happened. */
  JsonObject node(String mac) {
    List<JsonObject> all =
        allEvents().stream()
            .map(event -> event.getAsJsonObject("node"))
            .filter(node -> node.get("mac").getAsString().equals(mac))
            .toList();
    return all.get(all.size() - 1);
  }

  /** Writes down every packet of this machine from now on. */
  void capture() {
    String tcpdump = ForeignTool.require("tcpdump").path();
    String file = folder.resolve("packets.pcap").toString();
    LanHost.Program started =
        host.start(List.of(tcpdump, "-i", "eth0", "-U", "-Z", "root", "-w", file, "udp"));
    started.await("listening on");
  }

  /** Wireshark dissects all that was sent from here, and finds nothing to say. */
  void assertWiresharkContent() {
    ForeignTool tshark = ForeignTool.require("tshark");
    String file = folder.resolve("packets.pcap").toString();
    String ours = "(dhcp || tftp) && ip.src == " + ADDRESS;
    String count = tshark.run("-r", file, "-Y", ours, "-T", "fields", "-e", "frame.number").ok();
    assertTrue(count.lines().anyMatch(line -> line.matches("\\d+")), "nothing was sent: " + count);
    String complaints =
        tshark
            .run(
                "-r",
                file,
                "-Y",
                ours + " && (_ws.expert || _ws.malformed)",
                "-T",
                "fields",
                "-e",
                "frame.number",
                "-e",
                "_ws.expert.message")
            .ok();
    assertEquals(List.of(), complaints.lines().filter(line -> line.matches("\\d+\\s.*")).toList());
  }

  @Override
  public void close() {
    host.close();
  }
}
