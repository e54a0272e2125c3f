import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged program as a whole process, beside the least that a Java process takes. */
final class ProgramBench {
  private static final int ROUNDS = 20;

  private final Path zboot;
  private final Path folder;

  ProgramBench(Path zboot, Path folder) {
    this.zboot = zboot;
    this.folder = folder;
  }

  /**
   * @param java the newest JDK's, which the package was made with
   * @param classes where {@code Hello.class} is
   * @param pipeline the usual tools for an ISO, and {@code parts} for it
   * @param relink makes iPXE's files with another script in them; null if there is no iPXE tree
   */
  List<Row> rows(Path java, Path classes, Path pipeline, Path parts, Path relink) throws Exception {
    Path iso = folder.resolve("x.iso");
    double[] times =
        Runs.medians(
            ROUNDS,
            () -> Runs.run(java, "-cp", classes, "Hello"),
            () -> Runs.run(zboot, "script", "--farm-id", "1"),
            () -> Runs.run(zboot, "iso", "--farm-id", "1", "--force", "-o", iso),
            () -> Runs.run(pipeline, parts, folder.resolve("peer.iso")));
    List<Row> rows = new ArrayList<>();
    rows.add(Row.atMost(2.5, "zboot script", times[1], "hello world in Java", times[0]));
    rows.add(Row.atMost(0.75, "zboot iso", times[2], "mformat + mcopy + xorrisofs", times[3]));
    if (relink != null) {
      double theirs = Runs.medians(3, () -> Runs.run(relink))[0];
      rows.add(Row.atMost(0.02, "zboot iso", times[2], "relinking iPXE with the script", theirs));
    }
    double peak = 0;
    for (int i = 0; i < ROUNDS / 2; i++) {
      peak =
          Math.max(
              peak, Runs.peakMegabytes(zboot, "iso", "--farm-id", "1", "--force", "-o", iso));
    }
    rows.add(Row.figure(80, "zboot iso, peak memory", peak, "MB"));
    return rows;
  }

  /** What people download. */
  static Row download(Path archive) throws Exception {
    return Row.figure(45, "tar.gz with its Java runtime", Files.size(archive) / 1e6, "MB");
  }
}
