import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What signing adds to a making command: {@code zboot iso} with keys beside the same without. */
final class SignBench {
  private static final int ROUNDS = 21;
  private static final double ADDED_MS = 300;

  private SignBench() {}

  static List<Row> rows(Path zboot, Path folder) throws Exception {
    Path password = folder.resolve("password");
    Files.writeString(password, "correct horse battery staple\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Path keys = folder.resolve("keys");
    Runs.run(zboot, "keys", "new", "--name", "Bench", "-o", keys, "--password-file", password);
    List<Object> plain =
        List.of(zboot, "iso", "--farm-id", "4242", "--force", "-o", folder.resolve("x.iso"));
    List<Object> detached = with(plain, "--sign-key", keys.resolve("sign.p12"));
    detached = with(detached, "--password-file", password);
    List<Object> secureBoot = with(plain, "--secure-boot-key", keys.resolve("db.p12"));
    secureBoot = with(secureBoot, "--password-file", password);
    List<Object> both = with(secureBoot, "--sign-key", keys.resolve("sign.p12"));
    List<Measure> times =
        Runs.alternating(ROUNDS, work(plain), work(detached), work(secureBoot), work(both));
    Measure unsigned = times.get(0);
    String peer = "zboot iso, unsigned";
    return List.of(
        Row.atMostAdded(ADDED_MS, "zboot iso --sign-key", times.get(1), peer, unsigned),
        Row.atMostAdded(ADDED_MS, "zboot iso --secure-boot-key", times.get(2), peer, unsigned),
        Row.atMostAdded(ADDED_MS, "zboot iso with both", times.get(3), peer, unsigned),
        Row.atMost(2.2, "zboot iso with both", times.get(3), peer, unsigned));
  }

  private static Runs.Work work(List<Object> command) {
    return Runs.process(command.toArray());
  }

  private static List<Object> with(List<Object> command, Object... more) {
    List<Object> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }
}
