package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.ZbootException;
import zeroboot.signing.TestKeys;
import zeroboot.testing.ForeignTool;

/** Roots made by openssl: a node's screen would be the only place to learn of a useless one. */
class TlsRootTest {
  private static final IpxeCore CORE = BundledCore.load();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rsa:1024 | RSA key of only 1024 bits
          rsa:1536 | RSA key of only 1536 bits
          ec -pkeyopt ec_paramgen_curve:P-256 | has a key for ECDSA, which iPXE 1.21.1
          ec -pkeyopt ec_paramgen_curve:secp521r1 | has a key for ECDSA
          ed25519 | has a key for Ed25519
          ed448 | has a key for Ed448
          rsa-pss -pkeyopt rsa_keygen_bits:2048 | RSASSA-PSS
          rsa:2048 -sigopt rsa_padding_mode:pss | is signed with RSASSA-PSS
          rsa:2048 -sha3-256 | is signed with algorithm 2.16.840
          rsa:2048 -addext nameConstraints=critical,permitted;DNS:example.com | critical extension 2.5.29.30
          rsa:2048 -addext certificatePolicies=critical,1.2.3.4 | critical extension 2.5.29.32
          rsa:2048 -addext keyUsage=critical,digitalSignature | keyCertSign
          rsa:2048 -addext keyUsage=cRLSign | keyCertSign
          """)
  void uselessRootIsRefused(String how, String says) {
    Path root = root("x", how);
    ZbootException e =
        assertThrows(ZbootException.class, () -> TlsRoot.read(root, TestKeys.NOW, CORE));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(says), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rsa:2048 |
          rsa:4096 -sha512 |
          rsa:3072 -sha384 -addext keyUsage=critical,keyCertSign,cRLSign |
          rsa:2048 -sha1 -addext nameConstraints=permitted;DNS:example.com |
          """)
  void goodRootIsTaken(String how, String nothing) {
    Path root = root("x", how);
    String said =
        ForeignTool.require("openssl")
            .run("x509", "-in", root + "", "-noout", "-fingerprint", "-sha256")
            .ok();
    TrustRoot read = TlsRoot.read(root, TestKeys.NOW, CORE).trust();
    assertTrue(said.replace(":", "").toLowerCase(Locale.ROOT).contains(read.sha256()));
    assertTrue(read.in(CORE).isPinned());
  }

  @ParameterizedTest
  @CsvSource({
    "P-256 -sha256,true",
    "P-384 -sha384,true",
    "P-384 -sha512,true",
    "P-521 -sha256,false",
    "secp256k1 -sha256,false",
    "P-256 -sha1,false",
    "P-256 -sha256 -addext keyUsage=cRLSign,false"
  })
  void coreThatTakesItIsNamed(String how, boolean isTaken) {
    Path root = root("x", "ec -pkeyopt ec_paramgen_curve:" + how);
    ZbootException e =
        assertThrows(ZbootException.class, () -> TlsRoot.read(root, TestKeys.NOW, CORE));
    assertEquals(isTaken, String.valueOf(e.getMessage()).contains("--core 2.0.0"), e.getMessage());
  }

  /** iPXE 2.0.0 holds what it compares with: ecPublicKey, P-256, P-384, ecdsa-with-SHA256. */
  @Test
  void coreThatKnowsEcdsaTakesItsCurvesAlone() {
    byte[] efi = CORE.efi().clone();
    byte[] known =
        HexFormat.of().parseHex("2a8648ce3d0201" + "2a8648ce3d030107" + "2a8648ce3d040302");
    System.arraycopy(known, 0, efi, efi.length - known.length, known.length);
    IpxeCore newer = IpxeCore.of("newer", CORE.lkrn(), efi);
    for (String curve : List.of("P-256", "P-384")) {
      Path root = root(curve, "ec -pkeyopt ec_paramgen_curve:" + curve + " -sha256");
      assertTrue(TlsRoot.read(root, TestKeys.NOW, newer).trust().in(newer).isPinned());
    }
    for (String curve : List.of("P-521", "brainpoolP256r1", "secp256k1")) {
      Path root = root(curve, "ec -pkeyopt ec_paramgen_curve:" + curve + " -sha256");
      ZbootException e =
          assertThrows(ZbootException.class, () -> TlsRoot.read(root, TestKeys.NOW, newer));
      assertTrue(String.valueOf(e.getMessage()).contains("on the curve"), e.getMessage());
    }
    Path sha512 = root("sha512", "ec -pkeyopt ec_paramgen_curve:P-384 -sha512");
    assertThrows(ZbootException.class, () -> TlsRoot.read(sha512, TestKeys.NOW, newer));
  }

  private Path root(String name, String how) {
    Path file = folder.resolve(name + ".pem");
    List<String> words = new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "30"));
    words.addAll(List.of("-subj", "/CN=" + name, "-newkey"));
    words.addAll(List.of(how.split(" ", -1)));
    words.addAll(List.of("-keyout", folder.resolve("key") + "", "-out", file.toString()));
    ForeignTool.require("openssl").run(words.toArray(String[]::new)).ok();
    return file;
  }
}
