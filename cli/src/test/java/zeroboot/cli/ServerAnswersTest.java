package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.HttpStub;

/** {@code zboot check}: what servers answer, and what the file is. */
class ServerAnswersTest {
  @TempDir private Path folder;
  private HttpStub server = new HttpStub();

  @BeforeEach
  void serve() throws IOException {
    server.close();
    Path kernel = Files.write(folder.resolve("kernel"), ServerCheckTest.kernel());
    server = new HttpStub();
    server.on("/k", HttpStub.file(kernel));
    server.on("/busy", HttpStub.status(503));
    server.on("/script", HttpStub.text("#!ipxe\nshell\n"));
    server.on("/page", HttpStub.text("<html>"));
    server.on("/empty", HttpStub.text(""));
    server.on("/half", HttpStub.half());
    server.on("/large", HttpStub.promise(600L << 20, ServerCheckTest.kernel()));
    server.on("/silent", HttpStub.hangUp());
    server.on("/moved", HttpStub.redirect("/k"));
    server.on("/a", HttpStub.redirect("/b"));
    server.on("/b", HttpStub.redirect("/a"));
    server.on("/away", HttpStub.redirect("ftp://192.0.2.1/k"));
    for (int i = 0; i < 12; i++) {
      server.on("/far" + i, HttpStub.redirect("/far" + (i + 1)));
    }
    server.on("/nolength", HttpStub.chunked(ServerCheckTest.kernel()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The server as this machine has it, not as a virtual one does. */
  private String url(String path) {
    return server.url(path).replaceFirst("//[^/:]+", "//127.0.0.1");
  }

  private CliRun check(String path, String... more) {
    List<String> words = new ArrayList<>(List.of("check", url(path)));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/k|0|ok      file: a Linux kernel for UEFI and BIOS machines",
        "/nolength|0|note    answer: the server tells no length",
        "/moved|0|ok      redirection: 302 to http://",
        "/nothing|6|FAILED  answer: 404 Not Found",
        "/busy|6|FAILED  answer: 503 Service Unavailable",
        "/script|6|FAILED  file: is not a kernel: it is an iPXE script",
        "/page|6|FAILED  file: is not a kernel: it is a web page",
        "/large|6|FAILED  answer: more than 536,870,912 bytes: no kernel is so large",
        "/half|6|FAILED  answer: the connection ended before the file did",
        "/silent|6|FAILED  connection: ",
        "/a|6|FAILED  redirection: goes in a circle: back to http://",
        "/far0|6|FAILED  redirection: goes on without end",
        "/away|6|FAILED  redirection: 302 to ftp://192.0.2.1/k, which is not a URL"
      })
  void answers(String path, int exitCode, String says) {
    CliRun run = check(path);
    assertEquals(exitCode, run.exitCode(), run.text() + run.err());
    assertTrue(run.text().contains(says), run.text() + run.err());
    CliRun json = check(path, "--json");
    assertEquals(exitCode, json.exitCode(), json.err());
    assertEquals(exitCode == 0, json.json().get("reachable").getAsBoolean());
  }

  @Test
  void nobodyListens() {
    server.close();
    CliRun run = check("/k");
    assertEquals(6, run.exitCode(), run.text());
    assertTrue(run.text().contains("FAILED  connection: 127.0.0.1 port "), run.text());
  }

  @Test
  void serversOfSettings() {
    CliRun run =
        CliRun.of(
            "check",
            "--farm-id",
            "7",
            "--kernel-url",
            url("/k"),
            "--kernel-url",
            url("/busy"),
            "--json");
    assertEquals(6, run.exitCode(), run.err());
    assertEquals(2, run.json().getAsJsonArray("urls").size());
    assertEquals(2, check("/k", "--farm-id", "7").exitCode());
    assertEquals(
        2, CliRun.of("check", "--provision-url", url("/p/")).exitCode(), "names no kernel");
  }

  @Test
  void signedKernels() throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    Path signed = folder.resolve("signed.efi");
    CliRun made =
        CliRun.of(
            keys.with(
                "efi",
                "--farm-id",
                "7",
                "-o",
                signed.toString(),
                "--secure-boot-key",
                keys.folder().resolve("db.p12").toString()));
    assertEquals(0, made.exitCode(), made.err());
    server.on("/signed", HttpStub.file(signed));
    String db = keys.folder().resolve("db.pem").toString();
    CliRun good = check("/signed", "--secure-boot-cert", db);
    assertEquals(0, good.exitCode(), good.text() + good.err());
    assertTrue(good.text().contains("ok      Secure Boot: signed by "), good.text());
    assertTrue(good.text().contains("note    file: BIOS machines cannot start it"), good.text());

    String other = keys.folder().resolve("sign.pem").toString();
    CliRun strangers = check("/signed", "--secure-boot-cert", other);
    assertEquals(6, strangers.exitCode(), strangers.text());
    assertTrue(strangers.text().contains("not by whom --secure-boot-cert names"), strangers.text());

    byte[] bytes = Files.readAllBytes(signed);
    bytes[bytes.length / 2] ^= 1;
    server.on("/changed", HttpStub.file(Files.write(folder.resolve("changed"), bytes)));
    CliRun changed = check("/changed", "--secure-boot-cert", db);
    assertEquals(6, changed.exitCode(), changed.text());
    assertTrue(changed.text().contains("is of other bytes"), changed.text());
  }
}
