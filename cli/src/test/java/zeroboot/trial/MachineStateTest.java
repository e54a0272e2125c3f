package zeroboot.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What QEMU 7.2 said when KVM failed, word for word. */
class MachineStateTest {
  private static final String GREETING =
      "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, \"package\":"
          + " \"Debian 1:7.2+dfsg-7+deb12u18+b3\"}, \"capabilities\": [\"oob\"]}}\r\n";
  private static final String STOP =
      "{\"timestamp\": {\"seconds\": 1795840445, \"microseconds\": 420898}, \"event\":"
          + " \"STOP\"}\r\n";

  @TempDir private Path folder;

  private static String status(String name, boolean running) {
    return "{\"return\": {\"status\": \""
        + name
        + "\", \"singlestep\": false, \"running\": "
        + running
        + "}}\r\n";
  }

  private static void await(BooleanSupplier happens) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!happens.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within 60 s");
      Thread.sleep(5);
    }
  }

  @Test
  void aMachineThatQemuStops() throws Exception {
    Path socket = folder.resolve("qmp,1");
    try (MachineState state = MachineState.listen(socket).orElseThrow();
        SocketChannel qemu = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader asked =
            new BufferedReader(Channels.newReader(qemu, StandardCharsets.UTF_8));
        Writer says = Channels.newWriter(qemu, StandardCharsets.UTF_8)) {
      assertEquals(List.of("-qmp", "unix:" + folder + "/qmp,,1"), state.options());
      say(says, GREETING);
      assertEquals("{\"execute\": \"qmp_capabilities\"}", asked.readLine());
      assertEquals("{\"execute\": \"query-status\"}", asked.readLine());
      say(says, "{\"return\": {}}\r\n" + status("running", true) + "no JSON\r\n[1]\r\n" + STOP);
      assertEquals("{\"execute\": \"query-status\"}", asked.readLine());
      assertEquals(Optional.empty(), state.stopped());
      say(says, status("paused", false));
      await(state::isPaused);
      assertEquals(Optional.empty(), state.stopped());
      say(says, STOP);
      assertEquals("{\"execute\": \"query-status\"}", asked.readLine());
      say(says, status("internal-error", false));
      await(() -> state.stopped().equals(Optional.of("internal-error")));
      assertFalse(state.isPaused());
    }
    assertFalse(Files.exists(socket));
  }

  private static void say(Writer to, String text) throws IOException {
    to.write(text);
    to.flush();
  }

  @Test
  void aQemuThatDoesNotConnect() {
    try (MachineState state = MachineState.listen(folder.resolve("qmp")).orElseThrow()) {
      assertEquals(Optional.empty(), state.stopped());
    }
    assertEquals(Optional.empty(), MachineState.listen(folder.resolve("x".repeat(120))));
  }
}
