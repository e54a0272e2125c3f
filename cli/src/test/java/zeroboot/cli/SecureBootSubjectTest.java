package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;

/** What {@code sign --secure-boot} does not sign without a word: whatever starts anything. */
class SecureBootSubjectTest {
  @TempDir private static Path shared;
  private static FarmKeys keys;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKeys() {
    keys = FarmKeys.make(shared);
  }

  private CliRun sign(Path file, String... more) {
    String[] words = new String[more.length + 4];
    System.arraycopy(more, 0, words, 0, more.length);
    words[more.length] = "--secure-boot";
    words[more.length + 1] = "--key";
    words[more.length + 2] = keys.file("db.p12");
    words[more.length + 3] = file.toString();
    return CliRun.of(keys.with("sign", words));
  }

  private void refused(Path file, String why) {
    CliRun run = sign(file);
    assertEquals(3, run.exitCode(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(why), run.err());
    assertTrue(run.err().contains("--unchecked"), run.err());
    assertFalse(Files.exists(Path.of(file + ".signed")));
    CliRun anyway = sign(file, "--unchecked");
    assertEquals(0, anyway.exitCode(), anyway.err());
  }

  private Path made(String... options) {
    Path file = folder.resolve("node.efi");
    String[] words = new String[options.length + 3];
    words[0] = "efi";
    System.arraycopy(options, 0, words, 1, options.length);
    words[words.length - 2] = "-o";
    words[words.length - 1] = file.toString();
    CliRun run = CliRun.of(words);
    assertEquals(0, run.exitCode(), run.err());
    return file;
  }

  @Test
  void bareIpxe() throws IOException {
    byte[] core = BundledCore.load().efi();
    refused(Files.write(folder.resolve("ipxe.efi"), core), "is an iPXE");
    byte[] changed = core.clone();
    changed[core.length - 100] ^= 1;
    refused(Files.write(folder.resolve("other.efi"), changed), "is an iPXE");
  }

  /** As it was taken out of a medium of the first generation. */
  @Test
  void bareIpxeThatIsSigned() throws IOException {
    Path file = Files.write(folder.resolve("ipxe.efi"), BundledCore.load().efi());
    assertEquals(0, sign(file, "--unchecked").exitCode());
    refused(Path.of(file + ".signed"), "is an iPXE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--farm-id 4242 --kernel-url http://192.0.2.1/k",
        "--farm-id 4242 --kernel-url https://example.org/k --kernel-url http://example.org/k",
        "--farm-id 4242 --on-failure shell",
        "--provision-url http://192.0.2.1/"
      })
  void scriptThatOthersMayChoose(String options) {
    refused(made(options.split(" ", -1)), "is not fit for Secure Boot");
  }

  @Test
  void strangersScriptInTheLoader() throws IOException {
    Path image = made("--farm-id", "4242");
    String script = SealedFile.script(image);
    IpxeCore core = BundledCore.load();
    refused(
        SealedFile.make(folder.resolve("1.efi"), image, core, script + "shell\n"),
        "is not as this zboot makes it");
    refused(
        SealedFile.make(folder.resolve("2.efi"), image, core, "#!ipxe\nshell\n"),
        "is not as this zboot makes it");
    byte[] damaged = Files.readAllBytes(image);
    damaged[9000] ^= 1;
    refused(Files.write(folder.resolve("3.efi"), damaged), "is not as this zboot makes it");
    // The loader itself looks at no mark.
    byte[] unmarked = Files.readAllBytes(image);
    int mark = new String(unmarked, StandardCharsets.ISO_8859_1).indexOf("ZBOOT-03");
    unmarked[mark] = 'X';
    refused(Files.write(folder.resolve("4.efi"), unmarked), "is not as this zboot makes it");
  }

  /** The loader of the first generation started a core that was signed itself. */
  @Test
  void signedCoreInTheLoader() throws IOException {
    Path image = made("--farm-id", "4242");
    Path core = Files.write(folder.resolve("ipxe.efi"), BundledCore.load().efi());
    assertEquals(0, sign(core, "--unchecked").exitCode());
    byte[] signed = Files.readAllBytes(Path.of(core + ".signed"));
    IpxeCore old = IpxeCore.of("old", BundledCore.load().lkrn(), signed);
    refused(
        SealedFile.make(folder.resolve("old.efi"), image, old, SealedFile.script(image)),
        "is not as this zboot makes it");
  }

  @Test
  void whatZbootMakesIsSignedAndSignedAgain() {
    Path image = made("--farm-id", "4242");
    CliRun once = sign(image);
    assertEquals(0, once.exitCode(), once.err());
    CliRun twice = sign(Path.of(image + ".signed"));
    assertEquals(0, twice.exitCode(), twice.err());
  }

  @Test
  void uncheckedIsForSecureBoot() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "x", StandardCharsets.US_ASCII);
    CliRun run =
        CliRun.of(keys.with("sign", "--unchecked", "--key", keys.file("sign.p12"), file + ""));
    assertEquals(2, run.exitCode(), run.err());
  }
}
