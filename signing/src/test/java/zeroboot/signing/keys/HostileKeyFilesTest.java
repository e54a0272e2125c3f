package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBMac1CalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.ground.ZbootException;
import zeroboot.signing.TestKeys;

/** Key files that somebody made to harm: none takes long, opens what it should not, or crashes. */
class HostileKeyFilesTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final byte[] DATA = {1, 2, 3};
  private static final byte[] SIGNATURE = TestKeys.SET.signingKey(KeyRole.SIGN).sign(DATA);
  private static final X509Certificate OWN = TestKeys.SET.certificate(KeyRole.SIGN);
  private static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);

  /** Whoever cannot read what is encrypted cannot add it up: it is paid for when it is done. */
  @Test
  void derivationsInsideTheEncryptedPart() throws Exception {
    byte[] file =
        new PKCS12PfxPduBuilder()
            .addEncryptedData(encryptor(), new PKCS12SafeBag[] {keyOfRounds(100_000_000)})
            .build(mac(), password())
            .getEncoded(ASN1Encoding.DER);
    assertTrue(refused(file).contains("100000000 rounds"));
    KeyStretching cost = new KeyStretching("p12");
    AlgorithmIdentifier much =
        EncryptedPrivateKeyInfo.getInstance(keyOfRounds(4_000_000).toASN1Structure().getBagValue())
            .getEncryptionAlgorithm();
    cost.charge(much);
    cost.charge(much);
    ZbootException e = assertThrows(ZbootException.class, () -> cost.charge(much));
    assertTrue(String.valueOf(e.getMessage()).contains("12000000 rounds of key derivation in all"));
  }

  /** Lengths in five octets, and strings in pieces of pieces: what some read, others must. */
  @Test
  void derivationsThatAreWrittenInAnotherWay() throws Exception {
    byte[] bag = keyOfRounds(100_000_000).toASN1Structure().getEncoded(ASN1Encoding.DER);
    byte[] plainOctets = value(0x04, value(0x30, bag));
    int half = bag.length / 2;
    byte[] bags = value(0x30, bag);
    byte[] pieces =
        value(
            0x24,
            value(0x24, value(0x04, Arrays.copyOf(bags, half))),
            value(0x24, value(0x04, Arrays.copyOfRange(bags, half, bags.length))));
    for (byte[] octets : List.of(plainOctets, value(0x04, inFive(0x30, bag)), pieces)) {
      assertTrue(refused(pfx(octets)).contains("100000000 rounds"));
    }
  }

  @Test
  void longKeysOfAMac() throws Exception {
    byte[] file = pbmac1(1024, 1);
    assertTrue(refused(file).contains("1024 bytes of derived key"));
    assertEquals(
        1, Pkcs12File.overview("p12", pbmac1(64, 1), TestKeys.password()).certificates().size());
  }

  @Test
  void octetsOfOctets() {
    byte[] file = {0x30, 0};
    for (int i = 0; i < 60; i++) {
      file =
          i % 4 < 2
              ? value(0x24, file)
              : value(0x30, file, file.length < 200_000 ? file : new byte[0]);
    }
    byte[] all = value(0x30, value(0x02, new byte[] {3}), file);
    refused(all);
  }

  @Test
  void manyPartsAndManyKeys() throws Exception {
    PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
    for (int i = 0; i < 2000; i++) {
      builder.addData(keyOfRounds(1));
    }
    byte[] file = builder.build(mac(), password()).getEncoded(ASN1Encoding.DER);
    assertTrue(refused(file).contains("holds 2000 keys"));
  }

  @SuppressWarnings("JavaUtilDate") // Bouncy Castle's
  @Test
  void manyCertificatesOfOneName() throws Exception {
    ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(key());
    PKCS12PfxPduBuilder builder =
        new PKCS12PfxPduBuilder().addData(new JcaPKCS12SafeBagBuilder(key()).build());
    for (int i = 1; i <= 400; i++) {
      X500Name name = new X500Name("CN=all the same");
      X509Certificate one =
          new JcaX509CertificateConverter()
              .getCertificate(
                  new JcaX509v3CertificateBuilder(
                          name,
                          BigInteger.valueOf(i),
                          new Date(0),
                          new Date(4_000_000_000_000L),
                          name,
                          OWN.getPublicKey())
                      .build(signer));
      builder.addData(new JcaPKCS12SafeBagBuilder(one).build());
    }
    byte[] file = builder.build(mac(), password()).getEncoded(ASN1Encoding.DER);
    SigningKey opened =
        assertTimeoutPreemptively(SOON, () -> Pkcs12File.open("p12", file, TestKeys.password()));
    assertArrayEquals(SIGNATURE, opened.sign(DATA));
    assertTrue(opened.chain().size() <= 33, opened.chain().size() + " certificates");
  }

  /** The one that belongs to the key, wherever it lies and whatever it is called. */
  @Test
  void anotherCertificateUnderTheKeysId() throws Exception {
    DEROctetString id = new DEROctetString(new byte[] {7});
    X509Certificate other = TestKeys.SET.certificate(KeyRole.DB);
    for (List<X509Certificate> order : List.of(List.of(other, OWN), List.of(OWN, other))) {
      PKCS12PfxPduBuilder builder =
          new PKCS12PfxPduBuilder()
              .addData(
                  new JcaPKCS12SafeBagBuilder(key())
                      .addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, id)
                      .build());
      for (X509Certificate one : order) {
        builder.addData(
            new JcaPKCS12SafeBagBuilder(one)
                .addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, id)
                .build());
      }
      byte[] file = builder.build(mac(), password()).getEncoded(ASN1Encoding.DER);
      assertEquals(OWN, Pkcs12File.open("p12", file, TestKeys.password()).certificate());
    }
    byte[] alone =
        new PKCS12PfxPduBuilder()
            .addData(new JcaPKCS12SafeBagBuilder(key()).build())
            .addData(new JcaPKCS12SafeBagBuilder(other).build())
            .build(mac(), password())
            .getEncoded(ASN1Encoding.DER);
    assertTrue(refused(alone).contains("the certificate belongs to another key"));
  }

  @Test
  void openKeyWithoutAMac() throws Exception {
    byte[] file =
        new PKCS12PfxPduBuilder()
            .addData(new JcaPKCS12SafeBagBuilder(key()).build())
            .addData(new JcaPKCS12SafeBagBuilder(OWN).build())
            .build(null, password())
            .getEncoded(ASN1Encoding.DER);
    assertTrue(refused(file).contains("holds a key that no password protects"));
  }

  /** Each part of good files, left out or emptied: always a clear error, or the same key. */
  @Test
  void partsThatAreMissing() throws Exception {
    byte[] encrypted =
        new PKCS12PfxPduBuilder()
            .addEncryptedData(
                encryptor(), new PKCS12SafeBag[] {new JcaPKCS12SafeBagBuilder(OWN).build()})
            .addData(new JcaPKCS12SafeBagBuilder(key(), encryptor()).build())
            .build(null, password())
            .getEncoded(ASN1Encoding.DER);
    byte[] withMac =
        new PKCS12PfxPduBuilder()
            .addData(new JcaPKCS12SafeBagBuilder(key()).build())
            .build(mac(), password())
            .getEncoded(ASN1Encoding.DER);
    int tried = 0;
    for (byte[] file : List.of(encrypted, withMac, pbmac1(32, 1))) {
      for (byte[] changed : Parts.withoutOne(file)) {
        try {
          Pkcs12File.overview("p12", changed, TestKeys.password());
          SigningKey opened = Pkcs12File.open("p12", changed, TestKeys.password());
          assertArrayEquals(SIGNATURE, opened.sign(DATA));
        } catch (ZbootException e) {
          assertEquals(ZbootException.Kind.SETTINGS, e.kind(), e.getMessage());
        }
        tried++;
      }
    }
    assertTrue(tried > 150, tried + " files");
  }

  @Test
  void numbersThatAreNotThoseOfOneKey() throws Exception {
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) key();
    for (BigInteger p :
        List.of(key.getPrimeP().shiftLeft(100_000), key.getPrimeP().add(BigInteger.TWO))) {
      PrivateKey wrong =
          KeyFactory.getInstance("RSA")
              .generatePrivate(
                  new RSAPrivateCrtKeySpec(
                      key.getModulus(),
                      key.getPublicExponent(),
                      key.getPrivateExponent(),
                      p,
                      key.getPrimeQ(),
                      key.getPrimeExponentP(),
                      key.getPrimeExponentQ(),
                      key.getCrtCoefficient()));
      ZbootException e =
          assertThrows(
              ZbootException.class, () -> SigningKey.of("p12", "", wrong, null, List.of(OWN)));
      assertTrue(String.valueOf(e.getMessage()).contains("is damaged"), e.getMessage());
    }
  }

  @Test
  void exponentLongerThanTheModulus() throws Exception {
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) key();
    PrivateKey wrong =
        KeyFactory.getInstance("RSA")
            .generatePrivate(
                new RSAPrivateKeySpec(
                    key.getModulus(), key.getPrivateExponent().shiftLeft(1_000_000)));
    ZbootException e =
        assertTimeoutPreemptively(
            SOON,
            () ->
                assertThrows(
                    ZbootException.class,
                    () -> SigningKey.of("p12", "", wrong, null, List.of(OWN))));
    assertTrue(String.valueOf(e.getMessage()).contains("is damaged"), e.getMessage());
  }

  @Test
  void keysForPssAlone(@TempDir Path folder) {
    Path key = TestKeys.selfSigned(folder, "pss", "rsa-pss");
    ZbootException e =
        assertThrows(
            ZbootException.class,
            () ->
                KeyReader.open(
                    key.toString(), Optional.of(folder.resolve("pss.pem")), TestKeys.never()));
    assertTrue(String.valueOf(e.getMessage()).contains("RSASSA-PSS alone"), e.getMessage());
  }

  @Test
  void pemOfManyBeginnings() {
    byte[] file =
        "-----BEGIN CERTIFICATE-----\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    assertEquals(List.of(), assertTimeoutPreemptively(SOON, () -> PemKey.certificates(file)));
  }

  private static String refused(byte[] file) {
    ZbootException e =
        assertTimeoutPreemptively(
            SOON,
            () ->
                assertThrows(
                    ZbootException.class, () -> Pkcs12File.open("p12", file, TestKeys.password())));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    return String.valueOf(e.getMessage());
  }

  private static PrivateKey key() throws IOException {
    byte[] file = Objects.requireNonNull(TestKeys.SET.files(password()).get("sign.p12"));
    Pkcs12Contents contents = Pkcs12Contents.open("p12", file, password());
    return new JcaPEMKeyConverter().getPrivateKey(contents.key(contents.keys().get(0)));
  }

  private static char[] password() {
    return TestKeys.password().password("p12");
  }

  private static PKCS12MacCalculatorBuilder mac() {
    return new BcPKCS12MacCalculatorBuilder(
            new SHA256Digest(), new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256))
        .setIterationCount(1);
  }

  private static OutputEncryptor encryptor() throws Exception {
    return new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes128_CBC)
        .setProvider(new BouncyCastleProvider())
        .setPRF(SHA256)
        .setIterationCount(1)
        .build(password());
  }

  /** A shrouded key bag that wants so many rounds; what it holds is no key. */
  private static PKCS12SafeBag keyOfRounds(int rounds) {
    ASN1Encodable aes =
        sequence(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16]));
    ASN1Encodable kdf =
        sequence(
            PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(new byte[8], rounds, 32, SHA256));
    EncryptedPrivateKeyInfo info =
        new EncryptedPrivateKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, sequence(kdf, aes)),
            new byte[64]);
    return new PKCS12SafeBag(
        new SafeBag(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag, info.toASN1Primitive()));
  }

  private static byte[] pbmac1(int keyBytes, int rounds) throws Exception {
    PBMAC1Params parameters =
        new PBMAC1Params(
            new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_PBKDF2,
                new PBKDF2Params(new byte[8], rounds, keyBytes, SHA256)),
            SHA256);
    return new PKCS12PfxPduBuilder()
        .addData(new JcaPKCS12SafeBagBuilder(key()).build())
        .addData(new JcaPKCS12SafeBagBuilder(OWN).build())
        .build(new BcPKCS12PBMac1CalculatorBuilder(parameters), password())
        .getEncoded(ASN1Encoding.DER);
  }

  /** A PFX without MAC around the octets of the one part that it has. */
  private static byte[] pfx(byte[] octets) throws IOException {
    byte[] data = PKCSObjectIdentifiers.data.getEncoded();
    byte[] part = value(0x30, data, value(0xA0, octets));
    byte[] authSafe = value(0x30, data, value(0xA0, value(0x04, value(0x30, part))));
    return value(0x30, new ASN1Integer(3).getEncoded(), authSafe);
  }

  private static ASN1Encodable sequence(ASN1Encodable... parts) {
    return new DERSequence(parts);
  }

  private static byte[] value(int tag, byte[]... contents) {
    return Parts.value(tag, Optional.empty(), contents);
  }

  private static byte[] inFive(int tag, byte[]... contents) {
    return Parts.value(tag, Optional.of(5), contents);
  }

  /** DER, taken apart and put together again without one of its values. */
  private record Parts(int tag, byte[] content, List<Parts> inner) {
    static List<byte[]> withoutOne(byte[] der) {
      List<byte[]> all = new ArrayList<>();
      Parts whole = read(der).get(0);
      whole.collect(all, bytes -> bytes);
      return all;
    }

    private void collect(List<byte[]> all, UnaryOperator<byte[]> around) {
      for (int i = 0; i < inner.size(); i++) {
        int at = i;
        all.add(around.apply(value(tag, Optional.empty(), joined(at, new byte[0]))));
        all.add(
            around.apply(
                value(
                    tag, Optional.empty(), joined(at, new byte[] {(byte) inner.get(at).tag, 0}))));
        inner
            .get(at)
            .collect(all, bytes -> around.apply(value(tag, Optional.empty(), joined(at, bytes))));
      }
    }

    private byte[] joined(int at, byte[] instead) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = 0; i < inner.size(); i++) {
        out.writeBytes(i == at ? instead : inner.get(i).bytes());
      }
      return out.toByteArray();
    }

    private byte[] bytes() {
      return value(tag, Optional.empty(), content);
    }

    private static List<Parts> read(byte[] der) {
      List<Parts> found = new ArrayList<>();
      int at = 0;
      while (at + 2 <= der.length) {
        int tag = der[at] & 0xFF;
        int length = der[at + 1] & 0xFF;
        int from = at + 2;
        if (length > 0x80) {
          int count = length - 0x80;
          length = new BigInteger(1, Arrays.copyOfRange(der, from, from + count)).intValue();
          from += count;
        }
        byte[] content = Arrays.copyOfRange(der, from, from + length);
        boolean isConstructed = (tag & 0x20) != 0;
        boolean wraps = tag == 0x04 && content.length > 2 && content[0] == 0x30;
        found.add(new Parts(tag, content, isConstructed || wraps ? read(content) : List.of()));
        at = from + length;
      }
      return found;
    }

    static byte[] value(int tag, Optional<Integer> lengthOctets, byte[]... contents) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] one : contents) {
        all.writeBytes(one);
      }
      byte[] length = BigInteger.valueOf(all.size()).toByteArray();
      int octets = lengthOctets.orElse(all.size() < 0x80 ? 0 : length.length);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(tag);
      if (octets == 0) {
        out.write(all.size());
      } else {
        out.write(0x80 + octets);
        out.writeBytes(new byte[octets - length.length]);
        out.writeBytes(length);
      }
      out.writeBytes(all.toByteArray());
      return out.toByteArray();
    }
  }
}
