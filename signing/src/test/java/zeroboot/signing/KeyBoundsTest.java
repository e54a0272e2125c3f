package zeroboot.signing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERTaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.ground.ZbootException;
import zeroboot.signing.efi.KeyContents;
import zeroboot.signing.keys.KeyReader;
import zeroboot.signing.keys.KeyStretching;

/** Key files that would cost hours or gigabytes, and those that others can get at. */
class KeyBoundsTest {
  private static final ASN1Encodable SALT = new DEROctetString(new byte[16]);
  private static final ASN1ObjectIdentifier SCRYPT =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");
  private static final ASN1Encodable AES =
      new DERSequence(
          new ASN1Encodable[] {
            NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16])
          });

  @TempDir private Path folder;

  @BeforeEach
  void closed() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  static Stream<Arguments> costly() {
    return Stream.of(
        pem("PBKDF2, 2^31-1", pbes2(pbkdf2(Integer.MAX_VALUE)), "2147483647 rounds"),
        pem("PBKDF2, one more", pbes2(pbkdf2(5_000_001)), "5000001 rounds"),
        pem("PBKDF2, 2^80", pbes2(kdf(BigInteger.TWO.pow(80))), "rounds"),
        pem("PBKDF2, long key", pbes2(pbkdf2(2048, number(1 << 30))), "bytes of derived key"),
        pem("PBES1 MD5 and DES", pbes1(PKCSObjectIdentifiers.pbeWithMD5AndDES_CBC), "(PBE)"),
        pem("PBES1 SHA-1 and RC2", pbes1(PKCSObjectIdentifiers.pbeWithSHA1AndRC2_CBC), "(PBE)"),
        pem(
            "PKCS #12's 3DES",
            pbes1(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC),
            "(PBE)"),
        pem("scrypt, N = 2^22", pbes2(scrypt(1 << 22, 8, 1)), "bytes of memory for scrypt"),
        pem("scrypt, r = 2^30", pbes2(scrypt(2, 1 << 30, 1)), "bytes of memory for scrypt"),
        pem("PBKDF2 and a third part", pbes2(withAThird(pbkdf2(1 << 30))), "(PBKDF2)"),
        pem("scrypt, p = 2^21", pbes2(scrypt(2, 1, (1 << 21) - 1)), "bytes of memory for scrypt"),
        pem("long salt", pbes2(longSalt()), "bytes of salt"),
        pem("scrypt, p = 2^30", pbes2(scrypt(1 << 14, 8, 1 << 30)), "steps of scrypt"),
        p12("MAC", pfx(Integer.MAX_VALUE, data(2048)), "PKCS #12 MAC"),
        p12("bag", pfx(2048, data(1 << 30)), "(PBKDF2)"),
        p12("encrypted part", pfx(2048, encrypted(1 << 30)), "(PBKDF2)"),
        p12(
            "many parts",
            pfx(4_000_000, data(4_000_000), encrypted(4_000_000)),
            "12000000 rounds of key derivation in all"),
        p12("pieces and indefinite lengths", ber(data(1 << 30)), "(PBKDF2)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("costly")
  void isRefusedBeforeThePasswordIsAsked(String name, byte[] file, String says) {
    Path key = TestKeys.write(folder.resolve("key"), file);
    ZbootException e =
        assertThrows(
            ZbootException.class,
            () -> KeyReader.open(key.toString(), Optional.empty(), TestKeys.never()));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind(), e.getMessage());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(says) && message.contains(" at most"), message);
  }

  /** What openssl and others write by default, and what careful people ask for. */
  @Test
  void whatPeopleUseIsAllowed() throws IOException {
    for (ASN1Encodable algorithm :
        new ASN1Encodable[] {
          pbes2(pbkdf2(2048)),
          pbes2(pbkdf2(5_000_000, number(32))),
          pbes2(scrypt(1 << 14, 8, 1)),
          pbes2(scrypt(1 << 17, 8, 1))
        }) {
      byte[] info = encryptedKey(algorithm);
      assertDoesNotThrow(() -> KeyStretching.require("key", info));
    }
    assertDoesNotThrow(
        () -> KeyStretching.require("key", pfx(600_000, data(600_000), encrypted(600_000))));
    assertDoesNotThrow(() -> KeyStretching.require("key", new byte[] {0x30, (byte) 0x84, 1}));
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r--r--,may read",
    "rw----r--,may read",
    "rw-----w-,may change",
    "rw--w----,may change",
    "rw-rw----,may change",
    "rw-r-----,",
    "r--------,"
  })
  void rights(String rights, @Nullable String says) throws IOException {
    TestKeys.writeTo(folder.resolve("set"));
    Path key = folder.resolve("set/sign.p12");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(rights));
    opens(key, says);
    Path pem = TestKeys.write(folder.resolve("key.pem"), encodedPem(pbes2(pbkdf2(2048))));
    Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString(rights));
    if (says != null) {
      ZbootException e =
          assertThrows(
              ZbootException.class, () -> KeyContents.of(pem.toString(), TestKeys.never()));
      assertTrue(String.valueOf(e.getMessage()).contains(says), e.getMessage());
    }
  }

  /** Who may write to a folder may put another key there, but for a sticky one such as /tmp. */
  @ParameterizedTest
  @CsvSource({"777,may replace", "722,may replace", "1777,", "775,", "755,"})
  void foldersOfOthers(String mode, @Nullable String says) throws IOException {
    Path set = TestKeys.writeTo(folder.resolve("set"));
    zeroboot.testing.ForeignTool.require("chmod").run(mode, set.toString()).ok();
    opens(set.resolve("sign.p12"), says);
    Path link = Files.createSymbolicLink(folder.resolve("link.p12"), Path.of("set/sign.p12"));
    opens(link, says);
  }

  private static void opens(Path key, @Nullable String says) {
    if (says == null) {
      KeyReader.open(key.toString(), Optional.empty(), TestKeys.password());
      return;
    }
    ZbootException e =
        assertThrows(
            ZbootException.class,
            () -> KeyReader.open(key.toString(), Optional.empty(), TestKeys.never()));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(says), e.getMessage());
  }

  private static Arguments pem(String name, ASN1Encodable algorithm, String says) {
    return Arguments.of(name, encodedPem(algorithm), says);
  }

  private static Arguments p12(String name, byte[] file, String says) {
    return Arguments.of(name, file, says);
  }

  private static byte[] encodedPem(ASN1Encodable algorithm) {
    return ("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encryptedKey(algorithm))
            + "\n-----END ENCRYPTED PRIVATE KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] encryptedKey(ASN1Encodable algorithm) {
    return encoded(sequence(algorithm, new DEROctetString(new byte[64])));
  }

  private static ASN1Encodable pbes2(ASN1Encodable kdf) {
    return sequence(PKCSObjectIdentifiers.id_PBES2, sequence(kdf, AES));
  }

  private static ASN1Encodable pbes1(ASN1ObjectIdentifier id) {
    return sequence(id, sequence(new DEROctetString(new byte[8]), number(Integer.MAX_VALUE)));
  }

  private static ASN1Encodable pbkdf2(long rounds, ASN1Encodable... more) {
    return sequence(
        PKCSObjectIdentifiers.id_PBKDF2,
        more.length == 0
            ? sequence(SALT, number(rounds))
            : sequence(SALT, number(rounds), more[0]));
  }

  private static ASN1Encodable kdf(BigInteger rounds) {
    return sequence(PKCSObjectIdentifiers.id_PBKDF2, sequence(SALT, new ASN1Integer(rounds)));
  }

  private static ASN1Encodable withAThird(ASN1Encodable algorithm) {
    DERSequence two = (DERSequence) algorithm;
    return sequence(two.getObjectAt(0), two.getObjectAt(1), DERNull.INSTANCE);
  }

  private static ASN1Encodable longSalt() {
    return sequence(
        SCRYPT,
        sequence(new DEROctetString(new byte[700_000]), number(2), number(8), number(2000)));
  }

  private static ASN1Encodable scrypt(long n, long r, long p) {
    return sequence(SCRYPT, sequence(SALT, number(n), number(r), number(p)));
  }

  /** A part of a PFX with a shrouded key in it (RFC 7292, section 4.2.2). */
  private static ASN1Encodable data(long rounds) {
    ASN1Encodable bag =
        sequence(
            PKCSObjectIdentifiers.pkcs8ShroudedKeyBag,
            new DERTaggedObject(
                0, sequence(pbes2(pbkdf2(rounds)), new DEROctetString(new byte[64]))));
    return sequence(
        PKCSObjectIdentifiers.data,
        new DERTaggedObject(0, new DEROctetString(encoded(sequence(bag)))));
  }

  private static ASN1Encodable encrypted(long rounds) {
    return sequence(
        PKCSObjectIdentifiers.encryptedData,
        new DERTaggedObject(
            0, sequence(number(0), sequence(PKCSObjectIdentifiers.data, pbes2(pbkdf2(rounds))))));
  }

  private static byte[] pfx(long macRounds, ASN1Encodable... parts) {
    ASN1Encodable digest =
        sequence(
            sequence(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE),
            new DEROctetString(new byte[32]));
    return encoded(
        sequence(
            number(3),
            sequence(
                PKCSObjectIdentifiers.data,
                new DERTaggedObject(0, new DEROctetString(encoded(sequence(parts))))),
            sequence(digest, SALT, number(macRounds))));
  }

  /** As browsers and Windows write it: nothing has its length in front. */
  private static byte[] ber(ASN1Encodable part) {
    BEROctetString pieces = new BEROctetString(encoded(new BERSequence(part)), 100);
    return encoded(
        new BERSequence(
            new ASN1Encodable[] {
              number(3),
              new BERSequence(
                  new ASN1Encodable[] {PKCSObjectIdentifiers.data, new BERTaggedObject(0, pieces)})
            }));
  }

  private static ASN1Encodable sequence(ASN1Encodable... parts) {
    return new DERSequence(parts);
  }

  private static ASN1Encodable number(long value) {
    return new ASN1Integer(value);
  }

  private static byte[] encoded(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
