package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd's journal is told of how grave a line is (sd-daemon(3)), on standard error. */
class JournalTest {
  private static final String[] MISTAKE = {"serve", "--http-only"};
  private static final String[] DOUBT = {
    "script", "--farm-id", "1", "--kernel-url", "http://192.0.2.1/k"
  };

  @TempDir private Path folder;

  /** What is said where the variable names this file, as the journal's socket is named. */
  private String said(String named, String... args) throws IOException, InterruptedException {
    Path err = Files.createTempFile(folder, "err", "");
    List<String> command = new ArrayList<>();
    String variable = "JOURNAL_STREAM=$(stat -L -c %d:%i " + named + ") exec \"$@\" 2>\"$0\"";
    command.addAll(List.of("sh", "-c", variable, err.toString()));
    command.addAll(ZbootProcess.command(args));
    Process process =
        new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile()).start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES));
    return Files.readString(err);
  }

  @Test
  void journalHearsHowGraveALineIs() throws Exception {
    String error = said("\"$0\"", MISTAKE);
    assertTrue(error.startsWith("<3>zboot: --farm-id: the farm ID is missing"), error);
    assertEquals(1, error.lines().count(), error);
    String doubt = said("\"$0\"", DOUBT);
    assertTrue(doubt.contains("\n<4>Warning: http://192.0.2.1/k is plain HTTP"), doubt);
  }

  /**
   * Such as a terminal's, which was started as a service and whose programs inherit its variable.
   */
  @Test
  void otherStreamsCarryNoMarks() throws Exception {
    String error = said("/", MISTAKE);
    assertTrue(error.startsWith("zboot: "), error);
  }
}
