package zeroboot.cli.keys;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.output.InputFile;
import zeroboot.ground.ZbootException;
import zeroboot.image.read.ByteSource;
import zeroboot.input.InputKind;
import zeroboot.signing.efi.Revocation;
import zeroboot.signing.keys.CertificateInfo;
import zeroboot.signing.keys.KeyPurpose;
import zeroboot.signing.keys.SigningKey;

/** {@code zboot keys revoke}. */
@Command(
    addMethodSubcommands = false,
    name = "revoke",
    description =
        "Makes an update for firmware's dbx (dbx.esl, dbx.auth): what was signed before is started"
            + " no more.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example:", "  zboot keys revoke --key keys/KEK.p12 -o revoked old.efi"})
final class KeysRevokeCommand implements Callable<Integer> {
  /** What EFI_TIME can say (UEFI specification 2.10, section 8.3). */
  private static final int LAST_YEAR = 9999;

  private static final int FIRST_YEAR = 1900;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|-",
      description = "Images made by zboot, devices with one, or UEFI files.")
  List<Path> files = new ArrayList<>();

  @Mixin final KeyAccess access;

  @Mixin final NewFolderOption output = new NewFolderOption();

  @Option(
      names = "--whole",
      description = "Shut out these images of zboot's themselves, whole: they boot no more.")
  boolean whole;

  @Option(
      names = "--date",
      paramLabel = "TIME",
      description =
          "The time in the update, like 2026-11-28 or 2026-11-28T12:00:00Z. Default: now.")
  @Nullable String date;

  @Option(names = "--json", description = "Print what was made as JSON.")
  boolean json;

  private final Session session;

  KeysRevokeCommand(Session session) {
    this.session = session;
    access = new KeyAccess(session.environment());
  }

  @Override
  public Integer call() {
    access.requireKey("name one in the machines' KEK, like keys/KEK.p12");
    NewFolder folder = output.folder("revoked");
    Instant time = time();
    folder.check();
    Revocation revocation =
        new Revocation(files.stream().flatMap(file -> found(file).stream()).toList());
    SigningKey signer = access.open().fitFor(KeyPurpose.DATABASES, session.clock().instant());
    folder.write(revocation.files(signer, time));
    tell(revocation, signer, folder.folder());
    if (json) {
      printJson(revocation, signer, folder.folder());
    }
    return ExitCode.OK;
  }

  private Instant time() {
    if (date == null) {
      return session.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }
    try {
      Instant time =
          date.contains("T")
              ? Instant.parse(date)
              : LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
      int year = time.atZone(ZoneOffset.UTC).getYear();
      if (year >= FIRST_YEAR && year <= LAST_YEAR) {
        return time.truncatedTo(ChronoUnit.SECONDS);
      }
    } catch (DateTimeException e) {
      throw noDate(date);
    }
    throw noDate(date);
  }

  private static ZbootException noDate(String text) {
    return ZbootException.usage(
        "--date",
        "'" + text + "' is not a date",
        "write it like 2026-11-28 or 2026-11-28T12:00:00Z");
  }

  private List<Revocation.Item> found(Path file) {
    if (InputFile.isStdin(file) || Files.isRegularFile(file) || !Files.exists(file)) {
      return Revocation.of(InputFile.name(file), InputFile.read(file, InputKind.IMAGE), whole);
    }
    try (ByteSource device = ByteSource.open(file)) {
      return Revocation.of(device, whole);
    }
  }

  private void tell(Revocation revocation, SigningKey signer, Path folder) {
    PrintStream err = session.streams().err();
    err.println("An update for dbx in " + folder + ", which shuts out:");
    for (Revocation.Item item : revocation.items()) {
      err.println("  " + item.file() + ": " + item.what());
      err.println("    SHA-256 " + item.sha256());
    }
    CertificateInfo info = CertificateInfo.of(signer.certificate());
    err.println("dbx.auth adds this to a machine's dbx; signed by " + info.subject() + ".");
    err.println("Media that start any of it boot no more. Make them again first.");
  }

  private void printJson(Revocation revocation, SigningKey signer, Path folder) {
    Json.print(
        session.streams().out(),
        fields -> {
          fields.name("folder").value(folder.toString());
          fields.name("revoked").beginArray();
          for (Revocation.Item item : revocation.items()) {
            fields.beginObject();
            fields.name("file").value(item.file());
            fields.name("what").value(item.what());
            fields.name("sha256").value(item.sha256());
            fields.endObject();
          }
          fields.endArray();
          fields.name("certificate");
          CertificateJson.write(fields, CertificateInfo.of(signer.certificate()));
        });
  }
}
