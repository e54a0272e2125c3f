package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import zeroboot.signing.keys.KeyReader;
import zeroboot.signing.keys.SigningKey;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.OpensslCms;

/**
 * Keys made the way a farmer makes them.
 *
 * @param folder with the keys
 * @param passwordFile the password's file
 */
public record FarmKeys(Path folder, Path passwordFile) {
  static final String PASSWORD = "correct horse battery staple";

  /** Makes a set of keys in {@code parent}. */
  public static FarmKeys make(Path parent) {
    try {
      Path password = Files.writeString(parent.resolve("password"), PASSWORD + "\n");
      Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
      FarmKeys keys = new FarmKeys(parent.resolve("keys"), password);
      CliRun run =
          CliRun.of(keys.with("keys", "new", "--name", "Example farm", "-o", keys.folder() + ""));
      assertEquals(0, run.exitCode(), run.err());
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line, with the password's file behind the command's name. */
  public String[] with(String... arguments) {
    return with(passwordFile, arguments);
  }

  String[] with(String command, String[] arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    return with(all.toArray(String[]::new));
  }

  static String[] with(Path passwordFile, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--password-file", passwordFile.toString()));
    return all.toArray(String[]::new);
  }

  /** The same, signing for Secure Boot and the whole. */
  String[] withBoth(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--secure-boot-key", file("db.p12"), "--sign-key", file("sign.p12")));
    return with(all.toArray(String[]::new));
  }

  /** By openssl: {@code FILE.sig} is a signature of this file by the set's {@code sign.p12}. */
  void assertSigned(Path file) {
    OpensslCms.verify(Path.of(file + ".sig"), file, folder.resolve("sign.pem"));
  }

  /** A key of the set. */
  SigningKey key(String file) {
    return KeyReader.open(file(file), Optional.empty(), what -> PASSWORD.toCharArray());
  }

  /** The path of a file of the set. */
  public String file(String name) {
    return folder.resolve(name).toString();
  }

  /** What openssl says of a certificate's fingerprint, in our form. */
  String fingerprint(String role) {
    String said =
        ForeignTool.require("openssl")
            .run("x509", "-in", file(role + ".pem"), "-noout", "-fingerprint", "-sha256")
            .ok();
    return said.substring(said.indexOf('=') + 1).strip().replace(":", "").toLowerCase(Locale.ROOT);
  }

  static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
