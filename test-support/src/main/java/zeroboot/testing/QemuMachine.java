package zeroboot.testing;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** A running virtual PC. Closing it pulls the plug. */
public final class QemuMachine implements AutoCloseable {
  static final String VARIABLES = "variables.fd";

  /**
   * Two named pipes with this name. A pipe holds 64 KiB of single characters, a socket 277: with
   * that, a firmware whose reader is not let run for a second drops what it has to say.
   */
  static final String SERIAL = "serial";

  /** Less than any test waits for a screen, so that it is this limit that speaks. */
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final Path folder;
  private final Console console;
  private final Qmp qmp;

  private QemuMachine(Process process, Path folder, Console console, Qmp qmp) {
    this.process = process;
    this.folder = folder;
    this.console = console;
    this.qmp = qmp;
  }

  static QemuMachine launch(List<String> command, Path folder, int columns) throws IOException {
    Path input = folder.resolve(SERIAL + ".in");
    Path output = folder.resolve(SERIAL + ".out");
    ForeignTool.require("mkfifo").run(input.toString(), output.toString()).ok();
    List<String> guarded = LifeLine.around(command, folder);
    Process process = new ProcessBuilder(guarded).redirectErrorStream(true).start();
    Console console = new Console(process, columns);
    try {
      Qmp qmp = connect(process, console, folder);
      // It answers, so it has opened its ends of both, and nobody waits for it.
      console.attach(new FileInputStream(output.toFile()), new FileOutputStream(input.toFile()));
      return new QemuMachine(process, folder, console, qmp);
    } catch (IOException | RuntimeException | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Qmp connect(Process process, Console console, Path folder) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        return Qmp.connect(folder.resolve("qmp"));
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          String why = process.isAlive() ? "no answer within " + START.toSeconds() + " s" : "ended";
          throw new IOException("QEMU does not start (" + why + "): " + console.text(), e);
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The process of QEMU. */
  ProcessHandle process() {
    return process.toHandle();
  }

  /** The screen and the keyboard, by way of the serial line. */
  public Console console() {
    return console;
  }

  /** Plugs the cable of a card in, or out: the guest sees it. */
  public void link(int nic, boolean up) {
    setLink("port" + nic, up);
  }

  /** Makes the network behind a card answer, or fall silent: the link stays. */
  public void network(int nic, boolean up) {
    setLink("uplink" + nic, up);
  }

  private void setLink(String name, boolean up) {
    execute("set_link", "{\"name\": \"" + name + "\", \"up\": " + up + "}");
  }

  void resume() {
    execute("cont", "{}");
  }

  /** A command of the QEMU machine protocol, with its arguments as a JSON object. */
  public String execute(String command, String arguments) {
    try {
      return qmp.execute(command, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(console.text(), e);
    }
  }

  /** A line of QEMU's human monitor ({@code info registers}) and its answer. */
  public String monitor(String line) {
    try {
      return qmp.monitor(line);
    } catch (IOException e) {
      throw new UncheckedIOException(console.text(), e);
    }
  }

  /** Waits until the guest has switched the machine off (or rebooted, which does the same here). */
  public void awaitPowerOff(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        Assertions.fail(
            "expected: the machine switches itself off; still running after "
                + atMost.toSeconds()
                + " s. Screen:\n"
                + console.text());
      }
      console.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The UEFI variables as they are now, for {@link Qemu#variables}. */
  public Path saveVariables(Path to) {
    try {
      return Files.copy(folder.resolve(VARIABLES), to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly(); // Process.destroyForcibly would call the guard as well
    try {
      qmp.close();
      console.detach();
      process.waitFor();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
