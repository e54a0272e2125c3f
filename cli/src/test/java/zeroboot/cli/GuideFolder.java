package zeroboot.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import zeroboot.testing.ForeignTool;

/**
 * A folder in which the commands of a guide run, one after the other, as its reader would type them
 * in a copy of the repository. {@code zboot} and {@code ./zboot} are the real command line; virtual
 * PCs run with TCG, so that every computer tests the same. What a test cannot have has a stand-in:
 * {@code sudo} and {@code ssh} run the command here and now, the sticks {@code /dev/sdX} and {@code
 * /dev/sdY} are plain files that are not there yet, {@code ./check} does nothing, and {@code
 * zero-os.efi} is some UEFI file.
 */
final class GuideFolder implements AutoCloseable {
  private static final String CLIENT =
      """
      #!/bin/bash
      # Standard input, another folder: that takes a process of its own.
      [[ $1 != try ]] || set -- "$@" --accel tcg --timeout 300
      words=" $* "
      if (($# == 0)) || [[ $PWD != FOLDER || ${words// -o - / } == *" - "* ]]; then
        exec COMMAND "$@"
      fi
      [[ $1 != write ]] || rm -f sdX sdY
      exec 9>>FOLDER/bin/lock && flock 9
      printf '%s\\0' "$@" >FOLDER/bin/request
      read -r status <FOLDER/bin/answer
      # Who reads this through a pipe may be waiting for the lock.
      mv FOLDER/bin/out FOLDER/bin/out.$$
      mv FOLDER/bin/err FOLDER/bin/err.$$
      exec 9>&-
      cat FOLDER/bin/out.$$
      cat FOLDER/bin/err.$$ >&2
      exit "$status"
      """;

  private static final Pattern FIGURE =
      Pattern.compile("\\b([0-9]{1,3}(,[0-9]{3})+|[0-9A-Z]{4}(-[0-9A-Z]{4}){3}|[0-9a-f]{64})\\b");

  private static final String RENEW = "ZBOOT_RENEW_GUIDES";
  private static final String RENEWAL =
      "\n(with " + RENEW + "=1 this test puts the new figures into the guide)";

  /** Longer than two boots may take, which say what they waited for. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Map<String, String> STAND_INS =
      Map.of(
          "bin/sudo", "#!/bin/bash\nexec \"$@\"\n",
          "bin/ssh", "#!/bin/bash\nshift; exec bash -c \"$*\"\n",
          "check", "#!/bin/bash\n");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ZBOOT_KEY_PASSWORD", FarmKeys.PASSWORD, "LC_ALL", "C.UTF-8", "TZ", "UTC");

  private final Path folder;
  private final Process server;

  GuideFolder(Path folder) {
    this.folder = folder;
    try {
      Path bin = Files.createDirectory(folder.resolve("bin"));
      for (Map.Entry<String, String> standIn : STAND_INS.entrySet()) {
        program(standIn.getKey(), standIn.getValue());
      }
      String client =
          CLIENT
              .replace("COMMAND", "'" + String.join("' '", ZbootProcess.command()) + "'")
              .replace("FOLDER", folder.toString());
      program("zboot", client);
      Files.createSymbolicLink(bin.resolve("zboot"), folder.resolve("zboot"));
      ForeignTool.require("mkfifo")
          .run(bin.resolve("request").toString(), bin.resolve("answer").toString())
          .ok();
      copyExamples();
      Path program = Path.of("/usr/lib/efitools/x86_64-linux-gnu/HelloWorld.efi");
      Files.copy(ForeignTool.requireFile("efitools", program), folder.resolve("zero-os.efi"));
      server = startServer(bin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void copyExamples() throws IOException {
    Path to = Files.createDirectory(folder.resolve("examples"));
    try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private Process startServer(Path bin) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(ZbootProcess.java(GuideServer.class, bin.toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(bin.resolve("server").toFile());
    builder.environment().putAll(ENVIRONMENT);
    return builder.start();
  }

  /** Runs all commands; fails with the first that does not do what the guide says. */
  void run(Guide guide) {
    try {
      StringBuilder script = new StringBuilder("set -euo pipefail\ncd '" + folder + "'\n");
      List<Guide.Block> run = new ArrayList<>();
      for (Guide.Block block : guide.blocks()) {
        String name = block.fileName();
        if (name != null) {
          Files.writeString(folder.resolve(name), block.text());
        } else if (block.isRun()) {
          script.append(script(block));
          run.add(block);
        }
      }
      Path file = Files.writeString(folder.resolve("bin/script"), script);
      Map<String, String> environment = new HashMap<>(ENVIRONMENT);
      environment.put(
          "PATH", folder.resolve("bin") + ":" + System.getenv("PATH") + ":/usr/sbin:/sbin");
      boolean good = isGood(environment, file, run);
      compare(guide, good ? null : lastStarted(run));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isGood(Map<String, String> environment, Path script, List<Guide.Block> run)
      throws IOException {
    try {
      String file = script.toString();
      return ForeignTool.require("bash").run(PATIENCE, environment, file).exitCode() == 0;
    } catch (AssertionError e) {
      Guide.Block last = lastStarted(run);
      String said = last == null ? "" : last.text() + Files.readString(said(last));
      throw new AssertionError(e.getMessage() + "It was at:\n" + said, e);
    }
  }

  private static String script(Guide.Block block) {
    String commands = block.text().replace("/dev/sdX", "sdX").replace("/dev/sdY", "sdY");
    String said = " >bin/said." + block.line() + " 2>&1";
    if (block.exitCode() == 0) {
      return "{\n" + commands + "}" + said + "\n";
    }
    return "status=0\n(\n"
        + commands
        + ")"
        + said
        + " || status=$?\n"
        + "((status == "
        + block.exitCode()
        + "))\n";
  }

  private Guide.@Nullable Block lastStarted(List<Guide.Block> run) {
    Guide.Block last = null;
    for (Guide.Block block : run) {
      last = Files.exists(said(block)) ? block : last;
    }
    return last;
  }

  private Path said(Guide.Block block) {
    return folder.resolve("bin/said." + block.line());
  }

  private void compare(Guide guide, Guide.@Nullable Block failed) throws IOException {
    Guide.Block before = null;
    for (Guide.Block block : guide.blocks()) {
      String where = guide.name() + ":" + block.line();
      if (block.isOutput() && before != null && before.isRun()) {
        String said = Files.exists(said(before)) ? Files.readString(said(before)) : "";
        for (String line : block.lines()) {
          String pattern = "(?m)^\\Q" + line.replace("...", "\\E.*\\Q") + "\\E$";
          boolean isTrue = Pattern.compile(pattern).matcher(said).find();
          Assertions.assertTrue(
              isTrue || isRenewed(guide, line, said),
              () -> where + " shows " + line + "\nbut the command says:\n" + said + RENEWAL);
        }
      }
      if (block.equals(failed)) {
        Assertions.fail(
            where
                + " does not end with exit code "
                + block.exitCode()
                + "; it says:\n"
                + Files.readString(said(block)));
      }
      before = block;
    }
  }

  /**
   * Sizes, image numbers and digests change with each change of an image. Whoever wants it has
   * those in the guide replaced by those that the command says.
   */
  private static boolean isRenewed(Guide guide, String line, String said) throws IOException {
    String other =
        said.lines().filter(each -> alike(each).equals(alike(line))).findFirst().orElse("");
    if (System.getenv(RENEW) == null || other.isEmpty()) {
      return false;
    }
    String text = Files.readString(guide.file());
    List<String> old = figures(line);
    List<String> fresh = figures(other);
    for (int i = 0; i < old.size(); i++) {
      text = text.replace(old.get(i), fresh.get(i));
    }
    Files.writeString(guide.file(), text);
    return true;
  }

  private static List<String> figures(String line) {
    return FIGURE.matcher(line).results().map(MatchResult::group).toList();
  }

  private static String alike(String text) {
    return FIGURE.matcher(text).replaceAll("FIGURE");
  }

  @Override
  public void close() {
    server.destroyForcibly();
    try {
      server.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
