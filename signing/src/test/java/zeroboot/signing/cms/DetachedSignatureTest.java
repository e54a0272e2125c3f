package zeroboot.signing.cms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.ground.ZbootException;
import zeroboot.signing.TestKeys;
import zeroboot.signing.keys.KeyPurpose;
import zeroboot.signing.keys.KeyReader;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.SigningKey;
import zeroboot.signing.keys.Trust;

class DetachedSignatureTest {
  private static final byte[] DATA = "a boot file".getBytes(StandardCharsets.US_ASCII);
  private static final SigningKey KEY = TestKeys.SET.signingKey(KeyRole.SIGN);

  @Test
  void sameKeyAndFileGiveTheSameBytes() {
    assertArrayEquals(make(), make());
  }

  @Test
  void truncatedAndChangedSignaturesAreRefused() {
    byte[] signature = make();
    for (int size = 0; size < signature.length; size++) {
      refused(Arrays.copyOf(signature, size), DATA);
    }
    for (int at = signature.length - 256; at < signature.length; at += 5) {
      byte[] changed = signature.clone();
      changed[at] ^= 1;
      refused(changed, DATA);
    }
  }

  @Test
  void signatureOfAnotherFileIsRefused() {
    assertTrue(refused(make(), new byte[] {1}).contains("of another file"));
  }

  /** What is never in memory as a whole is judged as what is. */
  @Test
  void fileIsJudgedLikeItsBytes(@TempDir Path folder) throws IOException {
    byte[] data = new byte[3_000_000];
    Arrays.fill(data, (byte) 7);
    Path file = Files.write(folder.resolve("f"), data);
    byte[] signature = DetachedSignature.make(data, KEY, Optional.empty());
    byte[] timed = DetachedSignature.make(data, KEY, Optional.of(TestKeys.NOW));
    for (byte[] each : List.of(signature, timed)) {
      DetachedSignature read = DetachedSignature.verify("x", each, file);
      assertEquals(DetachedSignature.verify("x", each, data).signer(), read.signer());
      assertEquals(Optional.empty(), read.unfitness(TestKeys.NOW.plusSeconds(60)));
      assertTrue(
          read.unfitness(TestKeys.NOW.plus(40_000, ChronoUnit.DAYS))
              .orElse("")
              .contains("the certificate of "));
    }
    data[2_999_999]++;
    Files.write(file, data);
    for (byte[] each : List.of(signature, timed)) {
      ZbootException e =
          assertThrows(ZbootException.class, () -> DetachedSignature.verify("f.sig", each, file));
      assertTrue(String.valueOf(e.getMessage()).contains("of another file"), e.getMessage());
    }
    assertThrows(
        ZbootException.class,
        () -> DetachedSignature.verify("f.sig", signature, folder.resolve("none")));
  }

  @Test
  void signatureThatIsNoneIsRefused() {
    refused("-----BEGIN CMS-----".getBytes(StandardCharsets.US_ASCII), DATA);
    refused(new byte[] {0x30, (byte) 0x84, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, DATA);
  }

  @Test
  void trustIsInTheSignerOrInWhoIssuedIt(@TempDir Path folder) throws IOException {
    String ca = folder.resolve("ca").toString();
    TestKeys.selfSigned(folder, "ca", "rsa:2048", "keyUsage=critical,keyCertSign");
    TestKeys.openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=leaf",
        "-keyout",
        folder.resolve("leaf.key").toString(),
        "-out",
        folder.resolve("csr") + "");
    Path extensions = Files.writeString(folder.resolve("ext"), "extendedKeyUsage=codeSigning\n");
    TestKeys.openssl(
        "x509",
        "-req",
        "-in",
        folder.resolve("csr").toString(),
        "-CA",
        ca + ".pem",
        "-CAkey",
        ca + ".key",
        "-days",
        "30",
        "-extfile",
        extensions.toString(),
        "-out",
        folder.resolve("leaf.pem").toString());
    SigningKey leaf =
        KeyReader.open(
            TestKeys.secret(folder.resolve("leaf.key")).toString(),
            Optional.of(folder.resolve("leaf.pem")),
            TestKeys.never());
    byte[] signature =
        DetachedSignature.make(
            DATA, leaf.fitFor(KeyPurpose.CODE, TestKeys.NOW.plusSeconds(60)), Optional.empty());
    DetachedSignature read = DetachedSignature.verify("x", signature, DATA);
    assertTrue(reaches(read, folder.resolve("ca.pem")));
    assertTrue(reaches(read, folder.resolve("leaf.pem")));
    TestKeys.selfSigned(folder, "stranger", "rsa:2048");
    assertFalse(reaches(read, folder.resolve("stranger.pem")));
    assertFalse(
        Trust.of(List.of(folder.resolve("ca.pem")))
            .reaches(read.signer(), read.others(), TestKeys.NOW.plus(60, ChronoUnit.DAYS)));
  }

  private static boolean reaches(DetachedSignature signature, Path anchor) {
    return Trust.of(List.of(anchor))
        .reaches(signature.signer(), signature.others(), TestKeys.NOW.plusSeconds(60));
  }

  private static byte[] make() {
    return DetachedSignature.make(DATA, KEY, Optional.empty());
  }

  private static String refused(byte[] signature, byte[] data) {
    ZbootException e =
        assertThrows(
            ZbootException.class, () -> DetachedSignature.verify("f.sig", signature, data));
    assertEquals(ZbootException.Kind.SIGNATURE, e.kind());
    return String.valueOf(e.getMessage());
  }
}
