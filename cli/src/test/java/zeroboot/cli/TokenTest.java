package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.testing.ForeignTool;

/** Keys in a PKCS #11 token, and keys as PEM, on every command that takes keys. */
class TokenTest {
  private static final String PIN = "1234";

  @TempDir private Path folder;

  @Test
  void aTokenServesEveryCommand() throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    Path module =
        ForeignTool.requireFile(
            "SoftHSM",
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"));
    Path configuration = folder.resolve("softhsm2.conf");
    Files.writeString(configuration, "directories.tokendir = " + folder + "\n");
    // SoftHSM reads its configuration once per process, so zboot runs as one of its own.
    Map<String, String> env =
        Map.of(
            "SOFTHSM2_CONF",
            configuration.toString(),
            "ZBOOT_KEY_PASSWORD",
            PIN,
            "CLASSPATH",
            System.getProperty("java.class.path"));
    ForeignTool.require("softhsm2-util")
        .run(env, "--init-token", "--free", "--label", "farm", "--pin", PIN, "--so-pin", "4321")
        .ok();
    store(env, module, keys, "db", "01");
    store(env, module, keys, "sign", "02");
    String db = "pkcs11:object=db?module-path=" + module;
    String sign = "pkcs11:object=sign?module-path=" + module;
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

  private void store(Map<String, String> env, Path module, FarmKeys keys, String role, String id)
      throws IOException {
    ForeignTool tool = ForeignTool.require("pkcs11-tool");
    String login = "--module=" + module;
    for (String[] object :
        new String[][] {
          {"privkey", pem(keys, role).toString()}, {"cert", keys.file(role + ".der")}
        }) {
      tool.run(
              env,
              login,
              "--login",
              "--pin",
              PIN,
              "--write-object",
              object[1],
              "--type",
              object[0],
              "--id",
              id,
              "--label",
              role)
          .ok();
    }
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
    List<String> all = new ArrayList<>(List.of("zeroboot.cli.Main"));
    all.addAll(List.of(arguments));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return ForeignTool.require(java).run(env, all.toArray(String[]::new)).ok();
  }
}
