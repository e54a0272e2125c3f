import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the packaged program against its named peers, side by side, and prints one table, or with
 * {@code --json} an array with an object for each row. Ends with 1 if a row misses its target.
 *
 * <p>Arguments: the folder of the unpacked package, its tar.gz, the JDK that made it, the folder of
 * these classes, a file of rows that {@code bench/write --json} printed (empty: none), the folder
 * {@code bench}, iPXE's relink command (empty: none), {@code --json} or nothing. Started by {@code
 * bench/run}.
 */
final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
    Path zboot = Path.of(args[0], "bin", "zboot");
    Path java = Path.of(args[2], "bin", "java");
    Path classes = Path.of(args[3]);
    Path pipeline = Path.of(args[5], "iso-pipeline.sh");
    Path relink = args[6].isEmpty() ? null : Path.of(args[6]);
    boolean json = Arrays.asList(args).contains("--json");
    List<Row> rows = new ArrayList<>();
    Path folder = Files.createTempDirectory(Runs.RAM_DISK, "zboot-bench");
    try {
      Path parts = Files.createDirectory(folder.resolve("parts"));
      MakerBench maker = new MakerBench();
      maker.storeParts(parts);
      say("starting the program");
      rows.addAll(new ProgramBench(zboot, folder).rows(java, classes, pipeline, parts, relink));
      rows.add(ProgramBench.download(Path.of(args[1])));
      rows.add(maker.row(pipeline, parts, folder));
      say("signing");
      rows.addAll(SignBench.rows(zboot, folder));
      say("a batch of 1,000 nodes");
      rows.addAll(BatchBench.rows(zboot, folder));
    } finally {
      Runs.delete(folder);
    }
    for (String line : Files.readAllLines(Path.of(args[4]))) {
      rows.add(Row.read(JsonParser.parseString(line).getAsJsonObject()));
    }
    System.out.print(json ? Row.json(rows) : Row.table(rows));
    System.exit(rows.stream().allMatch(Row::reached) ? 0 : 1);
  }

  private static void say(String what) {
    System.err.println("bench: " + what);
  }
}
