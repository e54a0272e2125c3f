package zeroboot.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No virtual machine outlives the tests' Java, however that ends. */
@Tag("boot")
class QemuLifeTest {
  @TempDir private Path folder;

  /** Tests that are killed, in the place of tests. */
  static final class Tests {
    private Tests() {}

    /**
     * Starts a machine, says its process, and goes on.
     *
     * @param args a folder, and whether the machine has a network
     */
    public static void main(String[] args) throws Exception {
      Qemu qemu = Qemu.with(Firmware.BIOS);
      if (args[1].equals("network")) {
        Lan lan = Lan.create(Path.of(args[0]));
        qemu = lan.plug(qemu, Nic.virtio());
      }
      QemuMachine machine = qemu.start();
      machine.console().await("SeaBIOS");
      System.out.println(machine.process().pid());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aKilledJavaTakesItsMachineAlong() throws Exception {
    signal("KILL", "none");
  }

  @Test
  void aJavaThatIsAskedToEndTakesItsMachineAlong() throws Exception {
    signal("TERM", "none");
  }

  @Test
  void aMachineInANetworkGoesToo() throws Exception {
    signal("KILL", "network");
  }

  private void signal(String signal, String network) throws Exception {
    ForeignTool.require("qemu-system-x86_64");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Process tests =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djava.io.tmpdir=" + temporary,
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    Tests.class.getName(),
                    folder.toString(),
                    network))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(tests.getInputStream(), StandardCharsets.UTF_8))) {
      String line = String.valueOf(said.readLine());
      assertTrue(line.matches("\\d+"), line);
      ProcessHandle machine = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
      List<ProcessHandle> all = tests.descendants().toList();
      assertTrue(all.contains(machine), all.toString());
      ForeignTool.require("bash").run("-c", "kill -" + signal + " " + tests.pid()).ok();
      for (ProcessHandle one : all) {
        one.onExit().get(60, TimeUnit.SECONDS);
      }
      assertTrue(tests.waitFor(60, TimeUnit.SECONDS));
    } finally {
      tests.destroyForcibly();
    }
    awaitEmpty(temporary);
  }

  @Test
  void aClosedMachineLeavesNothing() throws Exception {
    ForeignTool.require("qemu-system-x86_64");
    ProcessHandle qemu;
    List<ProcessHandle> guards;
    try (QemuMachine machine = Qemu.with(Firmware.BIOS).start()) {
      qemu = machine.process();
      guards = qemu.children().toList();
      assertEquals(1, guards.size());
    }
    assertFalse(qemu.isAlive());
    guards.get(0).onExit().get(60, TimeUnit.SECONDS);
  }

  private static void awaitEmpty(Path temporary) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try (Stream<Path> files = Files.list(temporary)) {
        List<Path> left =
            files.filter(file -> file.getFileName().toString().startsWith("zboot-qemu")).toList();
        if (left.isEmpty()) {
          return;
        }
        assertTrue(System.nanoTime() < deadline, left.toString());
      }
      Thread.sleep(20); // the guard is about it
    }
  }
}
