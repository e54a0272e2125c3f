package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.ground.ZbootException;
import zeroboot.signing.TestKeys;

/** How keys in tokens are named. */
class Pkcs11UriTest {
  /** As {@code p11tool} prints it, with our library behind it. */
  @Test
  void everyAttributeIsKnown() {
    Pkcs11Uri uri =
        Pkcs11Uri.parse(
            "pkcs11:model=SoftHSM%20v2;manufacturer=SoftHSM%20project;serial=f00d%3b1;token=a%2Fb+c;"
                + "id=%01%ff%00;object=gr%C3%BCn;type=private;slot-id=7;slot-description=d;"
                + "slot-manufacturer=m;library-manufacturer=l;library-description=e;"
                + "library-version=2.6?module-path=/usr/lib/x.so&module-name=y"
                + "&pin-source=file:///run/a%2520b");
    assertTrue(uri.matches(Pkcs11Uri.MODEL, "SoftHSM v2"));
    assertTrue(uri.matches(Pkcs11Uri.SERIAL, "f00d;1"));
    assertTrue(uri.matches(Pkcs11Uri.TOKEN, "a/b+c"));
    assertTrue(!uri.matches(Pkcs11Uri.TOKEN, "a/b c"));
    assertTrue(uri.matches(Pkcs11Uri.OBJECT, "grün"));
    assertArrayEquals(new byte[] {1, (byte) 0xff, 0}, uri.value(Pkcs11Uri.ID).orElseThrow());
    assertTrue(uri.means("private") && !uri.means("cert"));
    assertEquals(Optional.of(Path.of("/usr/lib/x.so")), uri.modulePath());
    assertEquals(Optional.of("y"), uri.moduleName());
    assertEquals(Optional.of(Path.of("/run/a b")), uri.pinSource());
    assertTrue(!uri.shown().contains("?"), uri.shown());
  }

  @Test
  void nothingIsSaidOfAnyToken() {
    Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:");
    assertTrue(uri.matches(Pkcs11Uri.TOKEN, "any"));
    assertEquals(Optional.empty(), uri.modulePath());
  }

  @ParameterizedTest
  @CsvSource({
    "/run/pin, /run/pin",
    "file:/run/pin, /run/pin",
    "file:///run/pin, /run/pin",
    "file://localhost/run/p%2525n, /run/p%n",
    "pin%20x, pin x"
  })
  void filesWithThePin(String said, String file) {
    Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:token=a?pin-source=" + said);
    assertEquals(Optional.of(Path.of(file)), uri.pinSource());
  }

  @ParameterizedTest
  @CsvSource({
    "pkcs11:tokn=a, unknown attribute tokn; did you mean token?",
    "pkcs11:x-vendor=a, unknown attribute x-vendor",
    "pkcs11:module-path=/x, unknown attribute module-path",
    "pkcs11:token=a?object=b, unknown attribute object",
    "pkcs11:token=a;token=b, has token twice",
    "pkcs11:token=a;token=a, has token twice",
    "pkcs11:object?module-path=/x, is not a PKCS #11 URI",
    "pkcs11:=a, is not a PKCS #11 URI",
    "pkcs11:slot-id=a, slot-id that is not a number",
    "pkcs11:slot-id=-1, slot-id that is not a number",
    "pkcs11:object=%4, without two hexadecimal digits",
    "pkcs11:object=%, without two hexadecimal digits",
    "pkcs11:object=%+1, without two hexadecimal digits",
    "pkcs11:object=a%G0, without two hexadecimal digits",
    "pkcs11:type=public, names no private key",
    "pkcs11:type=data, names no private key",
    "pkcs11:object=a?module-path=/x%0aslot=1, module-path that is not a file",
    "pkcs11:object=a?module-path=, module-path that is not a file",
    "pkcs11:object=a?module-name=../x, module-name that is not a plain name",
    "pkcs11:object=a?module-name=no-such, there is no PKCS #11 library no-such",
    "pkcs11:object=a?pin-source=|id, pin-source that is not a file",
    "pkcs11:object=a?pin-source=https://x/y, pin-source that is not a file",
    "pkcs11:object=a?module-path=/no/such.so, does not open",
    "pkcs11:object=a?module-path=/etc/hostname, does not open"
  })
  void uriThatCannotBe(String uri, String says) {
    String message = refused(uri);
    assertTrue(message.contains(says), message);
  }

  @ParameterizedTest
  @CsvSource({
    "pkcs11:object=a?module-path=/x&pin-value=1234",
    "pkcs11:object=a?PIN-Value=1234",
    "pkcs11:pin-value=1234"
  })
  void pinOnTheCommandLineIsRefusedAndNotShown(String uri) {
    String message = refused(uri);
    assertTrue(message.contains("every user"), message);
    assertTrue(message.contains("pin-source="), message);
    assertTrue(!message.contains("1234"), message);
  }

  private static String refused(String uri) {
    return String.valueOf(
        assertThrows(
                ZbootException.class, () -> KeyReader.open(uri, Optional.empty(), TestKeys.never()))
            .getMessage());
  }
}
