package zeroboot.cli.keys;

import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.ground.ZbootException;
import zeroboot.signing.efi.KeySet;
import zeroboot.signing.keys.CertificateInfo;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.KeySetPlan;

/** {@code zboot keys new}. */
@Command(
    addMethodSubcommands = false,
    name = "new",
    description =
        "Makes keys for Secure Boot (PK, KEK, db) and for signing files, in a new folder.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example:", "  zboot keys new --name \"Example farm\" -o keys"})
final class KeysNewCommand implements Callable<Integer> {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Whose keys they are; stands in the certificates. Required.")
  @Nullable String name;

  @Mixin final NewFolderOption output = new NewFolderOption();

  @Option(
      names = "--bits",
      paramLabel = "N",
      completionCandidates = Sizes.class,
      defaultValue = "2048",
      description = "Size of the RSA keys: 2048 (default, all firmware knows it), 3072, 4096.")
  int bits;

  @Option(
      names = "--years",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long the certificates are valid. Default: 10.")
  int years;

  @Option(names = "--json", description = "Print what was made as JSON.")
  boolean json;

  @Mixin final PasswordOption password;
  private final Session session;

  KeysNewCommand(Session session) {
    this.session = session;
    password = new PasswordOption(session.environment());
  }

  /** For the completion of the option. */
  static final class Sizes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("2048", "3072", "4096").iterator();
    }
  }

  @Override
  public Integer call() {
    if (name == null) {
      throw ZbootException.usage("--name", "is missing", "add --name \"Example farm\"");
    }
    NewFolder folder = output.folder("keys");
    KeySetPlan plan = new KeySetPlan(name, bits, years, session.clock().instant());
    folder.check();
    char[] secret = password.newPassword();
    KeySet keys;
    SortedMap<String, byte[]> files;
    try {
      keys = KeySet.generate(plan, new SecureRandom());
      files = keys.files(secret);
    } finally {
      Arrays.fill(secret, '\0');
    }
    folder.write(files);
    tell(keys, folder.folder());
    if (json) {
      printJson(keys, folder.folder());
    }
    new NextSteps(session)
        .run(
            "sign an image",
            "iso",
            "--farm-id",
            "N",
            "--secure-boot-key",
            folder.folder().resolve("db.p12").toString(),
            "--sign-key",
            folder.folder().resolve("sign.p12").toString())
        .say(json);
    return ExitCode.OK;
  }

  private void printJson(KeySet keys, Path folder) {
    Json.print(
        session.streams().out(),
        fields -> {
          fields.name("folder").value(folder.toString());
          fields.name("keys").beginArray();
          for (KeyRole role : KeyRole.values()) {
            fields.beginObject();
            fields.name("name").value(role.id());
            fields.name("file").value(role.id() + ".p12");
            fields.name("use").value(role.use());
            fields.name("certificate");
            CertificateJson.write(fields, CertificateInfo.of(keys.certificate(role)));
            fields.endObject();
          }
          fields.endArray();
        });
  }

  private void tell(KeySet keys, Path folder) {
    PrintStream err = session.streams().err();
    err.println("New keys in " + folder + ":");
    for (KeyRole role : KeyRole.values()) {
      CertificateInfo info = CertificateInfo.of(keys.certificate(role));
      err.printf("  %-8s %s, %s%n", role.id() + ".p12", role.use(), info.validity(info.from()));
      err.println("           SHA-256 " + info.sha256());
    }
    err.println("Keep the .p12 files and their password secret, and a copy of both safe.");
    err.println("enroll/README.TXT says how a machine learns to trust them.");
  }
}
