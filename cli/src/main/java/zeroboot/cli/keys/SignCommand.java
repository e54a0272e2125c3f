package zeroboot.cli.keys;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.output.FileTarget;
import zeroboot.cli.output.ForceOption;
import zeroboot.cli.output.InputFile;
import zeroboot.cli.output.StdoutTarget;
import zeroboot.cli.output.Target;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.input.InputKind;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.efi.Authenticode;
import zeroboot.signing.keys.CertificateInfo;
import zeroboot.signing.keys.KeyPurpose;
import zeroboot.signing.keys.SigningKey;

/** {@code zboot sign}. */
@Command(
    addMethodSubcommands = false,
    name = "sign",
    description = "Signs files: a signature beside each or, for Secure Boot, inside.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "Example:",
      "  zboot sign --key keys/sign.p12 zboot-farm4242-main.iso",
      "makes zboot-farm4242-main.iso.sig;",
      "  zboot sign --secure-boot --key keys/db.p12 -o signed.efi zero-os.efi"
    })
public final class SignCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|-",
      description = "What to sign; - is standard input.")
  List<Path> files = new ArrayList<>();

  @Mixin final KeyAccess access;

  @Option(
      names = "--secure-boot",
      description = "Write a copy of each UEFI file with a signature for firmware inside.")
  boolean secureBoot;

  @Option(
      names = "--unchecked",
      description = "With --secure-boot: sign even what starts anything, like an iPXE.")
  boolean unchecked;

  @Option(
      names = "--signing-time",
      description = "State the time in the signature. iPXE's imgverify reads only those without.")
  boolean signingTime;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|-",
      description = "Write to this file; default: FILE.sig, or FILE.signed for Secure Boot.")
  @Nullable String output;

  @Mixin final ForceOption force = new ForceOption();

  @Option(names = "--json", description = "Print the receipt as JSON on standard output.")
  boolean json;

  private final Session session;

  SignCommand(Session session) {
    this.session = session;
    access = new KeyAccess(session.environment());
  }

  @Override
  public Integer call() {
    access.requireKey("name the key to sign with");
    if (output != null && files.size() > 1) {
      throw ZbootException.usage("-o", "is for one file", "leave it out, or sign one by one");
    }
    if (secureBoot && signingTime) {
      throw ZbootException.usage(
          "--signing-time", "firmware does not look at the time", "leave it out");
    }
    if (unchecked && !secureBoot) {
      throw ZbootException.usage(
          "--unchecked", "nothing is checked without --secure-boot", "leave it out");
    }
    if (files.stream().filter(InputFile::isStdin).count() > 1) {
      throw ZbootException.usage("-", "standard input is there twice", "name it once");
    }
    List<Job> jobs = files.stream().map(this::job).toList();
    if (secureBoot && !unchecked) {
      List<IpxeCore> known = session.cores().all();
      jobs.forEach(job -> SecureBootSubject.check(job.name(), job.bytes(), known));
    }
    Instant now = session.clock().instant();
    SigningKey signer =
        access.open().fitFor(secureBoot ? KeyPurpose.SECURE_BOOT : KeyPurpose.CODE, now);
    List<byte[]> results = jobs.stream().map(job -> signed(job, signer, now)).toList();
    for (int i = 0; i < results.size(); i++) {
      jobs.get(i).target().write(results.get(i));
    }
    tell(jobs, signer);
    if (json) {
      printJson(jobs, results, signer);
    }
    nextSteps(jobs).say(json);
    return ExitCode.OK;
  }

  /** One file to sign, and where the result goes. */
  private record Job(String name, byte[] bytes, Target target) {}

  private Job job(Path file) {
    String extension = secureBoot ? ".signed" : DetachedSignature.EXTENSION;
    String otherwise = InputFile.isStdin(file) ? "-" : file + extension;
    String name = output == null ? otherwise : output;
    if (json && name.equals("-")) {
      throw ZbootException.usage(
          "--json", "the result itself goes to standard output", "add -o FILE");
    }
    Target target =
        name.equals("-")
            ? new StdoutTarget(session.streams().out())
            : FileTarget.of(name, force.isWanted());
    target.check();
    return new Job(InputFile.name(file), InputFile.read(file, InputKind.IMAGE), target);
  }

  private byte[] signed(Job job, SigningKey signer, Instant now) {
    return secureBoot
        ? Authenticode.sign(job.name(), job.bytes(), signer)
        : DetachedSignature.make(
            job.bytes(),
            signer,
            signingTime ? Optional.of(now.truncatedTo(ChronoUnit.SECONDS)) : Optional.empty());
  }

  /** A file of somebody's own is verified by the signature beside it. */
  private NextSteps nextSteps(List<Job> jobs) {
    NextSteps steps = new NextSteps(session);
    String result = jobs.get(0).target().fileName();
    if (result != null && secureBoot) {
      steps.run("check it", "verify", result);
    } else if (result != null) {
      steps.run("check it", "verify", jobs.get(0).name(), "--signature", result);
    }
    return steps;
  }

  private void tell(List<Job> jobs, SigningKey signer) {
    PrintStream err = session.streams().err();
    CertificateInfo info = CertificateInfo.of(signer.certificate());
    for (Job job : jobs) {
      String name = job.target().fileName();
      err.println(name == null ? "Signed " + job.name() : name);
    }
    err.println("Signed by " + info.subject());
    err.println("  certificate SHA-256 " + info.sha256());
  }

  private void printJson(List<Job> jobs, List<byte[]> results, SigningKey signer) {
    Json.print(
        session.streams().out(),
        fields -> {
          fields.name("secureBoot").value(secureBoot);
          fields.name("results").beginArray();
          for (int i = 0; i < jobs.size(); i++) {
            fields.beginObject();
            fields.name("file").value(jobs.get(i).name());
            fields.name("result").value(jobs.get(i).target().fileName());
            fields.name("size").value(results.get(i).length);
            fields.name("sha256").value(Sha256.hex(results.get(i)));
            fields.endObject();
          }
          fields.endArray();
          fields.name("certificate");
          CertificateJson.write(fields, CertificateInfo.of(signer.certificate()));
        });
  }
}
