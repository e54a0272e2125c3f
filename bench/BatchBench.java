import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code zboot batch} of 1,000 nodes with distinct addresses beside {@code cp -r} and {@code
 * sha256sum} of the same bytes: whole processes, in turn, on a RAM disk.
 */
final class BatchBench {
  private static final int NODES = 1000;
  private static final int ROUNDS = 5;

  private BatchBench() {}

  static List<Row> rows(Path zboot, Path folder) throws Exception {
    Path profile = Files.writeString(folder.resolve("rack.yaml"), profile());
    Path images = folder.resolve("images");
    Path copy = folder.resolve("copy");
    Runs.Work ours = () -> {
          Runs.delete(images);
          return Runs.run(zboot, "batch", profile, "--form", "usb", "-o", images);
        };
    Runs.Work theirs =
        () -> {
          Runs.delete(copy);
          return Runs.run("cp", "-r", images, copy)
              .plus(Runs.run("sh", "-c", "sha256sum " + copy + "/*"));
        };
    List<Measure> times = Runs.alternating(ROUNDS, ours, theirs);
    Runs.delete(images);
    double peak = Runs.peakMegabytes(zboot, "batch", profile, "--form", "usb", "-o", images);
    Runs.delete(images);
    Runs.delete(copy);
    String what = String.format(Locale.ROOT, "zboot batch, %,d nodes", NODES);
    return List.of(
        Row.atMost(2, what, times.get(0), "cp + sha256sum", times.get(1)),
        Row.figure(256, what + ", peak memory", peak, "MB"));
  }

  private static String profile() {
    StringBuilder yaml =
        new StringBuilder("farm-id: 4242\ngateway: 10.255.0.1\ndns: 10.255.0.2\nnodes:\n");
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
}
