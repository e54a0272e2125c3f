package zeroboot.signing.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.security.auth.login.LoginException;
import zeroboot.ground.ZbootException;

/** A key in a PKCS #11 token, through Java's SunPKCS11. The key never leaves the token. */
final class Pkcs11Token {
  private Pkcs11Token() {}

  static SigningKey open(Pkcs11Uri uri, PasswordSource passwords) {
    Provider provider = provider(uri);
    KeyStore store = keyStore(uri, provider);
    char[] pin = passwords.password(uri.shown());
    try {
      store.load(null, pin);
      return key(uri, provider, store);
    } catch (IOException | GeneralSecurityException e) {
      if (isLogin(e)) {
        throw refused(
            uri, "the PIN is wrong", "give the right one; most tokens lock after a few wrong ones");
      }
      throw refused(
          uri, "the token cannot be read (" + e.getMessage() + ")", "look at it with pkcs11-tool");
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private static boolean isLogin(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof LoginException || cause instanceof UnrecoverableKeyException) {
        return true;
      }
    }
    return false;
  }

  private static Provider provider(Pkcs11Uri uri) {
    Provider base = Security.getProvider("SunPKCS11");
    if (base == null) {
      throw ZbootException.usage(
          uri.shown(), "this Java has no SunPKCS11", "use a Java runtime with jdk.crypto.cryptoki");
    }
    String slot = uri.slotId().map(id -> "slot=" + id).orElse("slotListIndex=0");
    try {
      // "--" says that the configuration itself follows, not a file's name.
      return base.configure("--name=zboot\nlibrary=" + uri.modulePath() + "\n" + slot + "\n");
    } catch (ProviderException | IllegalArgumentException e) {
      throw refused(
          uri,
          "the library " + uri.modulePath() + " does not open the token",
          "name the right module-path and slot-id; pkcs11-tool -L lists slots");
    }
  }

  private static KeyStore keyStore(Pkcs11Uri uri, Provider provider) {
    try {
      return KeyStore.getInstance("PKCS11", provider);
    } catch (GeneralSecurityException e) {
      throw refused(uri, "there is no token in the slot", "plug it in; pkcs11-tool -L lists slots");
    }
  }

  private static SigningKey key(Pkcs11Uri uri, Provider provider, KeyStore store)
      throws GeneralSecurityException {
    List<String> names = new ArrayList<>();
    for (String name : Collections.list(store.aliases())) {
      if (store.isKeyEntry(name) && uri.object().map(name::equals).orElse(true)) {
        names.add(name);
      }
    }
    if (names.size() != 1) {
      throw refused(
          uri,
          names.isEmpty()
              ? "the token has no such key with a certificate of the same ID"
              : "the token has several such keys: " + names,
          "name one with object=LABEL; pkcs11-tool -O lists them");
    }
    String name = names.get(0);
    Certificate[] chain = store.getCertificateChain(name);
    PrivateKey key = (PrivateKey) store.getKey(name, null);
    return SigningKey.of(
        uri.shown(),
        name,
        key,
        provider,
        Arrays.stream(chain).map(X509Certificate.class::cast).toList());
  }

  private static ZbootException refused(Pkcs11Uri uri, String what, String mend) {
    return ZbootException.settings(uri.shown(), what, mend);
  }
}
