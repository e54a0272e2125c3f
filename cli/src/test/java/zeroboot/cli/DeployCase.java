package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.bmc.SimBmc;

/** Simulated controllers, a profile of them, and what must hold however a run ends. */
abstract class DeployCase {
  /** What every run of a test has: quick looks, and one port, so that images stay the same. */
  final List<String> quick =
      List.of("--poll", "20", "--patience", "8", "--http-port", freePort(), "--https-port", "0");

  @TempDir Path folder;
  final List<SimBmc> controllers = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (SimBmc each : controllers) {
      assertEquals(0, each.openSessions(), each.maker() + " has a session left");
      each.close();
    }
    // The password is nowhere: not in what was said, not in any file but its own.
    for (String text : heard) {
      assertFalse(text.contains(SimBmc.PASSWORD), text);
      assertFalse(text.contains("tr0ub4dor"), text);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("password")) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertFalse(text.contains("tr0ub4dor"), file.toString());
        }
      }
    }
  }

  static String freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SimBmc start(SimBmc.Builder plan) {
    SimBmc bmc = plan.start();
    controllers.add(bmc);
    return bmc;
  }

  Path profile() throws IOException {
    Path password = folder.resolve("password");
    if (Files.notExists(password)) {
      Files.writeString(password, SimBmc.PASSWORD + "\n");
      Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    }
    StringBuilder text = new StringBuilder();
    text.append("farm-id: 4242\nbmc:\n  user: " + SimBmc.USER + "\n  password-file: password\n");
    text.append("nodes:\n");
    for (int i = 0; i < controllers.size(); i++) {
      text.append(
          "  - name: node-" + (i + 1) + "\n    bmc: " + controllers.get(i).address() + "\n");
    }
    return Files.writeString(folder.resolve("farm.yaml"), text);
  }

  CliRun run(String... args) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    CliRun run = CliRun.with(environment, args);
    heard.add(run.text());
    heard.add(run.err());
    return run;
  }

  CliRun deploy(String... further) throws IOException {
    List<String> args = new ArrayList<>(List.of("deploy", profile().toString(), "--trust-new"));
    args.addAll(quick);
    args.addAll(Arrays.asList(further));
    return run(args.toArray(String[]::new));
  }

  boolean hasLog() throws IOException {
    if (Files.notExists(folder.resolve("state/zboot/deploy"))) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder.resolve("state/zboot/deploy"))) {
      return files.findAny().isPresent();
    }
  }
}
