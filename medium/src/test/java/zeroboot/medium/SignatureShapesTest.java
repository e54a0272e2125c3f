package zeroboot.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.image.read.ByteSource;
import zeroboot.signing.keys.Trust;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SelfSigned;

/**
 * Signatures in the shapes that openssl can give them. Whatever it refuses in DER is refused; what
 * is refused beyond that says what it is, and how to mend it.
 */
class SignatureShapesTest {
  private static final byte[] IMAGE = Media.bytes("usb both");

  @TempDir private static Path folder;
  private static Path image = Path.of("");
  private static Path signature = Path.of("");

  @BeforeAll
  static void write() throws IOException {
    image = Files.write(folder.resolve("x.img"), IMAGE);
    signature = folder.resolve("x.img.sig");
    for (String key : List.of("rsa:2048", "rsa:1024", "ec")) {
      String name = key.replace(":", "");
      List<String> words = new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "30"));
      words.addAll(List.of("-newkey", key, "-subj", "/CN=" + name));
      if (key.equals("ec")) {
        words.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256"));
      }
      words.addAll(List.of("-keyout", file(name + ".key"), "-out", file(name + ".pem")));
      openssl(words);
    }
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void openssl(List<String> words) {
    ForeignTool.require("openssl").run(words.toArray(String[]::new)).ok();
  }

  private static void sign(String command, String key, String options) {
    List<String> words = new ArrayList<>(List.of(command, "-sign", "-binary"));
    words.addAll(List.of("-in", image + "", "-out", signature + ""));
    words.addAll(List.of("-signer", file(key + ".pem"), "-inkey", file(key + ".key")));
    words.addAll(Arrays.asList(options.split(" ")));
    openssl(words);
  }

  private static boolean opensslAccepts(String key) {
    List<String> words = new ArrayList<>(List.of("cms", "-verify", "-binary", "-inform", "DER"));
    words.addAll(List.of("-in", signature + "", "-content", image + "", "-purpose", "any"));
    words.addAll(List.of("-CAfile", file(key + ".pem"), "-out", "/dev/null"));
    return ForeignTool.require("openssl").run(words.toArray(String[]::new)).exitCode() == 0;
  }

  /** What the judge says against it; empty if nothing. */
  private static String refusal(String key) throws IOException {
    byte[] bytes = Files.readAllBytes(signature);
    Verdict verdict =
        Judge.knowing(Media.KNOWN)
            .trusting(Trust.of(List.of(folder.resolve(key + ".pem"))), Instant.now())
            .of(
                ByteSource.of("x.img", IMAGE),
                Beside.signature("x.img.sig", bytes, Optional.of(IMAGE)));
    List<String> failures = verdict.failures().stream().map(one -> one + "").toList();
    return String.join("\n", failures);
  }

  @ParameterizedTest
  @CsvSource({
    "cms, rsa2048, -outform DER",
    "cms, rsa2048, -outform DER -md sha384 -keyid",
    "cms, rsa2048, -outform DER -md sha512-256",
    "cms, rsa2048, -outform DER -md sha3-256",
    "cms, rsa2048, -outform DER -md sha3-512 -noattr",
    "cms, rsa2048, -outform DER -econtent_type 1.2.3.4",
    "cms, rsa2048, -outform DER -certfile FOLDER/ec.pem",
    "cms, rsa2048, -outform DER -keyopt rsa_padding_mode:pss",
    "cms, rsa2048, -outform DER -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:0",
    "cms, rsa2048, -outform DER -stream",
    "cms, rsa2048, -outform DER -nodetach",
    "cms, rsa2048, -outform DER -nodetach -noattr -md sha384",
    "smime, rsa2048, -outform DER",
    "smime, rsa2048, -outform DER -noattr -stream",
    "cms, ec, -outform DER",
    "cms, ec, -outform DER -noattr -md sha512",
  })
  void bothAccept(String command, String key, String options) throws IOException {
    sign(command, key, options.replace("FOLDER", folder.toString()));
    assertTrue(opensslAccepts(key));
    assertEquals("", refusal(key));
    // The test can fail: the same of another file is refused by both.
    Files.write(image, Arrays.copyOf(IMAGE, IMAGE.length - 1));
    try {
      sign(command, key, options.replace("FOLDER", folder.toString()));
    } finally {
      Files.write(image, IMAGE);
    }
    assertFalse(opensslAccepts(key) && !options.contains("-nodetach"));
    assertTrue(refusal(key).matches("(?s).*(of another file|not the file).*"), refusal(key));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa2048, -outform PEM, 'is PEM, not DER; make DER of it: openssl cms -cmsout -inform PEM'",
    "rsa2048, -outform SMIME, 'is S/MIME, not DER; make DER of it: openssl cms -cmsout'",
    "rsa2048, -outform SMIME -nodetach, 'is S/MIME, not DER'",
    "rsa2048, -outform DER -nocerts, 'without its signer''s certificate'",
  })
  void bothRefuse(String key, String options, String said) throws IOException {
    sign("cms", key, options);
    assertFalse(opensslAccepts(key));
    assertTrue(refusal(key).contains(said), refusal(key));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa2048, -outform DER -md sha1, 'uses the digest SHA-1, which is too weak; sign anew'",
    "rsa2048, -outform DER -md md5, 'uses the digest MD5, which is too weak; sign anew'",
    "rsa2048, -outform DER -md sha224, 'uses the digest SHA-224'",
    "rsa1024, -outform DER, 'uses an RSA key of 1024 bits, which is too short'",
    "rsa2048, -outform DER -signer FOLDER/ec.pem -inkey FOLDER/ec.key,"
        + " 'has 2 signers, and zboot judges one'",
  })
  void weRefuseMore(String key, String options, String said) throws IOException {
    sign("cms", key, options.replace("FOLDER", folder.toString()));
    assertTrue(refusal(key).contains(said), refusal(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-data_create", "-digest_create"})
  void otherMessagesAreNamed(String what) throws IOException {
    openssl(
        List.of(
            "cms", what, "-binary", "-in", image + "", "-outform", "DER", "-out", signature + ""));
    assertFalse(opensslAccepts("rsa2048"));
    assertTrue(refusal("rsa2048").contains("is CMS, but no signature"), refusal("rsa2048"));
  }

  @Test
  void converted() throws IOException {
    for (String form : List.of("PEM", "SMIME")) {
      sign("cms", "rsa2048", "-outform " + form);
      Path der = folder.resolve("der");
      openssl(
          List.of(
              "cms",
              "-cmsout",
              "-inform",
              form,
              "-in",
              signature + "",
              "-outform",
              "DER",
              "-out",
              der + ""));
      Files.copy(der, signature, StandardCopyOption.REPLACE_EXISTING);
      assertEquals("", refusal("rsa2048"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'is empty'",
    "'-----BEGIN PGP SIGNATURE-----', 'OpenPGP'",
    "'-----BEGIN SSH SIGNATURE-----', 'of SSH'",
    "'-----BEGIN RSA PRIVATE KEY-----', 'PEM of another kind (RSA PRIVATE KEY)'",
    "'untrusted comment: signature from minisign', 'minisign'",
    "'<!DOCTYPE html><title>404</title>', 'web page'",
    "'0', 'is not a detached signature, or a truncated one'",
  })
  void strangersAreNamed(String text, String said) throws IOException {
    Files.writeString(signature, text, StandardCharsets.US_ASCII);
    assertTrue(refusal("rsa2048").contains(said), refusal("rsa2048"));
  }

  @Test
  void certificatesAndBareSignaturesAreNamed() throws IOException {
    Files.copy(folder.resolve("ec.pem"), signature, StandardCopyOption.REPLACE_EXISTING);
    assertTrue(refusal("ec").contains("is a certificate; give that to --trust"), refusal("ec"));
    openssl(
        List.of(
            "dgst", "-sha256", "-sign", file("rsa2048.key"), "-out", signature + "", image + ""));
    assertTrue(refusal("ec").contains("bare signature of 2048 bits"), refusal("ec"));
  }

  /** Of a rightful message, every length and version that others write counts. */
  @Test
  void whatFollowsIsRefused() throws IOException {
    sign("cms", "rsa2048", "-outform DER -stream");
    byte[] good = Files.readAllBytes(signature);
    for (int more : new int[] {1, 2, 30}) {
      Files.write(signature, Arrays.copyOf(good, good.length + more));
      assertTrue(refusal("rsa2048").contains("follow the signature"), refusal("rsa2048"));
    }
    SelfSigned other = SelfSigned.create(folder, "other", "rsa:2048");
    Files.write(signature, good);
    assertTrue(refusal("other").contains("not among those you trust"), other + refusal("other"));
  }
}
