package zeroboot.signing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.core.BundledCore;
import zeroboot.ground.Guid;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.efi.Authenticode;
import zeroboot.signing.efi.AuthenticodeSignature;
import zeroboot.signing.efi.KeyContents;
import zeroboot.signing.keys.CertificateInfo;
import zeroboot.signing.keys.KeyRole;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.OpensslCms;

/** openssl, sbsigntool and efitools read what we write, and we read what they write. */
class ForeignJudgesTest {
  private static final byte[] DATA = BundledCore.load().lkrn();

  @TempDir private static Path folder;
  private static Path data;
  private static Path efi;

  @BeforeAll
  static void write() throws IOException {
    TestKeys.writeTo(folder);
    data = Files.write(folder.resolve("data"), DATA);
    efi = Files.write(folder.resolve("core.efi"), BundledCore.load().efi());
  }

  /** The command is the one that iPXE's manual gives for {@code imgverify}. */
  @Test
  void detachedSignatureIsByteForByteThatOfOpenssl() throws IOException {
    Path theirs = folder.resolve("theirs.sig");
    Path key = TestKeys.pem(folder, KeyRole.SIGN);
    TestKeys.openssl(
        "cms",
        "-sign",
        "-binary",
        "-noattr",
        "-md",
        "sha256",
        "-in",
        data.toString(),
        "-signer",
        file("sign.pem"),
        "-inkey",
        key.toString(),
        "-outform",
        "DER",
        "-out",
        theirs.toString());
    assertArrayEquals(Files.readAllBytes(theirs), detached(Optional.empty()));
  }

  @Test
  void opensslVerifiesDetachedSignatures() throws IOException {
    for (Optional<Instant> time : List.of(Optional.<Instant>empty(), Optional.of(TestKeys.NOW))) {
      Path ours = Files.write(folder.resolve("ours.sig"), detached(time));
      String said = OpensslCms.verify(ours, data, Path.of(file("sign.pem")));
      assertTrue(said.contains("CMS Verification successful"), said);
    }
  }

  @ParameterizedTest
  @CsvSource({"sha256,-nosmimecap", "sha384,-noattr", "sha512,-keyid"})
  void weVerifyWhatOpensslSigns(String digest, String option) throws IOException {
    Path theirs = folder.resolve("theirs2.sig");
    Path key = TestKeys.pem(folder, KeyRole.SIGN);
    TestKeys.openssl(
        "cms",
        "-sign",
        "-binary",
        option,
        "-md",
        digest,
        "-in",
        data.toString(),
        "-signer",
        file("sign.pem"),
        "-inkey",
        key.toString(),
        "-outform",
        "DER",
        "-out",
        theirs.toString());
    DetachedSignature read = DetachedSignature.verify("theirs", Files.readAllBytes(theirs), DATA);
    assertEquals(TestKeys.SET.certificate(KeyRole.SIGN), read.signer());
  }

  @Test
  void sbverifyAcceptsOurSignature() throws IOException {
    byte[] signed =
        Authenticode.sign("core", BundledCore.load().efi(), TestKeys.SET.signingKey(KeyRole.DB));
    Path ours = Files.write(folder.resolve("ours.efi"), signed);
    ForeignTool.require("sbverify").run("--cert", file("db.pem"), ours.toString()).ok();
    assertEquals(
        1, ForeignTool.require("sbverify").run("--cert", file("KEK.pem"), ours + "").exitCode());
  }

  @Test
  void weVerifyWhatSbsignSignsAndSignItOnceMore() throws IOException {
    Path key = TestKeys.pem(folder, KeyRole.KEK);
    Path theirs = folder.resolve("theirs.efi");
    ForeignTool.require("sbsign")
        .run("--key", key + "", "--cert", file("KEK.pem"), "--output", theirs + "", efi + "")
        .ok();
    byte[] both =
        Authenticode.sign(
            "theirs", Files.readAllBytes(theirs), TestKeys.SET.signingKey(KeyRole.DB));
    List<AuthenticodeSignature> found = Authenticode.signatures("both", both);
    assertEquals(2, found.size());
    assertTrue(found.get(0).isIntact(), found.get(0).problem().orElse(""));
    assertEquals(TestKeys.SET.certificate(KeyRole.KEK), found.get(0).signer().orElseThrow());
    assertTrue(found.get(1).isIntact(), found.get(1).problem().orElse(""));
    Path file = Files.write(folder.resolve("both.efi"), both);
    for (String certificate : List.of("KEK.pem", "db.pem")) {
      ForeignTool.require("sbverify").run("--cert", file(certificate), file.toString()).ok();
    }
  }

  @ParameterizedTest
  @EnumSource
  void opensslReadsEveryCertificateAndKey(KeyRole role) {
    String pem = file(role.id() + ".pem");
    TestKeys.openssl("verify", "-CAfile", pem, "-check_ss_sig", "-x509_strict", pem);
    String der =
        TestKeys.openssl(
            "x509",
            "-inform",
            "DER",
            "-in",
            file(role.id() + ".der"),
            "-noout",
            "-fingerprint",
            "-sha256");
    String shown = CertificateInfo.of(TestKeys.SET.certificate(role)).sha256();
    assertTrue(der.replace(":", "").toLowerCase(Locale.ROOT).contains(shown), der);
    Path key = TestKeys.pem(folder, role);
    String modulus = TestKeys.openssl("rsa", "-in", key.toString(), "-noout", "-modulus");
    assertEquals(modulus, TestKeys.openssl("x509", "-in", pem, "-noout", "-modulus"));
  }

  @Test
  void signatureListsAreByteForByteThoseOfEfitoolsAndSbsiglist() throws IOException {
    byte[] ours = Files.readAllBytes(folder.resolve("enroll/db.esl"));
    UUID owner = Guid.read(ours, 28).value();
    assertEquals(8, owner.version());
    Path theirs = folder.resolve("theirs.esl");
    ForeignTool.require("cert-to-efi-sig-list")
        .run("-g", owner.toString(), file("db.pem"), theirs.toString())
        .ok();
    assertArrayEquals(Files.readAllBytes(theirs), ours);
    ForeignTool.require("sbsiglist")
        .run("--owner", owner + "", "--type", "x509", "--output", theirs + "", file("db.der"))
        .ok();
    assertArrayEquals(Files.readAllBytes(theirs), ours);
    String listed =
        ForeignTool.require("sig-list-to-certs")
            .run(file("enroll/db.esl"), folder.resolve("listed").toString())
            .ok();
    assertTrue(listed.contains(owner.toString()), listed);
  }

  @ParameterizedTest
  @CsvSource({"PK,PK", "KEK,PK", "db,KEK"})
  void authenticatedVariablesAreByteForByteThoseOfEfitools(String variable, String signer)
      throws IOException {
    Path key = TestKeys.pem(folder, KeyRole.valueOf(signer));
    Path theirs = folder.resolve("theirs.auth");
    String time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(TestKeys.NOW);
    ForeignTool.require("sign-efi-sig-list")
        .run(
            "-t",
            time,
            "-k",
            key.toString(),
            "-c",
            file(signer + ".pem"),
            variable,
            file("enroll/" + variable + ".esl"),
            theirs.toString())
        .ok();
    assertArrayEquals(
        Files.readAllBytes(theirs),
        Files.readAllBytes(folder.resolve("enroll/" + variable + ".auth")));
  }

  /** Its time stamp is the clock's, so only the structure can be compared. */
  @Test
  void weReadWhatSbvarsignWrites() {
    Path key = TestKeys.pem(folder, KeyRole.KEK);
    Path theirs = folder.resolve("sbvarsign.auth");
    ForeignTool.require("sbvarsign")
        .run(
            "--key",
            key.toString(),
            "--cert",
            file("KEK.pem"),
            "--output",
            theirs.toString(),
            "db",
            file("enroll/db.esl"))
        .ok();
    KeyContents contents = KeyContents.of(theirs.toString(), TestKeys.never());
    assertEquals("authenticated variable", contents.kind());
    assertEquals(List.of(TestKeys.SET.certificate(KeyRole.DB)), contents.certificates());
  }

  private static byte[] detached(Optional<Instant> time) {
    return DetachedSignature.make(DATA, TestKeys.SET.signingKey(KeyRole.SIGN), time);
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }
}
