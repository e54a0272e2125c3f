package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.ground.ZbootException;
import zeroboot.signing.TestKeys;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.testing.ForeignTool;

/** Whom a trusted certificate vouches for; openssl is the judge. */
class TrustTest {
  private static final String CA = "basicConstraints=critical,CA:TRUE";
  private static final String CERT_SIGN = "keyUsage=critical,keyCertSign,cRLSign";

  @TempDir private Path folder;

  /** Extensions of the root, and of what stands between it and the signer. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "plain|CA:TRUE|keyCertSign||true",
        "usage not said|CA:TRUE|||true",
        "end entity|CA:FALSE|keyCertSign||false",
        "end entity, no usage|CA:FALSE|||false",
        "may not sign certificates|CA:TRUE|digitalSignature||false",
        "CRLs alone|CA:TRUE|cRLSign||false",
        "one between|CA:TRUE|keyCertSign|CA:TRUE|true",
        "path length 0, none between|CA:TRUE,pathlen:0|keyCertSign||true",
        "path length 0, one between|CA:TRUE,pathlen:0|keyCertSign|CA:TRUE|false",
        "path length 1, one between|CA:TRUE,pathlen:1|keyCertSign|CA:TRUE|true",
        "no authority between|CA:TRUE|keyCertSign|CA:FALSE|false"
      })
  void judgesAsOpensslDoes(
      String name,
      String constraints,
      @Nullable String usage,
      @Nullable String between,
      boolean trusted)
      throws IOException {
    root(
        "root",
        "basicConstraints=critical," + constraints,
        usage == null ? "" : "keyUsage=" + usage);
    String issuer = "root";
    if (between != null) {
      issued("between", issuer, "basicConstraints=critical," + between);
      issuer = "between";
    }
    issued("signer", issuer, "basicConstraints=CA:FALSE", "keyUsage=digitalSignature");
    List<String> verify = new java.util.ArrayList<>(List.of("verify", "-CAfile", file("root.pem")));
    if (between != null) {
      verify.addAll(List.of("-untrusted", file("between.pem")));
    }
    verify.add(file("signer.pem"));
    int judge = ForeignTool.require("openssl").run(verify.toArray(String[]::new)).exitCode();
    assertEquals(trusted, judge == 0, "openssl");
    assertEquals(trusted, reaches("root", between == null ? null : "between", Instant.now()));
  }

  @Test
  void authoritiesAreTrustedWhileTheyAreValid() throws IOException {
    root("root", CA, CERT_SIGN);
    issued("signer", "root", "basicConstraints=CA:FALSE");
    assertTrue(reaches("root", null, Instant.now()));
    assertEquals(false, reaches("root", null, Instant.now().plus(Duration.ofDays(400))));
    assertEquals(false, reaches("root", null, Instant.now().minus(Duration.ofDays(400))));
  }

  /** Of several that are trusted, one that will do is enough. */
  @Test
  void aBadAnchorDoesNotSpoilAGoodOne() throws IOException {
    root("root", CA, CERT_SIGN);
    root("other", "basicConstraints=critical,CA:FALSE", "");
    issued("signer", "root", "basicConstraints=CA:FALSE");
    Trust trust = Trust.of(List.of(folder.resolve("other.pem"), folder.resolve("root.pem")));
    assertTrue(trust.reaches(one("signer"), List.of(), Instant.now()));
    Trust itself = Trust.of(List.of(folder.resolve("signer.pem")));
    assertTrue(itself.reaches(one("signer"), List.of(), Instant.now()));
  }

  @Test
  void namesThatAnAuthorityMayNotVouchFor() throws IOException {
    root("root", CA, "nameConstraints=critical,permitted;dirName:names");
    issued("signer", "root", "basicConstraints=CA:FALSE");
    assertEquals(false, reaches("root", null, Instant.now()));
  }

  /** CMS in DER ends with its last byte; whatever follows was put there by somebody else. */
  @Test
  void nothingMayFollowASignature() {
    byte[] data = {1, 2, 3};
    byte[] signature =
        DetachedSignature.make(data, TestKeys.SET.signingKey(KeyRole.SIGN), Optional.empty());
    DetachedSignature.verify("s", signature, data);
    for (byte[] junk : new byte[][] {{0}, {'\n'}, {0x30, 0}, signature}) {
      byte[] longer = Arrays.copyOf(signature, signature.length + junk.length);
      System.arraycopy(junk, 0, longer, signature.length, junk.length);
      ZbootException e =
          assertThrows(ZbootException.class, () -> DetachedSignature.verify("s", longer, data));
      assertEquals(ZbootException.Kind.SIGNATURE, e.kind());
      assertTrue(
          String.valueOf(e.getMessage()).contains(junk.length + " bytes follow"), e.getMessage());
    }
  }

  private boolean reaches(String anchor, @Nullable String between, Instant at) {
    List<java.security.cert.X509Certificate> others =
        between == null ? List.of() : List.of(one(between));
    return Trust.of(List.of(folder.resolve(anchor + ".pem"))).reaches(one("signer"), others, at);
  }

  private java.security.cert.X509Certificate one(String name) {
    return KeyFile.certificates(folder.resolve(name + ".pem")).get(0);
  }

  private void root(String name, String... extensions) throws IOException {
    request(name);
    openssl(
        "x509",
        "-req",
        "-in",
        file(name + ".csr"),
        "-signkey",
        file(name + ".key"),
        "-days",
        "300",
        "-extfile",
        extensions(name, extensions),
        "-out",
        file(name + ".pem"));
  }

  private void issued(String name, String issuer, String... extensions) throws IOException {
    request(name);
    openssl(
        "x509",
        "-req",
        "-in",
        file(name + ".csr"),
        "-CA",
        file(issuer + ".pem"),
        "-CAkey",
        file(issuer + ".key"),
        "-set_serial",
        "7",
        "-days",
        "300",
        "-extfile",
        extensions(name, extensions),
        "-out",
        file(name + ".pem"));
  }

  private void request(String name) {
    openssl(
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=" + name,
        "-keyout",
        file(name + ".key"),
        "-out",
        file(name + ".csr"));
  }

  private String extensions(String name, String... lines) throws IOException {
    String text = String.join("\n", lines) + "\n[names]\nO=Somebody else\n";
    return Files.writeString(folder.resolve(name + ".ext"), text).toString();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void openssl(String... arguments) {
    TestKeys.openssl(arguments);
  }
}
