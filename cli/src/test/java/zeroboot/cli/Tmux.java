package zeroboot.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import zeroboot.testing.ForeignTool;

/** A terminal, with somebody at its keys. */
public final class Tmux implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ForeignTool tmux;
  private final Path folder;
  private final int columns;
  private final int rows;

  public Tmux(Path folder, int columns, int rows) {
    tmux = ForeignTool.require("tmux");
    this.folder = folder;
    this.columns = columns;
    this.rows = rows;
  }

  /** The command line of zboot, for a shell. */
  public static String zboot(String words) {
    return String.join(
            " ", ZbootProcess.command(words.isEmpty() ? new String[0] : words.split(" ", -1)))
        .replace("-cp ", "-cp '")
        .replace(" zeroboot.cli.Main", "' zeroboot.cli.Main");
  }

  /** Runs a shell command; the exit code of its last part comes last. */
  public void type(String command) throws IOException {
    Path script = folder.resolve("script");
    Files.writeString(script, "trap : INT\n" + command + "\necho exit $?\nsleep 600\n");
    start("bash " + script);
  }

  /** Starts a program. */
  void start(String program) {
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        Integer.toString(columns),
        "-y",
        Integer.toString(rows),
        "-c",
        folder.toString(),
        program);
  }

  /** Presses keys: names of tmux, or text. */
  public void keys(String... keys) {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(keys));
    tmux(words.toArray(String[]::new));
  }

  /** Types text as it is. */
  public void text(String text) {
    tmux("send-keys", "-l", text);
  }

  /** What stands there; lines that the terminal has broken are joined again. */
  public String screen() {
    return tmux("capture-pane", "-p", "-J");
  }

  /** The lines as they stand there, as broken by whomever. */
  public List<String> lines() {
    return tmux("capture-pane", "-p").lines().map(String::stripTrailing).toList();
  }

  /** The same with what sets colours. */
  public String escapes() {
    return tmux("capture-pane", "-p", "-J", "-e");
  }

  /** Waits until this stands there. */
  public void await(String text) {
    await(text, PATIENCE);
  }

  /** Waits until this stands there, for no longer than this. */
  public void await(String text, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!flat(screen()).contains(flat(text))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no '" + text + "' on the screen:\n" + screen());
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  /** Where a line is broken depends on the width, and so does how far it is indented. */
  private static String flat(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private String tmux(String... words) {
    List<String> all = new ArrayList<>(List.of("-S", folder.resolve("tmux").toString()));
    all.addAll(List.of(words));
    return tmux.run(all.toArray(String[]::new)).ok();
  }

  @Override
  public void close() {
    try {
      if (Files.exists(folder.resolve("tmux"))) {
        tmux.run("-S", folder.resolve("tmux").toString(), "kill-server");
        Files.deleteIfExists(folder.resolve("tmux"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
