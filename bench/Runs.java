import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Whole processes, and what is measured of them. */
final class Runs {
  /** Results go here, so that no disk is measured. */
  static final Path RAM_DISK = Path.of("/dev/shm");

  /** The shell's own {@code time} counts what a process's children used, too. */
  private static final String TIMED =
      "TIMEFORMAT='%3R %3U %3S'; { time \"$@\" >/dev/null 2>&1; } 2>&1";

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Runs() {}

  /** Something that is timed, once. */
  interface Work {
    Measure.Sample run() throws Exception;
  }

  /** Something to do in this process. */
  interface Step {
    void run() throws Exception;
  }

  /**
   * Things done in turn, so that all share what the machine does meanwhile; each once before, which
   * is not counted.
   */
  static List<Measure> alternating(int rounds, Work... works) throws Exception {
    List<List<Measure.Sample>> samples = new ArrayList<>();
    for (Work work : works) {
      work.run();
      samples.add(new ArrayList<>());
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < works.length; i++) {
        samples.get(i).add(works[i].run());
      }
    }
    return samples.stream().map(Measure::of).toList();
  }

  /** A process that must succeed; what it says is thrown away. */
  static Work process(Object... command) {
    return () -> run(command);
  }

  /** The same, at once. */
  static Measure.Sample run(Object... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("bash", "-c", TIMED, "bash"));
    Arrays.stream(command).map(Object::toString).forEach(words::add);
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    check(process, command);
    double[] seconds = Arrays.stream(said.trim().split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new Measure.Sample(seconds[0] * 1000, (seconds[1] + seconds[2]) * 1000);
  }

  /** Something done in this process so many times in a row; what one took. */
  static Work here(int times, Step step) {
    return () -> {
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        step.run();
      }
      double wall = (System.nanoTime() - start) / 1e6;
      double used = (SYSTEM.getProcessCpuTime() - cpu) / 1e6;
      return new Measure.Sample(wall / times, used / times);
    };
  }

  /** The largest resident size that was seen of a process, in MB of 2<sup>20</sup> bytes. */
  static double peakMegabytes(Object... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    long peak = 0;
    while (!process.waitFor(2, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakKib(status));
    }
    check(process, command);
    return peak / 1024.0;
  }

  private static void check(Process process, Object... command) throws InterruptedException {
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
