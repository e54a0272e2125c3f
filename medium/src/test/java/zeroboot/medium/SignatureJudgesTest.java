package zeroboot.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.image.read.ByteSource;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.Trust;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SelfSigned;

/** Whatever openssl refuses for a file and a signature, the judge refuses. */
class SignatureJudgesTest {
  private static final byte[] IMAGE = Media.bytes("usb both");
  private static final byte[] SIGNATURE =
      DetachedSignature.make(IMAGE, Media.key(KeyRole.SIGN), Optional.empty());

  @TempDir private static Path folder;
  private static Path trusted = Path.of("");

  @BeforeAll
  static void write() throws IOException {
    byte[] pem = Media.KEYS.files("x".toCharArray()).get("sign.pem");
    trusted = Files.write(folder.resolve("sign.pem"), pem);
  }

  /** Whether both accept; where openssl refuses, the judge does. */
  private static boolean isAccepted(byte[] image, byte[] signature, Path ca) throws IOException {
    Path content = Files.write(folder.resolve("x.img"), image);
    Path sig = Files.write(folder.resolve("x.img.sig"), signature);
    boolean openssl =
        ForeignTool.require("openssl")
                .run(
                    "cms",
                    "-verify",
                    "-binary",
                    "-inform",
                    "DER",
                    "-in",
                    sig.toString(),
                    "-content",
                    content.toString(),
                    "-CAfile",
                    ca.toString(),
                    "-purpose",
                    "any",
                    "-out",
                    "/dev/null")
                .exitCode()
            == 0;
    boolean judge =
        Judge.knowing(Media.KNOWN)
            .trusting(Trust.of(List.of(ca)), Instant.now())
            .of(
                ByteSource.of("x.img", image),
                Beside.signature("x.img.sig", signature, Optional.of(image)))
            .failures()
            .isEmpty();
    assertTrue(openssl || !judge, "openssl refuses what the judge accepts");
    return judge;
  }

  @Test
  void aSignatureOfAllOfItIsAccepted() throws IOException {
    assertTrue(isAccepted(IMAGE, SIGNATURE, trusted));
  }

  @Test
  void aSignatureOfAnythingElseIsRefused() throws IOException {
    byte[] longer = Arrays.copyOf(IMAGE, IMAGE.length + 1);
    byte[] shorter = Arrays.copyOf(IMAGE, IMAGE.length - 1);
    for (byte[] image : List.of(longer, shorter, Media.bytes("iso both"), new byte[] {1})) {
      assertFalse(isAccepted(image, SIGNATURE, trusted));
    }
    for (int at : List.of(0, 440, 510, 9000, IMAGE.length - 1)) {
      byte[] changed = IMAGE.clone();
      changed[at] ^= 1;
      assertFalse(isAccepted(changed, SIGNATURE, trusted));
    }
  }

  /** Every byte of a signature counts, and so does what is behind it. */
  @Test
  void aChangedSignatureIsRefused() throws IOException {
    for (int at = 0; at < SIGNATURE.length; at += 97) {
      byte[] changed = SIGNATURE.clone();
      changed[at] ^= 0x20;
      isAccepted(IMAGE, changed, trusted);
    }
    for (int length : List.of(0, 1, 4, SIGNATURE.length / 2, SIGNATURE.length - 1)) {
      assertFalse(isAccepted(IMAGE, Arrays.copyOf(SIGNATURE, length), trusted));
    }
    byte[] junk = Arrays.copyOf(SIGNATURE, SIGNATURE.length + 20);
    assertFalse(isAccepted(IMAGE, junk, trusted));
  }

  /** Made by openssl, of another kind or by somebody who may not. */
  @Test
  void foreignSignaturesAreJudgedAlike() throws IOException {
    SelfSigned ca = SelfSigned.create(folder, "ca", "rsa:2048", "keyUsage=keyCertSign");
    SelfSigned noCa = SelfSigned.create(folder, "none", "rsa:2048", "keyUsage=digitalSignature");
    Path byCa = issue(ca, "leaf");
    Path byOther = issue(noCa, "leaf2");
    assertTrue(isAccepted(IMAGE, sign(byCa, "-noattr"), ca.certificate()));
    assertTrue(isAccepted(IMAGE, sign(byCa, "-nosmimecap"), ca.certificate()));
    assertFalse(isAccepted(IMAGE, sign(byOther, "-noattr"), noCa.certificate()));
    assertFalse(isAccepted(IMAGE, sign(byCa, "-noattr"), noCa.certificate()));
    assertFalse(isAccepted(IMAGE, sign(byCa, "-nocerts"), ca.certificate()));
    assertFalse(isAccepted(Media.bytes("iso both"), sign(byCa, "-nodetach"), ca.certificate()));
  }

  private static Path issue(SelfSigned issuer, String name) {
    Path request = folder.resolve(name + ".csr");
    Path key = folder.resolve(name + ".key");
    Path certificate = folder.resolve(name + ".pem");
    openssl(
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=" + name,
        "-keyout",
        key.toString(),
        "-out",
        request.toString());
    openssl(
        "x509",
        "-req",
        "-in",
        request.toString(),
        "-CA",
        issuer.certificate().toString(),
        "-CAkey",
        issuer.key().toString(),
        "-CAcreateserial",
        "-days",
        "20",
        "-out",
        certificate.toString());
    return certificate;
  }

  private static byte[] sign(Path certificate, String option) throws IOException {
    Path content = Files.write(folder.resolve("y.img"), IMAGE);
    Path signature = folder.resolve("y.sig");
    openssl(
        "cms",
        "-sign",
        "-binary",
        option,
        "-md",
        "sha256",
        "-in",
        content.toString(),
        "-signer",
        certificate.toString(),
        "-inkey",
        certificate.toString().replace(".pem", ".key"),
        "-outform",
        "DER",
        "-out",
        signature.toString());
    return Files.readAllBytes(signature);
  }

  private static void openssl(String... words) {
    assertEquals(0, ForeignTool.require("openssl").run(words).exitCode());
  }
}
