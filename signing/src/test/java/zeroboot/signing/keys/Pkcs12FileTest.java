package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import zeroboot.ground.ZbootException;
import zeroboot.signing.TestKeys;

/** A key file hides the key alone, and vouches for all of it. */
class Pkcs12FileTest {
  private static final char[] PASSWORD = "a password".toCharArray();
  private static final byte[] FILE = made();

  private static byte[] made() {
    return Objects.requireNonNull(TestKeys.SET.files(PASSWORD.clone()).get("sign.p12"));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void theCertificateLiesOpenAndTheKeyDoesNot() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(FILE), PASSWORD);
    assertEquals(List.of("sign"), Collections.list(store.aliases()));
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) store.getKey("sign", PASSWORD);
    byte[] certificate = TestKeys.SET.certificate(KeyRole.SIGN).getEncoded();
    assertTrue(latin(FILE).contains(latin(certificate)));
    // The modulus stands in the certificate as well.
    byte[] secret = key.getPrivateExponent().toByteArray();
    for (int at = 0; at + 16 <= secret.length; at += 16) {
      assertFalse(latin(FILE).contains(new String(secret, at, 16, StandardCharsets.ISO_8859_1)));
    }
    byte[] data = {1, 2, 3};
    SigningKey opened = Pkcs12File.open("sign.p12", FILE, where -> PASSWORD.clone());
    assertArrayEquals(TestKeys.SET.signingKey(KeyRole.SIGN).sign(data), opened.sign(data));
  }

  /** Whoever may write to the file and does not know the password puts nothing into it. */
  @Test
  void aChangedCertificateIsRefused() throws Exception {
    byte[] certificate = TestKeys.SET.certificate(KeyRole.SIGN).getEncoded();
    int place = latin(FILE).indexOf(latin(certificate));
    for (int at : new int[] {8, certificate.length / 2, certificate.length - 1}) {
      byte[] changed = FILE.clone();
      changed[place + at] ^= 1;
      assertThrows(
          ZbootException.class,
          () -> Pkcs12File.open("sign.p12", changed, where -> PASSWORD.clone()));
    }
  }

  @Test
  void twoFilesOfOneKeyDiffer() {
    assertFalse(Arrays.equals(FILE, made()));
  }
}
