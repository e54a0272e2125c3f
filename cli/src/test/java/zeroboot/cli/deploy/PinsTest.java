package zeroboot.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.bmc.link.BmcAddress;

/** The file of certificates, which several runs write. */
class PinsTest {
  private static final int RUNS = 40;

  @TempDir private Path folder;

  private static BmcAddress address(int number) {
    return new BmcAddress("bmc-" + number, 443);
  }

  private static String sha256(int number) {
    return String.format("%064x", number);
  }

  /** Each has read the file before any of them writes. */
  @Test
  void noneIsLost() throws InterruptedException, ExecutionException {
    Path file = folder.resolve(Pins.FILE);
    List<Pins> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      runs.add(new Pins(file));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Map<BmcAddress, String>>> all = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Map<BmcAddress, String> mine = Map.of(address(i), sha256(i));
      Pins run = runs.get(i);
      all.add(threads.submit(() -> run.add(mine)));
    }
    for (Future<Map<BmcAddress, String>> each : all) {
      assertEquals(Map.of(), each.get());
    }
    threads.shutdown();
    Pins read = new Pins(file);
    for (int i = 0; i < RUNS; i++) {
      assertEquals(Optional.of(sha256(i)), read.of(address(i)));
    }
  }

  @Test
  void firstOneCounts() {
    Path file = folder.resolve(Pins.FILE);
    Pins first = new Pins(file);
    Pins second = new Pins(file);
    assertEquals(Map.of(), first.add(Map.of(address(1), sha256(1))));
    assertEquals(
        Map.of(address(1), sha256(1)),
        second.add(Map.of(address(1), sha256(2), address(2), sha256(2))));
    Pins read = new Pins(file);
    assertEquals(Optional.of(sha256(1)), read.of(address(1)));
    assertEquals(Optional.of(sha256(2)), read.of(address(2)));
  }
}
