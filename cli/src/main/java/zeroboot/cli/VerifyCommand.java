package zeroboot.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.image.read.ByteSource;
import zeroboot.input.InputKind;
import zeroboot.signing.Check;
import zeroboot.signing.DetachedSignature;
import zeroboot.signing.Trust;
import zeroboot.signing.Verification;
import zeroboot.spec.ZbootException;

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
final class VerifyCommand implements Callable<Integer> {
  /** More than any image of zboot's. */
  private static final int DEVICE_BYTES = 4 << 20;

  @Parameters(paramLabel = "FILE|DEVICE|-", description = "What to verify; - is standard input.")
  private Path file = Path.of("");

  @Option(
      names = "--trust",
      paramLabel = "CERT",
      description = "Signers have to be this one, or issued by it; may be repeated.")
  private List<Path> trusted = new ArrayList<>();

  @Option(
      names = "--signature",
      paramLabel = "FILE",
      description = "The signature beside it. Default: FILE.sig, if it is there.")
  private @Nullable Path signature;

  @Option(names = "--json", description = "Print the checks as JSON.")
  private boolean json;

  @Mixin private final CoreOption core = new CoreOption();
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
    String name = InputFile.name(file);
    Path beside = Path.of(file + DetachedSignature.EXTENSION);
    Path signed = signature == null ? beside : signature;
    Optional<byte[]> detached =
        signature == null && (InputFile.isStdin(file) || !Files.isRegularFile(beside))
            ? Optional.empty()
            : Optional.of(InputFile.read(signed, InputKind.SIGNATURE));
    List<Check> checks = run(InputFile.name(signed), detached);
    long failed = checks.stream().filter(c -> c.result() == Check.Result.FAILED).count();
    if (json) {
      printJson(checks, failed == 0);
    } else {
      checks.forEach(this::print);
    }
    if (failed > 0) {
      throw ZbootException.signature(
          name,
          failed == 1 ? "a check failed, see above" : failed + " checks failed, see above",
          "do not use it; make or fetch it anew");
    }
    return ExitCode.OK;
  }

  private List<Check> run(String signature, Optional<byte[]> detached) {
    if (InputFile.isStdin(file) || Files.isRegularFile(file)) {
      byte[] bytes = InputFile.read(file, InputKind.IMAGE);
      return verification(ByteSource.of(InputFile.name(file), bytes), bytes)
          .run(signature, detached);
    }
    try (ByteSource source = ByteSource.open(file)) {
      return verification(source, source.read(0, DEVICE_BYTES)).run(signature, detached);
    }
  }

  private Verification verification(ByteSource source, byte[] bytes) {
    return new Verification(
        source,
        bytes,
        Trust.of(trusted),
        session.clock().instant(),
        List.of(core.load(session.cores())));
  }

  private void print(Check check) {
    PrintStream out = session.streams().out();
    Paint paint = session.streams().outPaint();
    String result =
        switch (check.result()) {
          case OK -> paint.good("ok    ");
          case NOTE -> "note  ";
          case FAILED -> paint.bad("FAILED");
        };
    out.printf("%s  %s: %s%n", result, check.what(), check.says());
  }

  private void printJson(List<Check> checks, boolean verified) {
    Json.print(
        session.streams().out(),
        fields -> {
          fields.name("file").value(InputFile.name(file));
          fields.name("verified").value(verified);
          fields.name("checks").beginArray();
          for (Check check : checks) {
            fields.beginObject();
            fields.name("result").value(check.result().name().toLowerCase(Locale.ROOT));
            fields.name("check").value(check.what());
            fields.name("says").value(check.says());
            fields.endObject();
          }
          fields.endArray();
        });
  }
}
