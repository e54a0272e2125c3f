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
    double[] peak = {0};
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      double[] once =
          Runs.medians(
              1,
              () ->
                  peak[0] =
                      Math.max(
                          peak[0],
                          Runs.peakMegabytes(
                              zboot, "batch", profile, "--form", "usb", "-o", images)),
              () -> Runs.run("cp", "-r", images, copy),
              () -> Runs.run("sh", "-c", "sha256sum " + copy + "/*"));
      ours[i] = once[0];
      theirs[i] = once[1] + once[2];
      Runs.delete(images);
      Runs.delete(copy);
    }
    String what = String.format(Locale.ROOT, "zboot batch, %,d nodes", NODES);
    return List.of(
        Row.atMost(2, what, Runs.median(ours), "cp + sha256sum", Runs.median(theirs)),
        Row.figure(256, what + ", peak memory", peak[0], "MB"));
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
