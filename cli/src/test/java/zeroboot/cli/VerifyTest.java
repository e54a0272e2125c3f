package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.BundledCore;
import zeroboot.image.read.ByteSource;
import zeroboot.signing.Check;
import zeroboot.signing.Trust;
import zeroboot.signing.Verification;
import zeroboot.spec.ZbootException;
import zeroboot.testing.LoopDevice;
import zeroboot.testing.SelfSigned;

/** The command {@code verify}. */
class VerifyTest {
  @TempDir private static Path shared;
  private static FarmKeys keys;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKeys() {
    keys = FarmKeys.make(shared);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iso", "usb", "efi", "usb --firmware uefi"})
  void everySignedFormPasses(String form) {
    Path file = make(form, "--secure-boot-key", keys.file("db.p12"));
    List<String> results = new ArrayList<>();
    JsonObject found = JsonParser.parseString(verify(0, file, "--json")).getAsJsonObject();
    for (var check : found.getAsJsonArray("checks")) {
      results.add(check.getAsJsonObject().get("result").getAsString());
    }
    assertTrue(results.size() >= 5, results.toString());
    assertEquals(List.of("ok"), results.stream().distinct().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"iso", "usb", "efi", "lkrn", "script", "iso --firmware bios"})
  void everyUnsignedFormPasses(String form) {
    verify(0, make(form));
  }

  @Test
  void imageThatTrustsAnotherRootSaysWhich() throws IOException {
    Path ca = SelfSigned.create(folder, "ca", "rsa:2048").certificate();
    Path file =
        make("efi", "--trust-root", ca.toString(), "--secure-boot-key", keys.file("db.p12"));
    assertTrue(verify(0, file).contains("which trusts the root with SHA-256 "));
  }

  @Test
  void signerThatIsNotTrustedFails() {
    Path file = make("efi", "--secure-boot-key", keys.file("db.p12"));
    assertTrue(verify(5, file, "--trust", keys.file("KEK.pem")).contains("not among those"));
    Path sig = file.resolveSibling(file.getFileName() + ".sig");
    assertTrue(Files.exists(sig));
    assertTrue(verify(5, file, "--trust", keys.file("db.pem")).contains("FAILED  signature"));
  }

  @Test
  void signatureThatIsCutOffOrOfAnotherFileFails() throws IOException {
    Path file = make("script");
    Path sig = Path.of(file + ".sig");
    byte[] whole = Files.readAllBytes(sig);
    Files.write(sig, Arrays.copyOf(whole, whole.length / 2));
    assertTrue(verify(5, file).contains("truncated"));
    Files.write(sig, whole);
    Files.writeString(file, Files.readString(file) + "#\n");
    assertTrue(verify(5, file).contains("of another file"));
  }

  /** One signature is all there is: nobody has to sign what is inside. */
  @Test
  void fileSignedAfterwardsIsAsGood() {
    Path unsigned = make("efi");
    Path outer = folder.resolve("outer.efi");
    CliRun run =
        CliRun.of(
            keys.with(
                "sign",
                "--secure-boot",
                "--key",
                keys.file("db.p12"),
                "-o",
                outer.toString(),
                unsigned.toString()));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(verify(0, outer).contains("UEFI file: Secure Boot: signed by"));
  }

  /** A kernel for one's own mirror, signed by zboot or by sbsign, is no medium of ours. */
  @Test
  void otherUefiFilesAreVerifiedByTheirSignatureAlone() throws IOException {
    Path efi = Files.write(folder.resolve("other.efi"), BundledCore.load().efi());
    CliRun nothing = CliRun.of("verify", efi.toString());
    assertEquals(3, nothing.exitCode(), nothing.err() + nothing.text());
    CliRun.of(keys.with("sign", "--secure-boot", "--key", keys.file("db.p12"), efi.toString()));
    Path signed = Path.of(efi + ".signed");
    assertTrue(verify(0, signed, "--trust", keys.file("db.pem")).contains("which you trust"));
  }

  /** What was on the stick before is still there, behind the image: it does not boot. */
  @Test
  void aStickIsVerifiedAsFarAsTheImageReaches() throws IOException {
    Path image = make("usb", "--secure-boot-key", keys.file("db.p12"));
    byte[] content = new byte[16 << 20];
    new Random(4242).nextBytes(content);
    byte[] bytes = Files.readAllBytes(image);
    System.arraycopy(bytes, 0, content, 0, bytes.length);
    Path copy = Files.write(folder.resolve("stick"), content);
    String said =
        verify(
            0,
            copy,
            "--signature",
            image + ".sig",
            "--trust",
            keys.file("sign.pem"),
            "--trust",
            keys.file("db.pem"));
    assertTrue(said.contains("more bytes follow"), said);
    try (LoopDevice stick = LoopDevice.over(copy)) {
      verify(0, stick.path(), "--signature", image + ".sig");
      verify(0, stick.path());
    }
    content[bytes.length / 2] ^= 1;
    Files.write(copy, content);
    try (LoopDevice stick = LoopDevice.over(copy)) {
      String failed = verify(5, stick.path(), "--signature", image + ".sig");
      assertTrue(failed.contains("FAILED  signature"), failed);
    }
  }

  @Test
  void scriptIsComparedWithWhatItsSettingsGive() throws IOException {
    Path script = make("script");
    Files.delete(Path.of(script + ".sig"));
    assertTrue(verify(0, script).contains("as zboot writes it"));
    Files.writeString(script, Files.readString(script).replace("runmode=prod", "runmode=dev"));
    assertTrue(verify(5, script).contains("not what this zboot writes"));
    Files.writeString(script, "#!ipxe\nshell\n");
    CliRun stranger = CliRun.of("verify", script.toString());
    assertEquals(3, stranger.exitCode(), stranger.text() + stranger.err());
  }

  /**
   * Gaps and padding too: places from all over each form, those at its start and end, where
   * headers, partition tables and signatures are, more closely.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "usb signed",
        "iso signed",
        "efi signed",
        "usb",
        "iso",
        "efi",
        "lkrn",
        "script",
        "usb --firmware bios",
        "iso --firmware uefi"
      })
  void everyTamperedByteIsFound(String what) throws IOException {
    boolean signed = what.endsWith(" signed");
    String form = what.replace(" signed", "");
    Path file = signed ? make(form, "--secure-boot-key", keys.file("db.p12")) : make(form);
    byte[] image = Files.readAllBytes(file);
    Random random = new Random(what.hashCode());
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      places.add(random.nextInt(image.length));
      places.add(random.nextInt(600));
      places.add(image.length - 1 - random.nextInt(1440));
    }
    for (int at : places) {
      byte[] changed = image.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      assertFalse(passes(changed), what + ": byte " + at);
    }
    assertTrue(passes(image));
  }

  private static boolean passes(byte[] image) {
    Trust trust = Trust.of(List.of(Path.of(keys.file("db.pem"))));
    try {
      return new Verification(
              ByteSource.of("x", image), image, trust, Instant.now(), List.of(BundledCore.load()))
          .run("x.sig", Optional.empty()).stream()
              .noneMatch(check -> check.result() == Check.Result.FAILED);
    } catch (ZbootException e) {
      return false;
    }
  }

  private Path make(String form, String... options) {
    Path file = folder.resolve("made");
    List<String> all = new ArrayList<>(List.of(form.split(" ", -1)));
    all.addAll(List.of("--farm-id", "4242", "--force", "-o", file.toString()));
    all.addAll(List.of("--sign-key", keys.file("sign.p12")));
    all.addAll(List.of(options));
    CliRun run = CliRun.of(keys.with(all.toArray(String[]::new)));
    assertEquals(0, run.exitCode(), run.err());
    return file;
  }

  /** What was printed. */
  private static String verify(int exitCode, Path file, String... options) {
    List<String> all = new ArrayList<>(List.of("verify", file.toString()));
    all.addAll(List.of(options));
    CliRun run = CliRun.of(all.toArray(String[]::new));
    assertEquals(exitCode, run.exitCode(), run.text() + run.err());
    assertEquals(exitCode == 0 ? 0 : 1, run.err().lines().count(), run.err());
    return run.text();
  }
}
