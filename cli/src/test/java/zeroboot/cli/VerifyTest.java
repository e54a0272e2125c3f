package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import zeroboot.core.IpxeCore;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.plan.EfiSigner;
import zeroboot.script.BootScripts;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.efi.Authenticode;
import zeroboot.signing.keys.SigningKey;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;
import zeroboot.spec.TargetFirmware;
import zeroboot.testing.ForeignTool;
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
    Path file = makeSigned(form);
    List<String> results = new ArrayList<>();
    JsonObject found = JsonParser.parseString(verify(0, file, "--json")).getAsJsonObject();
    for (var check : found.getAsJsonArray("checks")) {
      results.add(check.getAsJsonObject().get("result").getAsString());
    }
    assertTrue(results.size() >= 5, results.toString());
    assertEquals(List.of("ok"), results.stream().distinct().toList());
    assertEquals(4242, found.get("farmId").getAsLong());
    assertEquals("main", found.get("network").getAsString());
    assertTrue(found.getAsJsonArray("kernelUrls").size() > 0);
    assertEquals(2, found.getAsJsonArray("signatures").size());
    String said = verify(0, file, "--trust", keys.file("sign.pem"), "--trust", keys.file("db.pem"));
    for (String line :
        List.of(
            "  Farm ID    4242 on the main network\n",
            "  Kernel     https://bootstrap.grid.tf/",
            "  Image ID   " + found.get("imageId").getAsString() + "\n",
            "  Signed by  CN=Example farm sign,OU=code signing,O=Example farm (all of it)\n",
            "  Signed by  CN=Example farm db,OU=Secure Boot signature key,O=Example farm (UEFI"
                + " file)\n",
            "ok      trust: somebody whom you trust signed all of it\n")) {
      assertTrue(said.contains(line), line + said);
    }
  }

  /** The evil image of somebody, who signed nothing. */
  @Test
  void whatNobodyTrustedSignedFails() throws IOException {
    Path evil = folder.resolve("evil.img");
    CliRun.of("usb", "--farm-id", "666", "--kernel-url", "https://evil.example/x", "-o", evil + "");
    String said = verify(5, evil, "--trust", keys.file("sign.pem"));
    assertTrue(said.contains("FAILED  trust: nobody whom you trust signed all of it"), said);
    assertTrue(said.contains("  Farm ID    666 on the main network\n"), said);
    assertTrue(said.contains("  Kernel     https://evil.example/x\n"), said);
    assertTrue(said.contains("  Signed by  nobody\n"), said);
    Path signed = makeSigned("usb");
    Files.delete(Path.of(signed + ".sig"));
    said = verify(5, signed, "--trust", keys.file("db.pem"));
    assertTrue(said.contains("only the UEFI file in it is signed"), said);
  }

  /** A verdict on a file is one on all of it. */
  @Test
  void whatIsAppendedFails() throws IOException {
    Path image = make("usb");
    byte[] bytes = Files.readAllBytes(image);
    Files.delete(Path.of(image + ".sig"));
    Files.write(image, Arrays.copyOf(bytes, bytes.length + (3 << 20)));
    String said = verify(5, image);
    assertTrue(said.contains("FAILED  behind it: 3,145,728 more bytes follow"), said);
  }

  /** A lost byte is named, wherever it is. */
  @ParameterizedTest
  @ValueSource(ints = {510, 9000, 357_000, 600_000})
  void theFirstWrongByteIsNamed(int at) throws IOException {
    Path image = make("usb");
    byte[] bytes = Files.readAllBytes(image);
    bytes[at] ^= 0x20;
    Files.write(image, bytes);
    String said = verify(5, image);
    assertTrue(said.contains("FAILED  every byte: byte " + at + " ("), said);
    CliRun inspect = CliRun.of("inspect", image.toString());
    assertTrue(inspect.text().contains("FAILED  every byte: byte " + at + " ("), inspect.text());
    assertTrue(inspect.text().contains("As made: no\n"), inspect.text());
  }

  /** What xorriso makes of an ISO when it changes it: the boot files are elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"both", "bios", "uefi"})
  void isosThatXorrisoCopiedFail(String firmware) throws IOException {
    Path iso = make("iso --firmware " + firmware);
    Path copy = folder.resolve("copy.iso");
    Path more = Files.writeString(folder.resolve("more"), "x");
    ForeignTool.require("xorriso")
        .run(
            "-indev",
            iso.toString(),
            "-outdev",
            copy.toString(),
            "-boot_image",
            "any",
            "replay",
            "-map",
            more.toString(),
            "/X");
    assertTrue(Files.exists(copy)); // its exit code is that of a warning
    String said = verify(5, copy);
    CliRun inspect = CliRun.of("inspect", copy.toString());
    // Nothing of an ISO for BIOS machines alone is as it was, but for the file that was moved.
    String answer = firmware.equals("bios") ? "Not made by zboot." : "As made: no";
    assertTrue(inspect.text().contains(answer), inspect.text());
    said.lines()
        .filter(line -> line.startsWith("FAILED"))
        .forEach(line -> assertTrue(inspect.text().contains(line), line + "\n" + inspect.text()));
    assertFalse(
        CliRun.of("inspect", "--json", copy.toString()).json().get("asMade").getAsBoolean());
    if (firmware.equals("uefi")) {
      assertTrue(said.contains("FAILED  around it: only EFI/BOOT/BOOTX64.EFI in "), said);
      return;
    }
    assertTrue(said.contains(" but was made for block "), said);
    assertTrue(inspect.text().contains(" but was made for block "), inspect.text());
    assertEquals(3, inspect.exitCode(), inspect.text());
  }

  /** One implementation: what inspect knows, verify knows. */
  @Test
  void inspectAndVerifyAgreeOnImportedCores() throws IOException {
    byte[] efi = BundledCore.load().efi().clone();
    efi[efi.length - 100] ^= 1;
    Path core = Files.createDirectory(folder.resolve("core"));
    Files.write(core.resolve("ipxe.efi"), efi);
    Files.write(core.resolve("ipxe.lkrn"), BundledCore.load().lkrn());
    Path image = make("iso", "--core", core.toString());
    assertTrue(verify(5, image).contains("FAILED  iPXE: is not the one of this zboot"));
    assertTrue(verify(0, image, "--core", core.toString()).contains("ok      every byte: "));
    CliRun inspect = CliRun.of("inspect", image.toString());
    assertTrue(inspect.text().contains("FAILED  iPXE: is not the one of this zboot"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iso", "usb", "efi", "lkrn", "script", "iso --firmware bios"})
  void everyUnsignedFormPasses(String form) {
    verify(0, make(form));
  }

  @Test
  void imageThatTrustsAnotherRootSaysWhich() throws IOException {
    Path ca = SelfSigned.create(folder, "ca", "rsa:2048").certificate();
    Path file = make("efi", "--trust-root", ca.toString());
    assertTrue(verify(0, file).contains("which trusts the root with SHA-256 "));
  }

  @Test
  void signerThatIsNotTrustedFails() {
    Path file = makeSigned("efi");
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

  /** The loader is signed, what it loads is not; sticks of the first generation have both. */
  @Test
  void signingTheLoaderIsRight() {
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
    String said = verify(0, outer, "--trust", keys.file("db.pem"));
    assertTrue(said.contains("ok      iPXE in it: is not signed"), said);
  }

  /** A kernel for one's own mirror, signed by zboot or by sbsign, is no medium of ours. */
  @Test
  void otherUefiFilesAreVerifiedByTheirSignatureAlone() throws IOException {
    Path efi = Files.write(folder.resolve("other.efi"), BundledCore.load().efi());
    CliRun nothing = CliRun.of("verify", efi.toString());
    assertEquals(3, nothing.exitCode(), nothing.err() + nothing.text());
    CliRun.of(
        keys.with(
            "sign", "--secure-boot", "--unchecked", "--key", keys.file("db.p12"), efi.toString()));
    Path signed = Path.of(efi + ".signed");
    assertTrue(verify(0, signed, "--trust", keys.file("db.pem")).contains("which you trust"));
  }

  /** What was on the stick before is still there, behind the image: it does not boot. */
  @Test
  void aStickIsVerifiedAsFarAsTheImageReaches() throws IOException {
    Path image = makeSigned("usb");
    byte[] content = new byte[16 << 20];
    new Random(4242).nextBytes(content);
    byte[] bytes = Files.readAllBytes(image);
    System.arraycopy(bytes, 0, content, 0, bytes.length);
    Path copy = Files.write(folder.resolve("stick"), content);
    String[] trusted = {
      "--signature",
      image + ".sig",
      "--trust",
      keys.file("sign.pem"),
      "--trust",
      keys.file("db.pem")
    };
    String refused = verify(5, copy, trusted);
    assertTrue(refused.contains("FAILED  behind it: "), refused);
    assertTrue(refused.contains("FAILED  signature: "), refused);
    try (LoopDevice stick = LoopDevice.over(copy)) {
      String said = verify(0, stick.path(), trusted);
      assertTrue(said.contains("note    behind it: more bytes follow"), said);
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

  /** As {@code --secure-boot-key} makes it: the loader is signed, and nothing in it. */
  private Path makeSigned(String form) {
    String[] words = form.split(" ", -1);
    Form kind = Forms.named(words[0]).orElseThrow();
    TargetFirmware firmware = words.length > 1 ? TargetFirmware.parse(words[2]) : kind.firmware();
    Rack rack = Rack.of(BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "4242")));
    IpxeCore core = BundledCore.load();
    SigningKey key = keys.key("db.p12");
    EfiSigner loader =
        (where, efi) -> where.equals("iPXE core") ? efi : Authenticode.sign(where, efi, key);
    byte[] image =
        new ImageMaker(core, loader)
            .make(kind, firmware, rack, BootScripts.render(rack, core))
            .bytes();
    Path file = folder.resolve("signed");
    try {
      Files.write(file, image);
      Files.write(
          Path.of(file + ".sig"),
          DetachedSignature.make(image, keys.key("sign.p12"), Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
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
