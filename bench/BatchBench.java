import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code zboot batch} of 1,000 nodes with distinct addresses beside {@code cp -r} and {@code
 * sha256sum} of the same bytes: whole processes, in turn in the same run, on a RAM disk. Prints
 * medians, their ratio and the peak memory; ends with 1 if one misses its target. Started by
 * {@code bench/run}.
 */
final class BatchBench {
  private static final int NODES = 1000;
  private static final int ROUNDS = 5;
  private static final double TARGET = 2.0;
  private static final long TARGET_KIB = 256 * 1024;
  private static final Path RAM_DISK = Path.of("/dev/shm");

  private BatchBench() {}

  public static void main(String[] args) throws Exception {
    Path zboot = Path.of(args[0]);
    Path folder = Files.createTempDirectory(RAM_DISK, "zboot-bench");
    try {
      Path profile = Files.writeString(folder.resolve("rack.yaml"), profile());
      double[] ours = new double[ROUNDS];
      double[] theirs = new double[ROUNDS];
      long peak = 0;
      for (int i = 0; i < ROUNDS; i++) {
        Path images = folder.resolve("images");
        Path copy = folder.resolve("copy");
        Run batch = run(zboot, "batch", profile, "--form", "usb", "-o", images);
        ours[i] = batch.seconds;
        peak = Math.max(peak, batch.peakKib);
        theirs[i] = run("cp", "-r", images, copy).seconds + run("sh", "-c", "sha256sum " + copy + "/*").seconds;
        delete(images);
        delete(copy);
      }
      double ratio = median(ours) / median(theirs);
      System.out.printf(
          Locale.ROOT,
          "zboot batch, %d nodes: %.2f s; cp -r and sha256sum of the same: %.2f s; ratio %.2f (target"
              + " %.1f) %s%n",
          NODES,
          median(ours),
          median(theirs),
          ratio,
          TARGET,
          ratio <= TARGET ? "reached" : "MISSED");
      System.out.printf(
          Locale.ROOT,
          "peak memory %d MB (target %d MB) %s%n",
          peak / 1024,
          TARGET_KIB / 1024,
          peak <= TARGET_KIB ? "reached" : "MISSED");
      System.exit(ratio <= TARGET && peak <= TARGET_KIB ? 0 : 1);
    } finally {
      delete(folder);
    }
  }

  private static String profile() {
    StringBuilder yaml = new StringBuilder("farm-id: 4242\ngateway: 10.255.0.1\ndns: 10.255.0.2\nnodes:\n");
    for (int i = 0; i < NODES; i++) {
      yaml.append(
          String.format(
              Locale.ROOT,
              "  - {name: node-%04d, mac: '00:00:5e:00:%02x:%02x', address: 10.1.%d.%d/8}%n",
              i,
              i >> 8,
              i & 255,
              i / 250,
              i % 250 + 1));
    }
    return yaml.toString();
  }

  /** Wall time and the largest resident size that was seen. */
  private record Run(double seconds, long peakKib) {}

  private static Run run(Object... command) throws Exception {
    List<String> words = Arrays.stream(command).map(Object::toString).toList();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    long peak = 0;
    while (!process.waitFor(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakKib(status));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(words + " ended with " + process.exitValue());
    }
    return new Run(seconds, peak);
  }

  private static long peakKib(Path status) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      // It has just ended.
      return 0;
    }
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
