import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What signing adds to a making command: {@code zboot iso} with keys beside the same without, whole
 * processes, in turn in the same run, on a RAM disk. Prints medians, their ratio and their
 * difference; ends with 1 if a difference misses its target. Arguments: the launcher, and {@code
 * --json} for one JSON object per row. Started by {@code bench/run}.
 */
final class SignBench {
  private static final int ROUNDS = 11;
  private static final double TARGET_MS = 300;
  private static final Path RAM_DISK = Path.of("/dev/shm");

  private final Path zboot;
  private final Path folder;

  private SignBench(Path zboot, Path folder) {
    this.zboot = zboot;
    this.folder = folder;
  }

  /** A kind of signing, and the options that ask for it. */
  private record Kind(String what, List<String> options) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    boolean json = Arrays.asList(args).contains("--json");
    Path folder = Files.createTempDirectory(RAM_DISK, "zboot-bench");
    boolean missed = false;
    try {
      SignBench bench = new SignBench(Path.of(args[0]), folder);
      for (Kind kind : bench.kinds()) {
        missed |= !bench.compare(kind, json);
      }
    } finally {
      delete(folder);
    }
    System.exit(missed ? 1 : 0);
  }

  private List<Kind> kinds() throws IOException, InterruptedException {
    Path password = folder.resolve("password");
    Files.writeString(password, "correct horse battery staple\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Path keys = folder.resolve("keys");
    String file = password.toString();
    run("keys", "new", "--name", "Bench", "-o", keys.toString(), "--password-file", file);
    List<String> sign = List.of("--sign-key", keys.resolve("sign.p12").toString());
    List<String> secureBoot = List.of("--secure-boot-key", keys.resolve("db.p12").toString());
    return List.of(
        new Kind("iso --sign-key", all(sign, List.of("--password-file", file))),
        new Kind("iso --secure-boot-key", all(secureBoot, List.of("--password-file", file))),
        new Kind(
            "iso --secure-boot-key --sign-key",
            all(secureBoot, sign, List.of("--password-file", file))));
  }

  private boolean compare(Kind kind, boolean json) throws IOException, InterruptedException {
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      theirs[i] = iso(List.of());
      ours[i] = iso(kind.options());
    }
    double added = median(ours) - median(theirs);
    boolean reached = added <= TARGET_MS;
    String target = String.format(Locale.ROOT, "at most %.0f ms more", TARGET_MS);
    System.out.printf(
        Locale.ROOT,
        json
            ? "{\"what\":\"%s\",\"oursMs\":%.1f,\"peer\":\"%s\",\"peerMs\":%.1f,\"ratio\":%.3f,"
                + "\"addedMs\":%.1f,\"target\":\"%s\",\"reached\":%b}%n"
            : "%s: %.0f ms; %s: %.0f ms; ratio %.2f, %.0f ms more, target %s: %s%n",
        kind.what(),
        median(ours),
        "iso, unsigned",
        median(theirs),
        median(ours) / median(theirs),
        added,
        target,
        json ? (Object) reached : reached ? "reached" : "MISSED");
    return reached;
  }

  /** Milliseconds that one image takes. */
  private double iso(List<String> options) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("iso", "--farm-id", "4242", "--force"));
    words.addAll(List.of("-o", folder.resolve("x.iso").toString()));
    words.addAll(options);
    long start = System.nanoTime();
    run(words.toArray(String[]::new));
    return (System.nanoTime() - start) / 1e6;
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(zboot.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException(command + " ended with " + exitCode);
    }
  }

  @SafeVarargs
  private static List<String> all(List<String>... parts) {
    return Stream.of(parts).flatMap(List::stream).toList();
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
