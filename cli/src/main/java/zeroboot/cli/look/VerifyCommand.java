package zeroboot.cli.look;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Streams;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.output.InputFile;
import zeroboot.cli.settings.CoreOption;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.read.ByteSource;
import zeroboot.input.InputKind;
import zeroboot.medium.Beside;
import zeroboot.medium.Judge;
import zeroboot.medium.Verdict;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.keys.Trust;

/** {@code zboot verify}. */
@Command(
    addMethodSubcommands = false,
    name = "verify",
    description = "Verifies signatures, and that every byte is as zboot makes it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Example:",
      "  zboot verify node.iso --trust keys/sign.pem --trust keys/db.pem",
      "Ends with exit code 5 if a check fails."
    })
public final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|DEVICE|-", description = "What to verify; - is standard input.")
  Path file = Path.of("");

  @Option(
      names = "--trust",
      paramLabel = "CERT",
      description = "Who signed all of it has to be this one, or issued by it; may be repeated.")
  List<Path> trusted = new ArrayList<>();

  @Option(
      names = "--signature",
      paramLabel = "FILE",
      description = "The signature beside it. Default: FILE.sig, if it is there.")
  @Nullable Path signature;

  @Option(names = "--json", description = "Print the checks as JSON.")
  boolean json;

  @Mixin final CoreOption core = new CoreOption();
  private final Session session;

  VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (InputFile.isStdin(file) && signature != null && InputFile.isStdin(signature)) {
      throw ZbootException.usage(
          "--signature", "standard input cannot be both file and signature", "name a file");
    }
    Path beside = Path.of(file + DetachedSignature.EXTENSION);
    Path signed = signature == null ? beside : signature;
    Optional<byte[]> detached =
        signature == null && (InputFile.isStdin(file) || !Files.isRegularFile(beside))
            ? Optional.empty()
            : Optional.of(InputFile.read(signed, InputKind.SIGNATURE));
    Judge judge = Judge.knowing(known()).trusting(Trust.of(trusted), session.clock().instant());
    Verdict verdict = verdict(judge, InputFile.name(signed), detached);
    if (json) {
      Json.print(session.streams().out(), new VerdictText(verdict)::write);
    } else if (!session.streams().isQuiet() || !verdict.failures().isEmpty()) {
      Streams streams = session.streams();
      new VerdictText(verdict).print(streams.out(), streams.outPaint(), streams.hints());
    }
    int failed = verdict.failures().size();
    if (failed > 0) {
      throw ZbootException.signature(
          verdict.facts().name(),
          failed == 1 ? "a check failed, see above" : failed + " checks failed, see above",
          "do not use it; make or download it again");
    }
    return ExitCode.OK;
  }

  /** What inspect knows, and the core that was named. */
  private List<IpxeCore> known() {
    List<IpxeCore> known = new ArrayList<>(session.cores().all());
    known.add(core.load(session.cores()));
    return known;
  }

  private Verdict verdict(Judge judge, String where, Optional<byte[]> detached) {
    if (InputFile.isStdin(file) || Files.isRegularFile(file)) {
      Optional<byte[]> bytes = Optional.of(InputFile.read(file, InputKind.IMAGE));
      return judge.of(
          ByteSource.of(InputFile.name(file), bytes.get()), beside(where, detached, bytes));
    }
    try (ByteSource source = ByteSource.open(file)) {
      return judge.of(source, beside(where, detached, Optional.empty()));
    }
  }

  private static Beside beside(String where, Optional<byte[]> detached, Optional<byte[]> bytes) {
    return detached
        .map(one -> Beside.signature(where, one, bytes))
        .orElseGet(() -> Beside.nothing(bytes));
  }
}
