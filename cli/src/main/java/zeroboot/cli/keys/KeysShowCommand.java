package zeroboot.cli.keys;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.signing.efi.KeyContents;
import zeroboot.signing.keys.CertificateInfo;

/** {@code zboot keys show}. */
@Command(
    addMethodSubcommands = false,
    name = "show",
    description = "Shows what files of keys and certificates hold; never a private key.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example:", "  zboot keys show keys/db.p12 keys/enroll/db.auth"})
final class KeysShowCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "PKCS #12, PEM, DER, .esl or .auth files, or pkcs11: URIs.")
  List<String> files = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Mixin final PasswordOption password;
  private final Session session;

  KeysShowCommand(Session session) {
    this.session = session;
    password = new PasswordOption(session.environment());
  }

  @Override
  public Integer call() {
    Map<String, KeyContents> all = new LinkedHashMap<>();
    for (String file : files) {
      all.put(file, KeyContents.of(file, password::password));
    }
    PrintStream out = session.streams().out();
    if (json) {
      printJson(all, out);
    } else {
      all.forEach((file, contents) -> print(file, contents, out));
    }
    return ExitCode.OK;
  }

  private void print(String file, KeyContents contents, PrintStream out) {
    out.println(file + ": " + contents.kind());
    for (var certificate : contents.certificates()) {
      CertificateInfo info = CertificateInfo.of(certificate);
      out.println("  " + info.subject());
      info.issuer().ifPresent(issuer -> out.println("    issued by " + issuer));
      out.println("    SHA-256 " + info.sha256());
      String uses = info.uses().isEmpty() ? "any use" : String.join(", ", info.uses());
      out.println(
          "    " + info.key() + ", " + uses + ", " + info.validity(session.clock().instant()));
    }
  }

  private static void printJson(Map<String, KeyContents> all, PrintStream out) {
    Json.print(
        out,
        fields -> {
          fields.name("files").beginArray();
          for (Map.Entry<String, KeyContents> file : all.entrySet()) {
            fields.beginObject();
            fields.name("file").value(file.getKey());
            fields.name("kind").value(file.getValue().kind());
            fields.name("certificates").beginArray();
            for (var certificate : file.getValue().certificates()) {
              CertificateJson.write(fields, CertificateInfo.of(certificate));
            }
            fields.endArray();
            fields.endObject();
          }
          fields.endArray();
        });
  }
}
