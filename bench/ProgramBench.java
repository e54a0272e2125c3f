import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged program as a whole process, beside the least that a Java process takes. */
final class ProgramBench {
  private static final int ROUNDS = 21;
  private static final String HELLO = "hello world in Java";
  private static final String PIPELINE = "mformat + mcopy + xorrisofs";

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
    List<Measure> times =
        Runs.alternating(
            ROUNDS,
            Runs.process(java, "-cp", classes, "Hello"),
            Runs.process(zboot, "--version"),
            Runs.process(zboot, "--help"),
            Runs.process(zboot, "script", "--farm-id", "1"),
            Runs.process(zboot, "iso", "--farm-id", "1", "--force", "-o", iso),
            Runs.process(pipeline, parts, folder.resolve("peer.iso")));
    Measure hello = times.get(0);
    List<Row> rows = new ArrayList<>();
    rows.add(Row.atMost(2.6, "zboot --version", times.get(1), HELLO, hello));
    rows.add(Row.atMost(3, "zboot --help", times.get(2), HELLO, hello));
    rows.add(Row.atMost(2.6, "zboot script", times.get(3), HELLO, hello));
    rows.add(Row.atMost(3.4, 4, "zboot iso", times.get(4), HELLO, hello));
    rows.add(Row.atMost(0.7, "zboot iso", times.get(4), PIPELINE, times.get(5)));
    if (relink != null) {
      Measure theirs = Runs.alternating(3, Runs.process(relink)).get(0);
      String peer = "relinking iPXE with the script";
      rows.add(Row.atMost(0.02, "zboot iso", times.get(4), peer, theirs));
    }
    double peak = 0;
    for (int i = 0; i < ROUNDS; i++) {
      peak =
          Math.max(
              peak, Runs.peakMegabytes(zboot, "iso", "--farm-id", "1", "--force", "-o", iso));
    }
    rows.add(Row.figure(62, "zboot iso, peak memory", peak, "MB"));
    return rows;
  }

  /** What people download. */
  static Row download(Path archive) throws Exception {
    return Row.figure(45, "tar.gz with its Java runtime", Files.size(archive) / 1e6, "MB");
  }
}
