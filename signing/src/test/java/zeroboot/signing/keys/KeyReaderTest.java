package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.ground.ZbootException;
import zeroboot.signing.TestKeys;

/** Keys as people keep them, and those that must not sign. */
class KeyReaderTest {
  private static final byte[] DATA = {1, 2, 3};
  private static final byte[] SIGNATURE = TestKeys.SET.signingKey(KeyRole.SIGN).sign(DATA);

  @TempDir private static Path folder;
  private static Path plain;

  @BeforeAll
  static void write() {
    TestKeys.writeTo(folder);
    plain = TestKeys.pem(folder, KeyRole.SIGN);
  }

  @Test
  void pkcs12() {
    opens(folder.resolve("sign.p12"), Optional.empty(), TestKeys.password());
  }

  @Test
  void pkcs12ByOpenssl() {
    Path theirs = folder.resolve("theirs.p12");
    TestKeys.openssl(
        "pkcs12",
        "-export",
        "-inkey",
        plain.toString(),
        "-in",
        file("sign.pem"),
        "-passout",
        "env:P",
        "-out",
        theirs.toString());
    opens(TestKeys.secret(theirs), Optional.empty(), TestKeys.password());
  }

  @Test
  void pemWithTheCertificateInTheSameFileOrInAnother() throws IOException {
    opens(plain, Optional.of(folder.resolve("sign.pem")), TestKeys.never());
    opens(plain, Optional.of(folder.resolve("sign.der")), TestKeys.never());
    Path both = folder.resolve("both.pem");
    Files.writeString(both, Files.readString(plain) + Files.readString(folder.resolve("sign.pem")));
    opens(TestKeys.secret(both), Optional.empty(), TestKeys.never());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkcs8 -topk8 -v2 aes256",
        "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1",
        "pkcs8 -topk8 -scrypt",
        "rsa -traditional -aes128",
        "rsa -traditional"
      })
  void pemAsOpensslWritesIt(String how) {
    Path key = folder.resolve("openssl.key");
    String all = how + " -in " + plain + " -passout env:P -out " + key;
    TestKeys.openssl(all.split(" ", -1));
    Optional<Path> certificate = Optional.of(folder.resolve("sign.pem"));
    opens(TestKeys.secret(key), certificate, TestKeys.password());
    if (!how.equals("rsa -traditional")) {
      refused(
          "the password is wrong",
          () -> KeyReader.open(key + "", certificate, what -> new char[1]));
    }
  }

  @Test
  void wrongPassword() {
    refused(
        "sign.p12: the password is wrong",
        () -> KeyReader.open(file("sign.p12"), Optional.empty(), what -> "wrong".toCharArray()));
  }

  @Test
  void keyThatEverybodyMayRead() throws IOException {
    Path open = Files.copy(folder.resolve("sign.p12"), folder.resolve("open.p12"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    refused("chmod 600", () -> KeyReader.open(open.toString(), Optional.empty(), TestKeys.never()));
  }

  @Test
  void keyAndCertificateThatDoNotBelongTogether() {
    refused(
        "the certificate belongs to another key",
        () ->
            KeyReader.open(
                plain.toString(), Optional.of(folder.resolve("db.pem")), TestKeys.never()));
  }

  @ParameterizedTest
  @CsvSource({"sign.pem,holds no private key", "enroll/db.esl,holds no private key"})
  void fileWithoutAKey(String name, String says) throws IOException {
    Path copy = Files.copy(folder.resolve(name), folder.resolve("copy"));
    try {
      refused(
          says,
          () ->
              KeyReader.open(TestKeys.secret(copy).toString(), Optional.empty(), TestKeys.never()));
    } finally {
      Files.delete(copy);
    }
  }

  @ParameterizedTest
  @CsvSource({"rsa:1024,1024 bits", "ed25519,is no RSA key"})
  void keyThatNobodyVerifies(String type, String says) {
    Path key = TestKeys.selfSigned(folder, "unfit", type);
    refused(
        says,
        () ->
            KeyReader.open(
                key.toString(), Optional.of(folder.resolve("unfit.pem")), TestKeys.never()));
  }

  @Test
  void expiredAndFutureCertificates() {
    SigningKey key = TestKeys.SET.signingKey(KeyRole.SIGN);
    Instant later = TestKeys.NOW.plus(3660, ChronoUnit.DAYS);
    refused("the certificate expired on 20", () -> key.fitFor(KeyPurpose.CODE, later));
    refused(
        "not valid before",
        () -> key.fitFor(KeyPurpose.CODE, TestKeys.NOW.minus(1, ChronoUnit.DAYS)));
  }

  @ParameterizedTest
  @CsvSource({
    "PK,SECURE_BOOT,give db.p12",
    "KEK,CODE,give sign.p12",
    "DB,DATABASES,give KEK.p12",
    "SIGN,SECURE_BOOT,give db.p12",
    "DB,CODE,give sign.p12"
  })
  void keyOfTheSetForAnotherUse(KeyRole role, KeyPurpose purpose, String says) {
    SigningKey key = TestKeys.SET.signingKey(role);
    refused(says, () -> key.fitFor(purpose, TestKeys.NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "extendedKeyUsage=serverAuth,SECURE_BOOT",
    "extendedKeyUsage=serverAuth,CODE",
    "keyUsage=keyEncipherment,SECURE_BOOT",
    "keyUsage=keyEncipherment,DATABASES",
    "keyUsage=digitalSignature,CODE"
  })
  void certificateForAnotherUse(String extension, KeyPurpose purpose) {
    Path key = TestKeys.selfSigned(folder, "use", "rsa:2048", extension);
    SigningKey opened =
        KeyReader.open(key.toString(), Optional.of(folder.resolve("use.pem")), TestKeys.never());
    refused("key usage", () -> opened.fitFor(purpose, TestKeys.NOW.plus(1, ChronoUnit.DAYS)));
  }

  private static void opens(Path key, Optional<Path> certificate, PasswordSource password) {
    SigningKey opened = KeyReader.open(key.toString(), certificate, password);
    assertArrayEquals(SIGNATURE, opened.sign(DATA));
    assertEquals(
        TestKeys.SET.certificate(KeyRole.SIGN),
        opened.fitFor(KeyPurpose.CODE, TestKeys.NOW.plusSeconds(60)).certificate());
  }

  private static String refused(String says, Executable action) {
    String message = String.valueOf(assertThrows(ZbootException.class, action).getMessage());
    assertTrue(message.contains(says), message);
    return message;
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }
}
