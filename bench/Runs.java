import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Whole processes, and what is measured of them. */
final class Runs {
  /** Results go here, so that no disk is measured. */
  static final Path RAM_DISK = Path.of("/dev/shm");

  private Runs() {}

  /** Something that takes time. */
  interface Work {
    void run() throws Exception;
  }

  /** Medians, in milliseconds, of things done in turn: all share what the machine does meanwhile. */
  static double[] medians(int rounds, Work... works) throws Exception {
    double[][] times = new double[works.length][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < works.length; i++) {
        long start = System.nanoTime();
        works[i].run();
        times[i][round] = (System.nanoTime() - start) / 1e6;
      }
    }
    return Arrays.stream(times).mapToDouble(Runs::median).toArray();
  }

  /** A process that must succeed; what it says is thrown away. */
  static void run(Object... command) throws IOException, InterruptedException {
    finish(start(command), command);
  }

  /** The same, and the largest resident size that was seen of it, in MB of 2<sup>20</sup> bytes. */
  static double peakMegabytes(Object... command) throws IOException, InterruptedException {
    Process process = start(command);
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    long peak = 0;
    while (!process.waitFor(2, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakKib(status));
    }
    finish(process, command);
    return peak / 1024.0;
  }

  private static Process start(Object... command) throws IOException {
    return new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void finish(Process process, Object... command) throws InterruptedException {
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException(List.of(command) + " ended with " + exitCode);
    }
  }

  private static long peakKib(Path status) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // it has just ended
    }
  }

  static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
