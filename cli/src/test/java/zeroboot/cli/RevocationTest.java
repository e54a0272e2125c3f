package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.testing.ForeignTool;

/** {@code zboot keys revoke}; efitools say what has to come out. */
class RevocationTest {
  private static final int LIST_HEADER = 28;
  private static final int OWNER = 16;
  private static final int HASH = 32;

  @TempDir private static Path shared;
  private static FarmKeys keys;
  private static Path image = Path.of("");
  private static Path core = Path.of("");
  private static Path signedCore = Path.of("");

  /** As images were made before the loader vouched for its core. */
  private static Path oldImage = Path.of("");

  @TempDir private Path folder;
  private Path made = Path.of("");

  @BeforeAll
  static void make() throws IOException {
    keys = FarmKeys.make(shared);
    image = shared.resolve("node.img");
    ok(keys.withBoth("usb", "--farm-id", "4242", "-o", image.toString()));
    core = Files.write(shared.resolve("core.efi"), BundledCore.load().efi());
    signedCore = signed(core);
    IpxeCore old = IpxeCore.of("old", BundledCore.load().lkrn(), Files.readAllBytes(signedCore));
    Path sealed = shared.resolve("old.efi");
    oldImage = signed(SealedFile.make(sealed, image, old, SealedFile.script(image)));
  }

  @BeforeEach
  void name() {
    made = folder.resolve("made");
  }

  private static Path signed(Path file) {
    String key = keys.file("db.p12");
    ok(keys.with("sign", "--secure-boot", "--unchecked", "--key", key, file.toString()));
    return Path.of(file + ".signed");
  }

  private static CliRun ok(String... command) {
    CliRun run = CliRun.of(command);
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }

  private static String[] revoke(Path to, Object... words) {
    List<String> command = new ArrayList<>(List.of("keys", "revoke", "--date", "2026-01-02"));
    command.addAll(List.of("--key", keys.file("KEK.p12"), "-o", to.toString()));
    Arrays.stream(words).forEach(word -> command.add(word.toString()));
    return keys.with(command.toArray(String[]::new));
  }

  @Test
  void oldImageGivesTheHashOfTheIpxeInIt() throws IOException {
    CliRun run = ok(revoke(made, oldImage));
    assertEquals(List.of(efitoolsHash(core)), hashes());
    assertTrue(run.err().contains(oldImage + ": the signed iPXE in it"), run.err());
  }

  @Test
  void updateIsByteForByteThatOfEfitools() throws IOException {
    ok(revoke(made, oldImage, another()));
    Path key = folder.resolve("KEK.key");
    String password = "file:" + keys.passwordFile();
    ForeignTool.require("openssl")
        .run(
            "pkcs12",
            "-in",
            keys.file("KEK.p12"),
            "-nocerts",
            "-nodes",
            "-passin",
            password,
            "-out",
            key.toString())
        .ok();
    Path theirs = folder.resolve("theirs.auth");
    String list = made.resolve("dbx.esl").toString();
    ForeignTool.require("sign-efi-sig-list")
        .run(
            "-a",
            "-t",
            "2026-01-02 00:00:00",
            "-k",
            key.toString(),
            "-c",
            keys.file("KEK.pem"),
            "dbx",
            list,
            theirs.toString())
        .ok();
    assertArrayEquals(Files.readAllBytes(theirs), Files.readAllBytes(made.resolve("dbx.auth")));
    ForeignTool.require("sig-list-to-certs").run(list, folder.resolve("listed").toString()).ok();
  }

  /** A UEFI file that is none of zboot's. */
  private Path another() throws IOException {
    byte[] efi = BundledCore.load().efi().clone();
    efi[efi.length / 2] ^= 1;
    return Files.write(folder.resolve("another.efi"), efi);
  }

  @Test
  void sameHashGoesInOnceWhoeverSignedIt() throws IOException {
    ok(revoke(made, oldImage, core, signedCore, core));
    assertEquals(List.of(efitoolsHash(core)), hashes());
  }

  @Test
  void otherUefiFilesAreShutOutThemselves() throws IOException {
    Path another = another();
    ok(revoke(made, another, signed(another), core));
    assertEquals(List.of(efitoolsHash(another), efitoolsHash(core)), hashes());
  }

  @Test
  void presentImageIsShutOutOnlyIfThatIsMeant() throws IOException {
    CliRun run = CliRun.of(revoke(made, image));
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.err().contains("so there is nothing to shut out"), run.err());
    assertFalse(Files.exists(made));
    run = ok(revoke(made, image, "--whole"));
    assertTrue(run.err().contains(image + ": its whole UEFI file"), run.err());
    String efi = folder.resolve("efi").toString();
    String key = keys.file("db.p12");
    ok(keys.with("efi", "--farm-id", "4242", "--secure-boot-key", key, "-o", efi));
    assertEquals(List.of(efitoolsHash(Path.of(efi))), hashes());
  }

  @Test
  void oldImageMeantWholeGivesBoth() throws IOException {
    ok(revoke(made, oldImage, "--whole"));
    assertEquals(List.of(efitoolsHash(core), efitoolsHash(oldImage)), hashes());
  }

  @Test
  void sameInputGivesTheSameBytes() throws IOException {
    ok(revoke(made, oldImage));
    Path again = folder.resolve("again");
    ok(revoke(again, oldImage));
    for (String name : List.of("dbx.esl", "dbx.auth")) {
      assertArrayEquals(
          Files.readAllBytes(made.resolve(name)), Files.readAllBytes(again.resolve(name)));
      ok("keys", "show", again.resolve(name).toString());
    }
  }

  @Test
  void whatHoldsNoUefiFileIsRefused() throws IOException {
    Path lkrn = folder.resolve("node.lkrn");
    ok("lkrn", "--farm-id", "1", "-o", lkrn.toString());
    Path text = Files.writeString(folder.resolve("text"), "MZ, but nothing behind it");
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(BundledCore.load().efi(), 900));
    byte[] bytes = Files.readAllBytes(oldImage);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged"), bytes);
    for (Path file : List.of(lkrn, text, cut, damaged)) {
      CliRun run = CliRun.of(revoke(made, file));
      assertEquals(3, run.exitCode(), file + ": " + run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    }
    assertFalse(Files.exists(made));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tomorrow", "2026-13-01", "12026-01-01", "+12026-01-01", "1800-01-01", ""})
  void datesThatFirmwareCannotReadAreRefused(String date) {
    CliRun run = CliRun.of(revoked("KEK.p12", "--date", date));
    assertEquals(2, run.exitCode(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"db.p12", "PK.p12", "sign.p12"})
  void onlyTheKeyExchangeKeyChangesDbx(String other) {
    CliRun run = CliRun.of(revoked(other));
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.err().contains("give KEK.p12"), run.err());
  }

  private String[] revoked(String key, String... more) {
    List<String> command = new ArrayList<>(List.of("keys", "revoke", core.toString()));
    command.addAll(List.of("--key", keys.file(key), "-o", made.toString()));
    command.addAll(List.of(more));
    return keys.with(command.toArray(String[]::new));
  }

  private String efitoolsHash(Path efi) throws IOException {
    Path list = folder.resolve("efitools.esl");
    ForeignTool.require("hash-to-efi-sig-list").run(efi.toString(), list.toString()).ok();
    return hashesIn(list).get(0);
  }

  private List<String> hashes() throws IOException {
    return hashesIn(made.resolve("dbx.esl"));
  }

  private static List<String> hashesIn(Path file) throws IOException {
    ByteBuffer list = ByteBuffer.wrap(Files.readAllBytes(file)).position(LIST_HEADER);
    List<String> found = new ArrayList<>();
    while (list.hasRemaining()) {
      byte[] hash = new byte[HASH];
      list.position(list.position() + OWNER).get(hash);
      found.add(HexFormat.of().formatHex(hash));
    }
    return found;
  }
}
