package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SelfSigned;

/** Images that are signed as they are made, and images that trust another root. */
class SignedMakingTest {
  @TempDir private static Path shared;
  private static FarmKeys keys;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKeys() {
    keys = FarmKeys.make(shared);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iso", "usb", "efi"})
  void bothSignaturesAreInEveryFormAndItStaysSmall(String form) throws IOException {
    Path file = folder.resolve("x");
    CliRun run = CliRun.of(signed(form, file));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(Files.size(file) <= 1_000_000, Files.size(file) + " bytes");
    JsonObject certificate = run.json().getAsJsonObject("secureBootCertificate");
    assertEquals(keys.fingerprint("db"), certificate.get("sha256").getAsString());
    Path efi = form.equals("efi") ? file : bootFile(form, file, run.json());
    ForeignTool.require("sbverify").run("--cert", keys.file("db.pem"), efi.toString()).ok();
    String copy = folder.resolve("again") + "";
    byte[] first = Files.readAllBytes(file);
    CliRun.of(signed(form, Path.of(copy)));
    assertArrayEquals(first, Files.readAllBytes(Path.of(copy)), "same key, same bytes");
  }

  @Test
  void signatureLiesBesideTheResult() throws IOException {
    for (String form : List.of("script", "lkrn", "usb")) {
      Path file = folder.resolve(form);
      CliRun run =
          CliRun.of(
              keys.with(
                  form,
                  "--farm-id",
                  "4242",
                  "--json",
                  "--sign-key",
                  keys.file("sign.p12"),
                  "-o",
                  file.toString()));
      assertEquals(0, run.exitCode(), run.err());
      assertEquals(file + ".sig", run.json().get("signature").getAsString());
      keys.assertSigned(file);
    }
  }

  @Test
  void signatureThatIsThereIsNotOverwritten() throws IOException {
    Path sig = Files.writeString(folder.resolve("x.sig"), "mine");
    CliRun run =
        CliRun.of(
            keys.with(
                "script",
                "--farm-id",
                "1",
                "--sign-key",
                keys.file("sign.p12"),
                "-o",
                folder.resolve("x").toString()));
    assertEquals(4, run.exitCode(), run.err());
    assertEquals(List.of(sig), FarmKeys.filesIn(folder));
  }

  @ParameterizedTest
  @CsvSource({
    "2,no UEFI file,lkrn --secure-boot-key KEYS/db.p12",
    "2,no UEFI file,script --secure-boot-key KEYS/db.p12",
    "2,no UEFI file,usb --firmware bios --secure-boot-key KEYS/db.p12",
    "3,give db.p12,iso --secure-boot-key KEYS/sign.p12",
    "3,give sign.p12,iso --sign-key KEYS/db.p12",
    "2,no such file,iso --sign-key KEYS/none.p12",
    "2,no such file,iso --secure-boot-key KEYS/db.p12 --sign-key KEYS/none.p12",
    "3,give sign.p12,efi --secure-boot-key KEYS/db.p12 --sign-key KEYS/KEK.p12",
    "3,give db.p12,usb --secure-boot-key KEYS/KEK.p12 --sign-key KEYS/none.p12",
    "2,no such file,netboot --server 192.0.2.1 --sign-key KEYS/none.p12",
    "2,leave it out,script --trust-root KEYS/db.pem",
    "3,certificate of an authority,efi --trust-root KEYS/db.pem",
    "3,holds no certificate,efi --trust-root KEYS/enroll/db.esl",
    "2,no such file,efi --trust-root KEYS/none.pem"
  })
  void badInputIsOneLineAndNothingIsWritten(int exitCode, String says, String line)
      throws IOException {
    String all = line.replace("KEYS", keys.folder() + "") + " --farm-id 1 -o " + folder + "/x";
    CliRun run = CliRun.of(keys.with(all.split(" ", -1)));
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().contains(says), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals(List.of(), FarmKeys.filesIn(folder));
  }

  @Test
  void signatureNeedsAFile() {
    CliRun run =
        CliRun.of(
            keys.with("iso", "--farm-id", "1", "--sign-key", keys.file("sign.p12"), "-o", "-"));
    assertEquals(2, run.exitCode(), run.err());
    assertEquals(0, run.out().length);
  }

  @Test
  void signatureBesideNothingIsRefused() {
    CliRun run =
        CliRun.of(
            keys.with("deploy", "none.yaml", "--dry-run", "--sign-key", keys.file("sign.p12")));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains("nothing is written that a signature could"), run.err());
  }

  @Test
  void batchSignsEveryImageAndItsSums() throws IOException {
    Path profile = folder.resolve("farm.yaml");
    Files.writeString(profile, "farm-id: 1\nnodes: [{name: a}, {name: b}]\n");
    Path out = folder.resolve("images");
    CliRun run =
        CliRun.of(
            keys.withBoth(
                "batch", profile.toString(), "--form", "efi,lkrn", "-o", out.toString(), "--json"));
    assertEquals(0, run.exitCode(), run.err());
    assertNamesSigners(run);
    assertSigned(out, 5); // 2 nodes, 2 forms, SHA256SUMS
  }

  @Test
  void netbootSignsEveryFileAndTheirSums() throws IOException {
    Path out = folder.resolve("netboot");
    CliRun run =
        CliRun.of(
            keys.withBoth(
                "netboot",
                "--farm-id",
                "1",
                "--server",
                "192.0.2.1",
                "-o",
                out.toString(),
                "--json"));
    assertEquals(0, run.exitCode(), run.err());
    assertNamesSigners(run);
    assertSigned(out, 8); // BIOS, UEFI twice, script, three configurations, SHA256SUMS
    ForeignTool.require("sh").run("-c", "cd " + out + " && sha256sum -c SHA256SUMS").ok();
  }

  private static void assertNamesSigners(CliRun run) {
    for (var signer :
        Map.of("secureBootCertificate", "db", "signatureCertificate", "sign").entrySet()) {
      String fingerprint = keys.fingerprint(signer.getValue());
      JsonObject certificate = run.json().getAsJsonObject(signer.getKey());
      assertEquals(fingerprint, certificate.get("sha256").getAsString());
      assertTrue(run.err().contains(fingerprint), run.err());
    }
  }

  /** By openssl, each of so many files; UEFI files by sbverify too. */
  private void assertSigned(Path out, int files) throws IOException {
    List<Path> signatures =
        FarmKeys.filesIn(out).stream().filter(file -> file.toString().endsWith(".sig")).toList();
    assertEquals(files, signatures.size(), signatures.toString());
    for (Path signature : signatures) {
      String content = signature.toString().replaceAll("\\.sig$", "");
      keys.assertSigned(Path.of(content));
      if (content.endsWith(".efi")) {
        ForeignTool.require("sbverify").run("--cert", keys.file("db.pem"), content).ok();
      }
    }
  }

  @Test
  void receiptNamesTheTrustedRoot() {
    String ca = SelfSigned.create(folder, "ca", "rsa:2048").certificate().toString();
    ForeignTool openssl = ForeignTool.require("openssl");
    String sha256 = openssl.run("x509", "-in", ca, "-noout", "-fingerprint", "-sha256").ok();
    for (String form : List.of("efi", "usb", "lkrn", "iso")) {
      String[] options = {
        form, "--farm-id", "1", "--json", "--trust-root", ca, "-o", folder + "/" + form
      };
      JsonObject core = CliRun.of(options).json().getAsJsonObject("core");
      assertTrue(
          sha256
              .replace(":", "")
              .toLowerCase(Locale.ROOT)
              .contains(core.get("trustRootSha256").getAsString()),
          core.toString());
    }
  }

  /**
   * The private numbers of the keys, as bytes, hexadecimal, decimal and Base64, and the password:
   * in no output of any command, and in no file but the keys' own.
   */
  @Test
  void noSecretReachesAnyOutput() throws IOException, GeneralSecurityException {
    StringBuilder said = new StringBuilder();
    for (String form : List.of("iso", "efi")) {
      CliRun run = CliRun.of(signed(form, folder.resolve(form)));
      assertEquals(0, run.exitCode(), run.err());
      said.append(run.text()).append(run.err());
    }
    Path profile = folder.resolve("farm.yaml");
    Files.writeString(profile, "farm-id: 1\nnodes: [{name: a}]\n");
    String[] batch = {
      profile + "", "--form", "efi", "-o", folder + "/images", "--sign-key", keys.file("sign.p12")
    };
    CliRun set = CliRun.of(keys.with("batch", batch));
    assertEquals(0, set.exitCode(), set.err());
    said.append(set.text()).append(set.err());
    CliRun shown = CliRun.of(keys.with("keys", "show", keys.file("db.p12"), keys.file("sign.p12")));
    said.append(shown.text()).append(shown.err());
    CliRun bug =
        CliRun.of(
            keys.with(
                "--debug", new String[] {"sign", "--key", keys.file("db.p12"), folder + "/iso"}));
    said.append(bug.text()).append(bug.err());
    Files.writeString(folder.resolve("said"), said);
    for (Path file : filesToSearch()) {
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      for (String secret : secrets()) {
        assertFalse(content.contains(secret), "a secret is in " + file);
      }
    }
  }

  private List<Path> filesToSearch() throws IOException {
    try (Stream<Path> made = Files.walk(folder);
        Stream<Path> kept = Files.walk(shared)) {
      return Stream.concat(made, kept)
          .filter(Files::isRegularFile)
          .filter(file -> !file.equals(keys.passwordFile()))
          .toList();
    }
  }

  private static List<String> secrets() throws IOException, GeneralSecurityException {
    List<String> secrets = new ArrayList<>(List.of(FarmKeys.PASSWORD));
    for (String role : List.of("PK", "KEK", "db", "sign")) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(keys.folder().resolve(role + ".p12"))) {
        store.load(in, FarmKeys.PASSWORD.toCharArray());
      }
      var key = (RSAPrivateCrtKey) store.getKey(role, FarmKeys.PASSWORD.toCharArray());
      for (BigInteger number :
          List.of(key.getPrivateExponent(), key.getPrimeP(), key.getPrimeQ())) {
        // The middle of a number, whatever is written around it.
        byte[] part = Arrays.copyOfRange(number.toByteArray(), 12, 36);
        secrets.add(new String(part, StandardCharsets.ISO_8859_1));
        secrets.add(HexFormat.of().formatHex(part));
        secrets.add(Base64.getEncoder().encodeToString(part));
        secrets.add(number.toString().substring(10, 40));
      }
    }
    return secrets;
  }

  private static String[] signed(String form, Path file) {
    return keys.with(
        form,
        "--farm-id",
        "4242",
        "--json",
        "--secure-boot-key",
        keys.file("db.p12"),
        "-o",
        file.toString());
  }

  private Path bootFile(String form, Path image, JsonObject receipt) {
    Path efi = folder.resolve(form + ".efi");
    long offset = 0;
    for (var extent : receipt.getAsJsonArray("layout")) {
      JsonObject part = extent.getAsJsonObject();
      if (part.get("name").getAsString().equals("FAT file system")) {
        offset = part.get("offset").getAsLong();
      }
    }
    ForeignTool.require("mcopy")
        .run("-i", image + "@@" + offset, "::/EFI/BOOT/BOOTX64.EFI", efi.toString())
        .ok();
    return efi;
  }
}
