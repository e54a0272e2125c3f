package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a key for Secure Boot, nobody but its owner may choose what a node starts. */
class SealedMakingTest {
  @TempDir private static Path shared;
  private static FarmKeys keys;
  private static Path profile = Path.of("");

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws IOException {
    keys = FarmKeys.make(shared);
    profile = shared.resolve("farm.yaml");
    Files.writeString(
        profile,
        """
        farm-id: 1
        nodes:
          - {name: good, mac: "00:00:5e:00:53:01"}
          - name: bad
            mac: "00:00:5e:00:53:02"
            kernel-url: [https://a.example/k, "http://b.example/k"]
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usb --farm-id 4242 --kernel-url http://192.0.2.1/k",
        "iso --farm-id 4242 --kernel-url https://a.example/k --kernel-url http://b.example/k",
        "efi --farm-id 4242 --kernel-url HTTP://a.example/k",
        "usb --provision-url http://boot.example.com/p",
        "iso --provision-url HTTP://192.0.2.1:8080/",
        "netboot --farm-id 1 --server 192.0.2.1 --kernel-url http://192.0.2.1/k",
        "netboot --server 192.0.2.1 --provision-url http://192.0.2.1/p",
        "usb --config PROFILE",
        "usb --config PROFILE --node bad",
        "batch PROFILE --form efi",
        "batch PROFILE --form iso,lkrn --node bad",
        "iso --config PROFILE --kernel-url http://c.example/k"
      })
  void plainHttpIsRefusedUnlessAllowed(String line) {
    CliRun refused = run(line);
    assertEquals(3, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains("is plain HTTP, and with --secure-boot-key"), refused.err());
    assertTrue(refused.err().contains("--allow-plain-http"), refused.err());
    assertEquals(1, refused.err().lines().count(), refused.err());
    assertEquals(List.of(), files());

    CliRun allowed = run(line + " --allow-plain-http --json");
    assertEquals(0, allowed.exitCode(), allowed.err());
    assertTrue(allowed.err().contains("is plain HTTP: whoever sits between"), allowed.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usb --farm-id 4242 --kernel-url https://a.example/k",
        "efi --farm-id 4242",
        "iso --provision-url https://boot.example.com/p",
        "netboot --farm-id 1 --server 192.0.2.1 --http-url http://192.0.2.1/",
        "usb --config PROFILE --node good",
        "batch PROFILE --node good"
      })
  void httpsIsNot(String line) {
    assertEquals(0, run(line).exitCode());
  }

  /** Whoever stands before the node would start the signed kernel with whatever he likes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "usb --farm-id 1 --on-failure shell",
        "iso --farm-id 1 --on-failure shell --allow-plain-http",
        "netboot --farm-id 1 --server 192.0.2.1 --on-failure shell",
        "usb --provision-url https://boot.example.com/p --on-failure shell",
        "batch PROFILE --node good --on-failure shell"
      })
  void commandLineAfterAFailureIsRefused(String line) {
    CliRun run = run(line);
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(
        run.err().contains("--on-failure: with --secure-boot-key, a command line would"),
        run.err());
    assertEquals(List.of(), files());
  }

  @Test
  void withoutTheKeyNothingIsRefused() {
    String[] usb = {"usb", "--farm-id", "1", "--kernel-url", "http://192.0.2.1/k"};
    List<String> all = new ArrayList<>(List.of(usb));
    all.addAll(List.of("--on-failure", "shell", "-o", folder + "/x"));
    assertEquals(0, CliRun.of(all.toArray(String[]::new)).exitCode());
    all.addAll(List.of("--allow-plain-http", "--force"));
    CliRun run = CliRun.of(all.toArray(String[]::new));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains("has no effect without --secure-boot-key"), run.err());
  }

  /** It would be passed over, and the result not be what was wanted. */
  @ParameterizedTest
  @CsvSource({
    "--secure-boot-cert, --secure-boot-key",
    "--sign-cert, --sign-key",
  })
  void aCertificateWithoutItsKeyIsRefused(String certificate, String key) {
    for (String command : List.of("usb", "iso", "efi")) {
      CliRun run =
          CliRun.of(
              command, "--farm-id", "1", certificate, "db.pem", "-o", folder.resolve("x") + "");
      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains(certificate + ": has no effect without " + key), run.err());
      assertEquals(List.of(), files());
    }
  }

  private CliRun run(String line) {
    String all = line + " --secure-boot-key " + keys.file("db.p12") + " -o " + folder + "/x";
    return CliRun.of(keys.with(all.replace("PROFILE", profile.toString()).split(" ", -1)));
  }

  private List<Path> files() {
    try {
      return FarmKeys.filesIn(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
