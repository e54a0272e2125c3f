package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.signing.TestKeys;
import zeroboot.signing.TokenProcess;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SoftTokens;

/**
 * Two tokens in one library, each with two keys: {@code sign} and {@code other}, whose IDs are the
 * other way round in the second.
 */
class TokensTest {
  private static final byte[] DATA = {1, 2, 3};

  @TempDir private static Path folder;
  private static SoftTokens tokens;
  private static byte[] signature;
  private static byte[] otherSignature;

  @BeforeAll
  static void make() throws IOException {
    TestKeys.writeTo(folder);
    tokens = SoftTokens.in(Files.createDirectory(folder.resolve("tokens")));
    signature = TestKeys.SET.signingKey(KeyRole.SIGN).sign(DATA);
    otherSignature = TestKeys.SET.signingKey(KeyRole.DB).sign(DATA);
    for (String name : List.of("farm one", "two")) {
      boolean isFirst = name.equals("farm one");
      tokens.make(name, isFirst ? "1234" : "5678");
      KeyRole sign = isFirst ? KeyRole.SIGN : KeyRole.DB;
      KeyRole other = isFirst ? KeyRole.DB : KeyRole.SIGN;
      tokens.store(
          name, TestKeys.pem(folder, sign), certificate(sign), isFirst ? "01" : "f002", "sign");
      tokens.store(
          name, TestKeys.pem(folder, other), certificate(other), isFirst ? "f002" : "01", "other");
    }
  }

  private static Path certificate(KeyRole role) {
    return folder.resolve(role == KeyRole.SIGN ? "sign.der" : "db.der");
  }

  @ParameterizedTest
  @CsvSource({
    "token=farm%20one;object=sign, 1234, sign",
    "token=farm%20one;object=sign;type=private, 1234, sign",
    "token=farm%20one;object=sign;type=cert, 1234, sign",
    "token=farm%20one;id=%01, 1234, sign",
    "token=farm%20one;id=%f0%02, 1234, other",
    "token=farm%20one;id=%F0%02;object=other, 1234, other",
    "token=two;object=sign, 5678, other",
    "token=two;id=%01, 5678, sign",
    "model=SoftHSM%20v2;manufacturer=SoftHSM%20project;token=two;object=other, 5678, sign"
  })
  void theKeyThatIsMeant(String path, String pin, String whose) {
    byte[] expected = whose.equals("sign") ? signature : otherSignature;
    assertEquals("SIGNED", run(path, pin, expected));
  }

  @Test
  void serialAndSlotNameTheTokenToo() {
    for (String name : List.of("farm one", "two")) {
      SoftTokens.Place place = tokens.place(name);
      String pin = name.equals("two") ? "5678" : "1234";
      byte[] expected = name.equals("two") ? otherSignature : signature;
      for (String path : List.of("serial=" + place.serial(), "slot-id=" + place.slot())) {
        assertEquals("SIGNED", run(path + ";object=sign", pin, expected), path);
      }
    }
  }

  /** What {@code p11tool} prints is what people paste. */
  @Test
  void whatP11toolPrints() {
    String list =
        ForeignTool.require("p11tool")
            .run(
                tokens.environment(),
                "--provider",
                tokens.module().toString(),
                "--login",
                "--set-pin=1234",
                "--list-privkeys",
                "pkcs11:token=farm%20one")
            .output();
    Matcher matcher = Pattern.compile("URL: pkcs11:(\\S*object=sign\\S*)").matcher(list);
    assertTrue(matcher.find(), list);
    assertEquals("SIGNED", run(matcher.group(1), "1234", signature));
  }

  @ParameterizedTest
  @CsvSource({
    "token=three, there is no such token; the library sees token=",
    "library-version=9.9, there is no such token",
    "object=sign, there are several such tokens; the library sees token=",
    "token=two;object=db, no such key",
    "token=two;object=sign;id=%01, no such key",
    "token=two, the token has several such keys"
  })
  void whatIsMeantIsNotThereOrNotClear(String path, String says) {
    String said = run(path, "5678", signature);
    assertTrue(said.contains(says), said);
  }

  @Test
  void aWrongPin() {
    String said = run("token=two;object=sign", "9999", signature);
    assertTrue(said.contains("the PIN is wrong"), said);
  }

  @Test
  void thePinFromAFile() throws IOException {
    Path pin = Files.writeString(folder.resolve("a pin"), "5678\nmore\n");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    String source = "&pin-source=" + pin.toString().replace(" ", "%20");
    String uri = tokens.uri("token=two;object=sign") + source;
    assertEquals("SIGNED", TokenProcess.run(tokens.environment(), uri, "no", otherSignature));
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-r--r--"));
    String said = TokenProcess.run(tokens.environment(), uri, "no", otherSignature);
    assertTrue(said.contains("every user of this machine may read the PIN"), said);
  }

  /** As p11-kit knows it, by its name, and in its folder. */
  @ParameterizedTest
  @ValueSource(strings = {"module-name=softhsm2", "module-path=FOLDER&module-name=softhsm2"})
  void theLibraryByItsName(String query) {
    String uri =
        "pkcs11:token=two;object=sign?"
            + query.replace("FOLDER", String.valueOf(tokens.module().getParent()));
    assertEquals("SIGNED", TokenProcess.run(tokens.environment(), uri, "5678", otherSignature));
  }

  private static String run(String path, String pin, byte[] expected) {
    return TokenProcess.run(tokens.environment(), tokens.uri(path), pin, expected);
  }
}
