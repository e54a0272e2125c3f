package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.LoopDevice;

/** A write that is cut short at any moment leaves nothing that boots, and another one heals it. */
class InterruptedWriteTest {
  private static final int SIZE = 32 << 20;
  private static final int IMAGE = 20_000_001;
  private static final int FIRST_BLOCK = 4096;

  @TempDir private Path folder;

  @Test
  void killedAtSixMoments() throws Exception {
    killedAtMoments(6);
  }

  @Tag("long")
  @Test
  void killedAtTwentyMoments() throws Exception {
    killedAtMoments(20);
  }

  private void killedAtMoments(int kills) throws Exception {
    byte[] image = new byte[IMAGE];
    new Random(1).nextBytes(image);
    Path file = Files.write(folder.resolve("image"), image);
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      byte[] old = new byte[SIZE];
      Arrays.fill(old, (byte) 0xAA);
      long whole = run(file, loop, Long.MAX_VALUE);
      assertArrayEquals(image, Arrays.copyOf(Files.readAllBytes(loop.file()), IMAGE));

      int empty = 0;
      long seed = System.nanoTime();
      Random random = new Random(seed);
      // How long a write takes differs from one to the next, so some moments miss all of it.
      for (int i = 0; i < kills || (empty == 0 && i < 10 * kills); i++) {
        Files.write(loop.file(), old);
        long moment = (long) (random.nextDouble() * whole);
        run(file, loop, moment);
        byte[] left = Files.readAllBytes(loop.file());
        String when = "seed " + seed + ", killed " + moment / 1000 + " µs after the beginning";
        if (Arrays.equals(left, 0, FIRST_BLOCK, new byte[FIRST_BLOCK], 0, FIRST_BLOCK)) {
          empty++;
        } else if (left[0] == old[0]) {
          assertArrayEquals(old, left, when + ": begun before the first block was emptied");
        } else {
          assertArrayEquals(image, Arrays.copyOf(left, IMAGE), when + ": half of it boots");
        }
      }
      assertTrue(empty > 0, "not one kill in the middle of a write");

      run(file, loop, Long.MAX_VALUE);
      assertArrayEquals(image, Arrays.copyOf(Files.readAllBytes(loop.file()), IMAGE));
    }
  }

  /**
   * A signal that ends it: everything is left in order, and said. Not Ctrl-C's, which a shell's
   * background jobs are told to ignore; that one is sent from a terminal in another test.
   */
  @Test
  void stoppedByASignal() throws Exception {
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      Process process =
          ZbootProcess.start(
              "write", "--any-image", "--fixed-disk", yes(loop), "-", loop.path().toString());
      // More than is read before the first byte is written, and then nothing for ever.
      process.getOutputStream().write(new byte[20 << 20]);
      process.getOutputStream().flush();
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      String line = output.readLine();
      while (line != null && !line.contains(": writing")) {
        line = output.readLine();
      }
      String pid = String.valueOf(process.pid());
      ForeignTool.require("sh").run("-c", "kill -TERM " + pid).ok();
      String rest = String.join("\n", output.lines().toList());
      assertEquals(143, process.waitFor(), rest);
      assertTrue(
          rest.contains("stopped before the end; its first block is empty, so that nothing boots"),
          rest);
      assertTrue(rest.contains("run the command again"), rest);
    }
  }

  /** Runs a write to its end, or kills it so many nanoseconds after it began; returns its time. */
  private static long run(Path image, LoopDevice loop, long killAfter) throws Exception {
    Process process =
        ZbootProcess.start(
            "write",
            "--json",
            "--any-image",
            "--fixed-disk",
            yes(loop),
            image.toString(),
            loop.path().toString());
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.contains("\"clearing\"")) {
      line = output.readLine();
    }
    long begin = System.nanoTime();
    if (killAfter != Long.MAX_VALUE) {
      sleepUntil(begin + killAfter);
      process.destroyForcibly();
      process.waitFor();
      return 0;
    }
    String rest = String.join("\n", output.lines().toList());
    assertEquals(0, process.waitFor(), rest);
    return System.nanoTime() - begin;
  }

  private static void sleepUntil(long moment) throws InterruptedException {
    long left = moment - System.nanoTime();
    if (left > 0) {
      Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
    }
  }

  private static String yes(LoopDevice loop) throws IOException {
    return "--yes-erase=" + loop.challenge("33.6 MB");
  }
}
