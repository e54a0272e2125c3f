package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBMac1CalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.ground.ZbootException;
import zeroboot.signing.TestKeys;

/** PKCS #12 by other makers, with every cipher that they use, and damaged files. */
class Pkcs12ReadingTest {
  private static final byte[] DATA = {1, 2, 3};
  private static final byte[] SIGNATURE = TestKeys.SET.signingKey(KeyRole.SIGN).sign(DATA);

  @TempDir private static Path folder;
  private static Path plain;

  @BeforeAll
  static void write() {
    TestKeys.writeTo(folder);
    plain = TestKeys.pem(folder, KeyRole.SIGN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-name sign",
        "-legacy",
        "-certpbe NONE -keypbe AES-128-CBC",
        "-keypbe AES-192-CBC -certpbe AES-128-CBC -macalg sha512",
        "-keypbe NONE -certpbe NONE",
        "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1",
        "-keypbe DES-EDE3-CBC",
        "-iter 1",
        "-nomaciter",
        "-nomac"
      })
  void byOpenssl(String how) throws IOException {
    SigningKey opened = Pkcs12File.open("p12", export(how), TestKeys.password());
    assertArrayEquals(SIGNATURE, opened.sign(DATA));
    assertEquals(List.of(TestKeys.SET.certificate(KeyRole.SIGN)), opened.chain());
    assertEquals(
        List.of(TestKeys.SET.certificate(KeyRole.SIGN)),
        Pkcs12File.overview("p12", export(how), TestKeys.password()).certificates());
    if (!how.contains("-keypbe NONE") || !how.contains("-nomac")) {
      refused("the password is wrong", export(how), "wrong");
    }
  }

  /** Letters beyond ASCII are UTF-16 for the MAC, and UTF-8 for the rest. */
  @Test
  void passwordsInAllLetters() {
    char[] password = "Pässwörd Пароль 密码".toCharArray();
    byte[] file = Objects.requireNonNull(TestKeys.SET.files(password.clone()).get("sign.p12"));
    SigningKey opened = Pkcs12File.open("p12", file, where -> password.clone());
    assertArrayEquals(SIGNATURE, opened.sign(DATA));
  }

  @Test
  void byJava() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = TestKeys.password().password("p12");
    PrivateKey key = key();
    Certificate[] chain = {TestKeys.SET.certificate(KeyRole.SIGN)};
    store.setKeyEntry("Some Name", key, password, chain);
    SigningKey opened = Pkcs12File.open("p12", stored(store, password), TestKeys.password());
    assertArrayEquals(SIGNATURE, opened.sign(DATA));
    store.setKeyEntry("another", key, password, chain);
    refused("holds 2 keys", stored(store, password), new String(password));
    store.deleteEntry("another");
    store.deleteEntry("some name");
    store.setCertificateEntry("only", chain[0]);
    byte[] file = stored(store, password);
    refused("holds no private key", file, new String(password));
    assertEquals(
        new Pkcs12File.Overview(false, List.of((X509Certificate) chain[0])),
        Pkcs12File.overview("p12", file, TestKeys.password()));
  }

  /** RFC 9579, which OpenSSL writes from 3.4 on when asked. */
  @Test
  void withPbmac1() throws Exception {
    char[] password = TestKeys.password().password("p12");
    byte[] salt = new byte[16];
    AlgorithmIdentifier hmac =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    PBMAC1Params parameters =
        new PBMAC1Params(
            new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, 2048, 32, hmac)),
            hmac);
    byte[] file =
        new PKCS12PfxPduBuilder()
            .addData(new JcaPKCS12SafeBagBuilder(key()).build())
            .addData(new JcaPKCS12SafeBagBuilder(TestKeys.SET.certificate(KeyRole.SIGN)).build())
            .build(new BcPKCS12PBMac1CalculatorBuilder(parameters), password)
            .getEncoded(ASN1Encoding.DER);
    SigningKey opened = Pkcs12File.open("p12", file, TestKeys.password());
    assertArrayEquals(SIGNATURE, opened.sign(DATA));
    refused("the password is wrong", file, "wrong");
  }

  /** In whatever order they lie in the file, and none that only has an issuer's name. */
  @Test
  void theCertificateThenThoseAboveIt() throws Exception {
    Path root = TestKeys.selfSigned(folder, "Root", "rsa:2048");
    Path sameName = folder.resolve("same.pem");
    TestKeys.openssl(
        ("req -x509 -newkey rsa:2048 -nodes -subj /CN=Root -days 9 -keyout "
                + folder.resolve("same.key")
                + " -out "
                + sameName)
            .split(" ", -1));
    TestKeys.openssl(
        ("rsa -pubout -in " + plain + " -out " + folder.resolve("sign.pub")).split(" ", -1));
    Path leaf = folder.resolve("leaf.pem");
    TestKeys.openssl(
        ("x509 -new -subj /CN=leaf -days 9 -CA "
                + folder.resolve("Root.pem")
                + " -CAkey "
                + root
                + " -force_pubkey "
                + folder.resolve("sign.pub")
                + " -out "
                + leaf)
            .split(" ", -1));
    Path above = folder.resolve("above.pem");
    Files.writeString(
        above, Files.readString(sameName) + Files.readString(folder.resolve("Root.pem")));
    Path file = folder.resolve("chain.p12");
    TestKeys.openssl(
        ("pkcs12 -export -inkey " + plain + " -in " + leaf + " -certfile " + above)
            .concat(" -passout env:P -out " + file)
            .split(" ", -1));
    SigningKey opened = Pkcs12File.open("p12", Files.readAllBytes(file), TestKeys.password());
    assertEquals(
        List.of("CN=leaf", "CN=Root"),
        opened.chain().stream().map(one -> one.getSubjectX500Principal().getName()).toList());
    X509Certificate issuer = opened.chain().get(1);
    assertEquals(KeyFile.certificates(folder.resolve("Root.pem")), List.of(issuer));
  }

  @Test
  void aKeyWithoutACertificate() throws IOException {
    Path file = folder.resolve("alien.p12");
    TestKeys.openssl(
        ("pkcs12 -export -nocerts -inkey " + plain + " -passout env:P -out " + file)
            .split(" ", -1));
    refused("a key without a certificate", Files.readAllBytes(file), null);
  }

  /** Each byte of a file, changed in three ways: a clear error, or the same key. */
  @ParameterizedTest
  @ValueSource(strings = {"-iter 1", "-nomac -iter 1", "-legacy -iter 1"})
  void damaged(String how) throws IOException {
    byte[] file = export(how);
    int opened = 0;
    for (int at = 0; at < file.length; at++) {
      for (int change : new int[] {1, 0x80, 0xff}) {
        byte[] changed = file.clone();
        changed[at] ^= (byte) change;
        opened += opens(changed) ? 1 : 0;
      }
    }
    // Without a MAC nothing vouches for names; with one, only what is not looked at may differ.
    assertTrue(how.contains("-nomac") || opened < 10, opened + " of " + file.length * 3);
    for (int length = 0; length < file.length; length += 7) {
      assertTrue(!opens(Arrays.copyOf(file, length)), length + " bytes");
    }
  }

  private static boolean opens(byte[] file) {
    try {
      SigningKey opened = Pkcs12File.open("p12", file, TestKeys.password());
      assertArrayEquals(SIGNATURE, opened.sign(DATA));
      return true;
    } catch (ZbootException e) {
      assertEquals(ZbootException.Kind.SETTINGS, e.kind(), e.getMessage());
      assertNotEquals("", e.getMessage());
      return false;
    }
  }

  private static byte[] export(String how) throws IOException {
    Path file = folder.resolve("theirs.p12");
    List<String> words = new ArrayList<>(List.of("pkcs12", "-export", "-inkey", plain + ""));
    words.addAll(List.of("-in", folder.resolve("sign.pem") + "", "-passout", "env:P"));
    words.addAll(List.of(how.split(" ", -1)));
    words.addAll(List.of("-out", file.toString()));
    TestKeys.openssl(words.toArray(String[]::new));
    return Files.readAllBytes(file);
  }

  private static byte[] stored(KeyStore store, char[] password) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    return bytes.toByteArray();
  }

  private static PrivateKey key() throws IOException {
    return PemKey.privateKey("key", Files.readAllBytes(plain), TestKeys.never());
  }

  private static void refused(String says, byte[] file, @Nullable String password) {
    PasswordSource source = password == null ? TestKeys.password() : what -> password.toCharArray();
    ZbootException e =
        assertThrows(ZbootException.class, () -> Pkcs12File.open("p12", file, source));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(says), e.getMessage());
  }
}
