package zeroboot.testing.bmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.testing.ForeignTool;

/** Clients of other people take the simulated controllers for real ones. */
class SimJudgesTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path SUSHY = Path.of("/usr/lib/python3/dist-packages/sushy/__init__.py");

  private final byte[] image = new byte[70_000];

  @TempDir private Path folder;

  private Path passwordFile() throws IOException {
    return Files.writeString(folder.resolve("password"), SimBmc.PASSWORD + "\n");
  }

  private Path certificate() throws IOException {
    return Files.writeString(folder.resolve("bmc.pem"), SimCertificate.shared().pem());
  }

  /** The drive that an address can be put into by the standard alone. */
  private static String drive(Maker maker) {
    return switch (maker) {
      case PLAIN -> "Cd";
      case DELL -> "1";
      case HPE -> "2";
      case LENOVO -> "EXT1";
      case SUPERMICRO -> ""; // not by the standard
      case OPENBMC -> "Slot_2";
    };
  }

  private static String target(Maker maker) {
    return switch (maker) {
      case OPENBMC -> "Usb";
      case SUPERMICRO -> "UsbCd";
      default -> "Cd";
    };
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void sushyDeploys(Maker maker) throws IOException {
    ForeignTool.requireFile("python3-sushy", SUSHY);
    SimCertificate own = SimCertificate.create("zboot", "ip:127.0.0.1");
    try (ImageServer server = new ImageServer(image, maker == Maker.OPENBMC ? own : null);
        SimBmc bmc = SimBmc.of(maker).trusting(maker == Maker.OPENBMC ? own.pem() : "").start()) {
      String url = server.url("/iso/node-01.iso");
      String said =
          ForeignTool.at(PYTHON.toString())
              .run(
                  Map.of("REQUESTS_CA_BUNDLE", certificate().toString()),
                  Path.of("src/test/resources/sushy_sequence.py").toString(),
                  bmc.address(),
                  SimBmc.USER,
                  passwordFile().toString(),
                  url,
                  target(maker),
                  drive(maker))
              .ok();
      assertTrue(said.endsWith("done\n"), said);
      assertTrue(bmc.happened().containsAll(List.of("on", "off")), bmc.happened().toString());
      assertFalse(bmc.isOn());
      assertEquals(Map.of(), bmc.inserted());
      assertEquals(0, bmc.openSessions());
      if (!drive(maker).isEmpty()) {
        assertTrue(server.requests().contains("HEAD /iso/node-01.iso"), said);
        assertTrue(server.requests().contains("GET /iso/node-01.iso"), said);
      }
    }
  }

  /** What no other maker has: credentials with each request, and addresses of its own. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "SUPERMICRO"})
  void redfishtoolDeploys(Maker maker) throws IOException {
    deploysByRedfishtool(maker);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PLAIN", "SUPERMICRO"})
  void redfishtoolDeploysToTheOthers(Maker maker) throws IOException {
    deploysByRedfishtool(maker);
  }

  private void deploysByRedfishtool(Maker maker) throws IOException {
    SimCertificate own = SimCertificate.create("zboot", "ip:127.0.0.1");
    try (ImageServer server = new ImageServer(image, maker == Maker.OPENBMC ? own : null);
        SimBmc bmc = SimBmc.of(maker).trusting(maker == Maker.OPENBMC ? own.pem() : "").start()) {
      Redfishtool tool = new Redfishtool(bmc);
      assertTrue(tool.run("root").contains("RedfishVersion"));
      assertTrue(tool.run("Systems", "-F").contains("PowerState"));
      String url = server.url("/iso/node-01.iso");
      for (String[] words : insert(bmc, url)) {
        tool.run(words);
      }
      assertEquals(List.of(url), List.copyOf(bmc.inserted().values()));
      override(tool, maker);
      tool.run("Systems", "-F", "reset", "On");
      assertTrue(bmc.isOn());
      tool.run("Systems", "-F", "reset", "ForceOff");
      assertFalse(bmc.isOn());
      for (String[] words : eject(bmc)) {
        tool.run(words);
      }
      assertEquals(Map.of(), bmc.inserted());
      assertEquals(0, bmc.openSessions());
    }
  }

  /** redfishtool knows no mode, and Supermicro wants one; HPE's tag is weak. */
  private static void override(Redfishtool tool, Maker maker) {
    if (maker == Maker.SUPERMICRO) {
      tool.run(
          "raw",
          "PATCH",
          "/redfish/v1/Systems/1",
          "-d",
          "{\"Boot\":{\"BootSourceOverrideEnabled\":\"Once\",\"BootSourceOverrideTarget\":\"UsbCd\","
              + "\"BootSourceOverrideMode\":\"UEFI\"}}");
    } else {
      tool.run("Systems", "-F", "setBootOverride", "Once", target(maker));
    }
  }

  private static List<String[]> insert(SimBmc bmc, String url) {
    String path = bmc.service().bootable().path;
    String image = "{\"Image\":\"" + url + "\"}";
    String insert = path + "/Actions/VirtualMedia.InsertMedia";
    return switch (bmc.maker()) {
      case LENOVO ->
          List.<String[]>of(
              patch(path, "{\"Image\":\"" + url + "\",\"Inserted\":true,\"WriteProtected\":true}"));
      case PLAIN ->
          List.<String[]>of(
              post(insert, "{\"Image\":\"" + url + "\",\"TransferProtocolType\":\"HTTP\"}"));
      case SUPERMICRO -> {
        String config = "/redfish/v1/Managers/1/VM1/CfgCD";
        int slash = url.indexOf('/', 8);
        yield List.of(
            patch(
                config,
                "{\"Host\":\""
                    + url.substring(0, slash)
                    + "\",\"Path\":\""
                    + url.substring(slash)
                    + "\"}"),
            post(config + "/Actions/IsoConfig.Mount", "{}"));
      }
      default -> List.<String[]>of(post(insert, image));
    };
  }

  private static List<String[]> eject(SimBmc bmc) {
    String path = bmc.service().bootable().path;
    return switch (bmc.maker()) {
      case LENOVO -> List.<String[]>of(patch(path, "{\"Image\":null,\"Inserted\":false}"));
      case SUPERMICRO ->
          List.<String[]>of(
              post("/redfish/v1/Managers/1/VM1/CfgCD/Actions/IsoConfig.UnMount", "{}"));
      default -> List.<String[]>of(post(path + "/Actions/VirtualMedia.EjectMedia", "{}"));
    };
  }

  private static String[] patch(String path, String body) {
    return new String[] {"raw", "PATCH", path, "-d", body};
  }

  private static String[] post(String path, String body) {
    return new String[] {"raw", "POST", path, "-d", body};
  }

  @Test
  void strangersAreKeptOut() {
    try (SimBmc bmc = SimBmc.of(Maker.DELL).start()) {
      List<String> words =
          List.of("-r", bmc.address(), "-u", SimBmc.USER, "-p", "wrong", "-A", "Session");
      ForeignTool.Result said =
          ForeignTool.require("redfishtool").run(with(words, "Systems", "-F"));
      assertTrue(said.exitCode() != 0, said.output());
      assertTrue(bmc.calls().stream().noneMatch(call -> call.endsWith("/Systems")), said.output());
    }
  }

  private static String[] with(List<String> first, String... more) {
    List<String> words = new ArrayList<>(first);
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** The program with the credentials of a controller. */
  private record Redfishtool(SimBmc bmc) {
    String run(String... words) {
      List<String> first =
          List.of(
              "-r",
              bmc.address(),
              "-u",
              SimBmc.USER,
              "-p",
              SimBmc.PASSWORD,
              "-A",
              bmc.maker() == Maker.PLAIN ? "Basic" : "Session",
              "-S",
              "Always");
      return ForeignTool.require("redfishtool")
          .run(Duration.ofMinutes(1), Map.of(), with(first, words))
          .ok();
    }
  }
}
