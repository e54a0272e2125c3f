package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.core.BundledCore;
import zeroboot.testing.ForeignTool;

/** The commands {@code keys} and {@code sign}. */
class SigningTest {
  @TempDir private static Path shared;
  private static FarmKeys keys;

  @TempDir private Path folder;
  private Path data;

  @BeforeAll
  static void makeKeys() {
    keys = FarmKeys.make(shared);
  }

  @BeforeEach
  void makeData() throws IOException {
    data = Files.writeString(folder.resolve("data"), "a boot file");
  }

  @Test
  void keysArePrivateAndTheRestIsNot() throws IOException {
    try (Stream<Path> all = Files.walk(keys.folder())) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      assertEquals(23, files.size(), files.toString());
      for (Path file : files) {
        boolean isPrivate = file.toString().endsWith(".p12");
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertEquals(isPrivate ? "rw-------" : "rw-r--r--", mode, file.toString());
      }
    }
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.folder())));
  }

  @Test
  void keysAreNeverOverwritten() throws IOException {
    byte[] before = Files.readAllBytes(keys.folder().resolve("db.p12"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path file = Files.createFile(folder.resolve("file"));
    for (Path there : List.of(keys.folder(), empty, file)) {
      CliRun run = CliRun.of(keys.with("keys", "new", "--name", "X", "-o", there.toString()));
      assertEquals(4, run.exitCode(), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    }
    assertArrayEquals(before, Files.readAllBytes(keys.folder().resolve("db.p12")));
  }

  @Test
  void showTellsWhatAFileHolds() {
    CliRun run =
        CliRun.of(
            keys.with(
                "keys",
                "show",
                "--json",
                keys.file("db.p12"),
                keys.file("db.pem"),
                keys.file("db.der"),
                keys.file("enroll/db.esl"),
                keys.file("enroll/db.auth")));
    assertEquals(0, run.exitCode(), run.err());
    List<String> kinds = new ArrayList<>();
    for (var element : run.json().getAsJsonArray("files")) {
      JsonObject file = element.getAsJsonObject();
      kinds.add(file.get("kind").getAsString());
      JsonObject certificate = file.getAsJsonArray("certificates").get(0).getAsJsonObject();
      assertEquals(
          "CN=Example farm db,OU=Secure Boot signature key,O=Example farm",
          certificate.get("subject").getAsString());
      assertEquals(keys.fingerprint("db"), certificate.get("sha256").getAsString());
      assertEquals("RSA 2048", certificate.get("key").getAsString());
    }
    assertEquals(
        List.of(
            "PKCS #12 with a private key",
            "certificate, PEM",
            "certificate, DER",
            "EFI signature list",
            "authenticated variable"),
        kinds);
    CliRun text = CliRun.of("keys", "show", keys.file("db.pem"));
    assertTrue(text.text().contains("SHA-256 " + keys.fingerprint("db")), text.text());
    assertTrue(text.text().contains("valid until 20"), text.text());
  }

  @Test
  void everyFileGetsItsSignature() throws IOException {
    Path second = Files.writeString(folder.resolve("second"), "another");
    CliRun run =
        CliRun.of(
            keys.with("sign", "--key", keys.file("sign.p12"), data.toString(), second.toString()));
    assertEquals(0, run.exitCode(), run.err());
    for (Path file : List.of(data, second)) {
      keys.assertSigned(file);
    }
    CliRun pipe =
        CliRun.of(keys.with("sign", "--key", keys.file("sign.p12"), "-o", "-", data.toString()));
    assertArrayEquals(Files.readAllBytes(folder.resolve("data.sig")), pipe.out());
  }

  @Test
  void uefiFilesAreSignedInside() throws IOException {
    Path efi = Files.write(folder.resolve("core.efi"), BundledCore.load().efi());
    CliRun run =
        CliRun.of(
            keys.with(
                "sign",
                "--secure-boot",
                "--unchecked",
                "--key",
                keys.file("db.p12"),
                efi.toString()));
    assertEquals(0, run.exitCode(), run.err());
    ForeignTool.require("sbverify").run("--cert", keys.file("db.pem"), efi + ".signed").ok();
    assertArrayEquals(BundledCore.load().efi(), Files.readAllBytes(efi));
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(2, "--key: is missing", "DATA"),
        Arguments.of(2, "no such file", "--key nowhere.p12 DATA"),
        Arguments.of(2, "no such file", "--key KEYS/sign.p12 nowhere"),
        Arguments.of(2, "is a folder", "--key KEYS DATA"),
        Arguments.of(2, "is for one file", "--key KEYS/sign.p12 -o x DATA DATA"),
        Arguments.of(2, "leave it out", "--key KEYS/sign.p12 --cert KEYS/sign.pem DATA"),
        Arguments.of(
            2, "does not look at the time", "--secure-boot --signing-time --key KEYS/db.p12 DATA"),
        Arguments.of(3, "holds no private key", "--key KEYS/sign.pem DATA"),
        Arguments.of(3, "give sign.p12", "--key KEYS/db.p12 DATA"),
        Arguments.of(3, "give db.p12", "--secure-boot --key KEYS/PK.p12 DATA"),
        Arguments.of(3, "is not a PE image", "--secure-boot --key KEYS/db.p12 DATA"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badInputIsOneLineAndNothingIsWritten(int exitCode, String says, String line)
      throws IOException {
    Path secret = Files.copy(keys.folder().resolve("sign.pem"), folder.resolve("sign.pem"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    String arguments =
        line.replace("KEYS/sign.pem DATA", secret + " DATA")
            .replace("KEYS", keys.folder().toString())
            .replace("DATA", data.toString());
    refused(exitCode, says, CliRun.of(keys.with("sign", arguments.split(" ", -1))));
    Files.delete(secret);
    assertEquals(List.of(data), FarmKeys.filesIn(folder));
  }

  @Test
  void wrongOrMissingPassword() throws IOException {
    Path wrong = folder.resolve("wrong");
    Files.writeString(wrong, "not it\n");
    Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
    String[] sign = {"sign", "--key", keys.file("sign.p12"), data.toString()};
    refused(3, "the password is wrong", CliRun.of(FarmKeys.with(wrong, sign)));
    refused(2, "no such file", CliRun.of(FarmKeys.with(folder.resolve("none"), sign)));
    Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-r--r--"));
    refused(3, "every user of this machine", CliRun.of(FarmKeys.with(wrong, sign)));
    Files.delete(wrong);
    assertEquals(List.of(data), FarmKeys.filesIn(folder));
  }

  @Test
  void passwordComesFromTheEnvironmentOrIsMissed() {
    String[] command = {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "-cp",
      System.getProperty("java.class.path"),
      "zeroboot.cli.Main",
      "keys",
      "show",
      keys.file("db.p12")
    };
    ForeignTool env = ForeignTool.require("env");
    String shown = env.run(Map.of("ZBOOT_KEY_PASSWORD", FarmKeys.PASSWORD), command).ok();
    assertTrue(shown.contains(keys.fingerprint("db")), shown);
    ForeignTool.Result missing = env.run(command);
    assertEquals(2, missing.exitCode(), missing.output());
    assertTrue(missing.output().contains("--password-file"), missing.output());
  }

  @Test
  void badPlansForKeys() {
    String out = folder.resolve("new").toString();
    refused(2, "--name", CliRun.of(keys.with("keys", "new", "-o", out)));
    refused(2, "-o", CliRun.of(keys.with("keys", "new", "--name", "X")));
    refused(3, "--name", CliRun.of(keys.with("keys", "new", "--name", " ", "-o", out)));
    refused(
        3,
        "2048, 3072",
        CliRun.of(keys.with("keys", "new", "--name", "X", "--bits", "1024", "-o", out)));
    refused(
        3,
        "--years",
        CliRun.of(keys.with("keys", "new", "--name", "X", "--years", "0", "-o", out)));
    refused(2, "no folder", CliRun.of(keys.with("keys", "new", "--name", "X", "-o", out + "/a")));
    assertTrue(Files.notExists(Path.of(out)));
  }

  private static void refused(int exitCode, String says, CliRun run) {
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().contains(says), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", new String(run.out(), StandardCharsets.UTF_8));
  }
}
