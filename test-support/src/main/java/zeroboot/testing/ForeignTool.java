package zeroboot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of somebody else that judges what we write. Where it is missing the test is skipped in
 * sight, or fails if the environment says {@code CI=true}: there every judge has to be heard.
 */
public final class ForeignTool {
  /** Far more than any judge takes, and less than a test may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String program;

  private ForeignTool(String program) {
    this.program = program;
  }

  /** The program of this name, or a skipped (in CI: failed) test. */
  public static ForeignTool require(String name) {
    String path = System.getenv("PATH") + ":/usr/sbin:/sbin";
    for (String folder : path.split(":", -1)) {
      Path program = Path.of(folder).resolve(name);
      if (Files.isExecutable(program)) {
        return new ForeignTool(program.toString());
      }
    }
    missing(name);
    throw new AssertionError("unreachable");
  }

  /** The program with this path, which is there. */
  public static ForeignTool at(String path) {
    return new ForeignTool(path);
  }

  /** The first of these files that exists, or a skipped (in CI: failed) test. */
  public static Path requireFile(String what, Path... candidates) {
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        return candidate;
      }
    }
    missing(what);
    throw new AssertionError("unreachable");
  }

  private static void missing(String what) {
    cannotTest(what + " is not installed; ./check installs it");
  }

  /** Ends a test that this machine cannot run: as a failure in CI, else as a skip in sight. */
  static void cannotTest(String why) {
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(why);
    }
    Assumptions.abort(why);
  }

  /** The program's path, for callers that start it themselves. */
  public String path() {
    return program;
  }

  /** What a finished run said, standard output and error together. */
  public record Result(int exitCode, String output) {
    /** Fails the test unless the tool was content. */
    public String ok() {
      Assertions.assertEquals(0, exitCode, output);
      return output;
    }
  }

  /** Runs the tool without input, in English. */
  public Result run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** Runs the tool without input, in English, with further environment variables. */
  public Result run(Map<String, String> environment, String... arguments) {
    return run(PATIENCE, environment, arguments);
  }

  /** Runs the tool without input, in English, for no longer than this. */
  public Result run(Duration atMost, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TZ", "UTC");
    builder.environment().putAll(environment);
    try {
      // A pipe would be read until the last child of the tool has closed it, however long that is.
      Path said = Files.createTempFile("zboot-tool", null);
      try {
        return finished(builder.redirectOutput(said.toFile()).start(), said, atMost);
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Result finished(Process process, Path said, Duration atMost)
      throws IOException, InterruptedException {
    boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String output = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
    if (!ended) {
      throw new AssertionError(
          program + " did not end within " + atMost.toSeconds() + " s; it said:\n" + output);
    }
    return new Result(process.exitValue(), output);
  }
}
