package zeroboot.signing.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.login.LoginException;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;

/** A key in a PKCS #11 token, through Java's SunPKCS11. The key never leaves the token. */
final class Pkcs11Token {
  private final Pkcs11Uri uri;
  private final Path file;
  private final Pkcs11Library library;
  private final Pkcs11Slot slot;
  private final TokenCall call;

  private Pkcs11Token(
      Pkcs11Uri uri, Path file, Pkcs11Library library, Pkcs11Slot slot, TokenCall call) {
    this.uri = uri;
    this.file = file;
    this.library = library;
    this.slot = slot;
    this.call = call;
  }

  static SigningKey open(Pkcs11Uri uri, PasswordSource passwords) {
    return open(uri, passwords, TokenCall.LIMIT);
  }

  /** The same, with another patience for each step. */
  static SigningKey open(Pkcs11Uri uri, PasswordSource passwords, Duration limit) {
    Path file = Pkcs11Modules.find(uri);
    TokenCall call = new TokenCall(uri.shown(), limit);
    try {
      return call.within("to open", () -> opened(uri, file, call)).key(passwords);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw refused(
          uri,
          "the library " + file + " does not open",
          "name the right one with module-path=FILE");
    } catch (Pkcs11Library.Refused e) {
      throw refused(
          uri,
          "the library " + file + " does not work (" + e.getMessage() + ")",
          "look at the token with pkcs11-tool -L --module " + file);
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(uri, e);
    }
  }

  private static Pkcs11Token opened(Pkcs11Uri uri, Path file, TokenCall call)
      throws Pkcs11Library.Refused {
    Pkcs11Library library = Pkcs11Library.open(file);
    return new Pkcs11Token(uri, file, library, only(uri, library), call);
  }

  /** The one slot that the URI means. To try the PIN on another token could lock that. */
  private static Pkcs11Slot only(Pkcs11Uri uri, Pkcs11Library library)
      throws Pkcs11Library.Refused {
    Pkcs11Library.About about = library.about();
    boolean isLibrary =
        uri.matches(Pkcs11Uri.LIBRARY_DESCRIPTION, about.description())
            && uri.matches(Pkcs11Uri.LIBRARY_MANUFACTURER, about.manufacturer())
            && uri.matches(Pkcs11Uri.LIBRARY_VERSION, about.version());
    List<Pkcs11Slot> all = library.slots();
    List<Pkcs11Slot> meant = all.stream().filter(slot -> isLibrary && slot.isMeantBy(uri)).toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    if (all.isEmpty()) {
      throw refused(uri, "the library sees no token", "plug it in; pkcs11-tool -L lists the slots");
    }
    throw refused(
        uri,
        (meant.isEmpty() ? "there is no such token" : "there are several such tokens")
            + "; the library sees "
            + all.stream().map(Pkcs11Slot::shown).collect(Collectors.joining(", ")),
        "say which by token=LABEL, or serial=NUMBER if labels are the same");
  }

  private SigningKey key(PasswordSource passwords)
      throws IOException, GeneralSecurityException, Pkcs11Library.Refused {
    Provider provider = call.within("to open for Java", this::provider);
    char[] pin = pin(passwords);
    try {
      KeyStore store = call.within("to take the PIN", () -> store(provider, pin));
      return call.within("to give its keys", () -> key(provider, store));
    } catch (IOException | GeneralSecurityException e) {
      if (isLogin(e)) {
        throw refused(
            uri, "the PIN is wrong", "give the right one; most tokens lock after a few wrong ones");
      }
      throw unreadable(uri, e);
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private static KeyStore store(Provider provider, char[] pin)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS11", provider);
    store.load(null, pin);
    return store;
  }

  private char[] pin(PasswordSource passwords) {
    Optional<Path> source = uri.pinSource();
    if (source.isEmpty()) {
      return passwords.password(uri.shown());
    }
    byte[] bytes = BoundedReader.file(source.get(), InputKind.PASSWORD);
    KeyRights.require(source.get(), "the PIN");
    return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("").toCharArray();
  }

  private static boolean isLogin(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof LoginException || cause instanceof UnrecoverableKeyException) {
        return true;
      }
    }
    return false;
  }

  private Provider provider() {
    Provider base = Security.getProvider("SunPKCS11");
    if (base == null) {
      throw ZbootException.usage(
          uri.shown(), "this Java has no SunPKCS11", "use a Java runtime with jdk.crypto.cryptoki");
    }
    try {
      // "--" says that the configuration itself follows, not a file's name. IDs of slots may be
      // larger than what it takes for one; their order is the same for both of us.
      return base.configure(
          "--name=zboot\nlibrary=" + file + "\nslotListIndex=" + slot.index() + "\n");
    } catch (ProviderException | IllegalArgumentException e) {
      throw refused(
          uri,
          "Java does not take the library " + file + " (" + e.getMessage() + ")",
          "name another with module-path=FILE");
    }
  }

  private SigningKey key(Provider provider, KeyStore store)
      throws GeneralSecurityException, Pkcs11Library.Refused {
    List<byte[]> meant = certificates();
    List<String> names = new ArrayList<>();
    for (String name : Collections.list(store.aliases())) {
      if (store.isKeyEntry(name) && isIn(meant, store.getCertificate(name))) {
        names.add(name);
      }
    }
    if (names.size() != 1) {
      throw refused(
          uri,
          names.isEmpty()
              ? "the token has no such key with a certificate of the same ID"
              : "the token has several such keys: " + names,
          "name one with object=LABEL or id=%01; pkcs11-tool -O lists them");
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

  private List<byte[]> certificates() throws Pkcs11Library.Refused {
    List<Pkcs11Library.Kind> kinds = new ArrayList<>();
    if (uri.means("private")) {
      kinds.add(Pkcs11Library.Kind.PRIVATE_KEY);
    }
    if (uri.means("cert")) {
      kinds.add(Pkcs11Library.Kind.CERTIFICATE);
    }
    return library.certificates(slot, kinds, uri.value(Pkcs11Uri.OBJECT), uri.value(Pkcs11Uri.ID));
  }

  private static boolean isIn(List<byte[]> all, Certificate certificate)
      throws GeneralSecurityException {
    byte[] encoded = certificate.getEncoded();
    return all.stream().anyMatch(one -> Arrays.equals(one, encoded));
  }

  private static ZbootException unreadable(Pkcs11Uri uri, Exception e) {
    return refused(
        uri, "the token cannot be read (" + e.getMessage() + ")", "look at it with pkcs11-tool");
  }

  private static ZbootException refused(Pkcs11Uri uri, String what, String mend) {
    return ZbootException.settings(uri.shown(), what, mend);
  }
}
