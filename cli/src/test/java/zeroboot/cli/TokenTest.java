package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SoftTokens;

/** Keys in a PKCS #11 token, and keys as PEM, on every command that takes keys. */
class TokenTest {
  private static final String PIN = "1234";

  @TempDir private Path folder;

  /** Two tokens with a PIN each: one for Secure Boot, one for files. */
  @Test
  void tokensServeEveryCommand() throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    SoftTokens tokens = SoftTokens.in(Files.createDirectory(folder.resolve("tokens")));
    tokens.make("boot", "5678");
    tokens.make("files", PIN);
    tokens.store("boot", pem(keys, "db"), Path.of(keys.file("db.der")), "01", "key");
    tokens.store("files", pem(keys, "sign"), Path.of(keys.file("sign.der")), "01", "key");
    Map<String, String> env = new HashMap<>(tokens.environment());
    env.put("ZBOOT_KEY_PASSWORD", PIN);
    env.put("CLASSPATH", System.getProperty("java.class.path"));
    Path pin = Files.writeString(folder.resolve("pin"), "5678\n");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    String db = tokens.uri("token=boot;object=key") + "&pin-source=" + pin;
    String sign = tokens.uri("token=files;object=key");
    String image = folder.resolve("x.img").toString();
    zboot(env, "usb", "--farm-id", "1", "--secure-boot-key", db, "--sign-key", sign, "-o", image);
    verified(keys, image);

    Path efi = Files.write(folder.resolve("core.efi"), BundledCore.load().efi());
    zboot(env, "sign", "--key", sign, efi.toString());
    zboot(env, "sign", "--secure-boot", "--unchecked", "--key", db, efi.toString());
    ForeignTool.require("sbverify").run("--cert", keys.file("db.pem"), efi + ".signed").ok();
    // Kept in a file or in a token, a key gives the same signature.
    Path fromFile = folder.resolve("core.sig");
    CliRun run =
        CliRun.of(
            keys.with("sign", "--key", keys.file("sign.p12"), "-o", fromFile + "", efi.toString()));
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(-1, Files.mismatch(fromFile, Path.of(efi + ".sig")));
    assertTrue(zboot(env, "keys", "show", db).contains(keys.fingerprint("db")));
  }

  @Test
  void pemKeysMakeTheSameImage() throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    String fromPem = folder.resolve("pem.img").toString();
    String fromFile = folder.resolve("p12.img").toString();
    CliRun run =
        CliRun.of(
            "usb",
            "--farm-id",
            "1",
            "--secure-boot-key",
            pem(keys, "db").toString(),
            "--secure-boot-cert",
            keys.file("db.pem"),
            "--sign-key",
            pem(keys, "sign").toString(),
            "--sign-cert",
            keys.file("sign.pem"),
            "-o",
            fromPem);
    assertEquals(0, run.exitCode(), run.err());
    CliRun.of(
        keys.with(
            "usb",
            "--farm-id",
            "1",
            "--secure-boot-key",
            keys.file("db.p12"),
            "--sign-key",
            keys.file("sign.p12"),
            "-o",
            fromFile));
    verified(keys, fromPem);
    for (String extension : List.of("", ".sig")) {
      assertEquals(-1, Files.mismatch(Path.of(fromPem + extension), Path.of(fromFile + extension)));
    }
  }

  private static void verified(FarmKeys keys, String image) {
    CliRun run =
        CliRun.of(
            "verify", image, "--trust", keys.file("db.pem"), "--trust", keys.file("sign.pem"));
    assertEquals(0, run.exitCode(), run.text() + run.err());
  }

  private Path pem(FarmKeys keys, String role) throws IOException {
    Path file = folder.resolve(role + ".key");
    ForeignTool.require("openssl")
        .run(
            Map.of("P", FarmKeys.PASSWORD),
            "pkcs12",
            "-in",
            keys.file(role + ".p12"),
            "-nocerts",
            "-nodes",
            "-passin",
            "env:P",
            "-out",
            file.toString())
        .ok();
    return file;
  }

  private static String zboot(Map<String, String> env, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "zeroboot.cli.Main"));
    all.addAll(List.of(arguments));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return ForeignTool.require(java).run(env, all.toArray(String[]::new)).ok();
  }
}
