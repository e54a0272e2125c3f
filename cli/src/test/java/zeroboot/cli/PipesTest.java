package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;

/** What takes {@code -} for standard input or standard output. */
class PipesTest {
  @TempDir private Path folder;

  @Test
  void imagesGoThroughPipes() {
    byte[] image = ok(CliRun.of("iso", "--farm-id", "7", "-o", "-")).out();
    CliRun found = ok(piped(image, "inspect", "-"));
    assertTrue(found.text().startsWith("standard input: ISO image of zboot"), found.text());
    byte[] script = ok(CliRun.of("script", "--farm-id", "7")).out();
    assertArrayEquals(script, ok(piped(image, "inspect", "--script", "-")).out());
    ok(piped(image, "verify", "-"));
    image[image.length / 2] ^= 1;
    CliRun damaged = piped(image, "verify", "-");
    assertEquals(5, damaged.exitCode(), damaged.err());
    assertTrue(damaged.err().startsWith("zboot: standard input: "), damaged.err());
  }

  @Test
  void profilesComeThroughPipes() {
    byte[] rack =
        "farm-id: 7\nnodes: [{name: a, mac: '00:00:5e:00:53:01'}]\n"
            .getBytes(StandardCharsets.UTF_8);
    assertTrue(ok(piped(rack, "script", "--config", "-")).text().contains("\n:n00005e005301\n"));
    ok(piped(rack, "config", "show", "--config", "-"));
    ok(piped(rack, "usb", "--config", "-", "--node", "a", "-o", folder.resolve("a").toString()));
    ok(piped(rack, "batch", "-", "-o", folder.resolve("images").toString()));
    CliRun wrong = piped("farm-id: x\n".getBytes(StandardCharsets.UTF_8), "script", "--config=-");
    assertEquals(3, wrong.exitCode());
    assertTrue(wrong.err().startsWith("zboot: standard input:1:10: "), wrong.err());
  }

  @Test
  void signaturesGoThroughPipes() throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    byte[] image = ok(CliRun.of("usb", "--farm-id", "7", "-o", "-")).out();
    CliRun signed = ok(piped(image, keys.with("sign", "--key", keys.file("sign.p12"), "-")));
    Path signature = Files.write(folder.resolve("signature"), signed.out());
    String trust = keys.file("sign.pem");
    ok(piped(image, "verify", "-", "--signature", signature.toString(), "--trust", trust));
    Path file = Files.write(folder.resolve("image"), image);
    ok(piped(signed.out(), "verify", file.toString(), "--signature", "-", "--trust", trust));

    byte[] core = BundledCore.load().efi();
    CliRun inside =
        ok(
            piped(
                core,
                keys.with(
                    "sign", "--secure-boot", "--unchecked", "--key", keys.file("db.p12"), "-")));
    assertTrue(inside.out().length > core.length);
  }

  @Test
  void standardInputIsReadOnce() throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    usage(piped(new byte[9], keys.with("sign", "--key", keys.file("sign.p12"), "-", "-")));
    usage(piped(new byte[9], "verify", "-", "--signature", "-"));
    usage(piped(new byte[9], keys.with("sign", "--json", "--key", keys.file("sign.p12"), "-")));
  }

  private static void usage(CliRun run) {
    assertEquals(2, run.exitCode(), run.err());
    assertEquals("", run.text());
    assertTrue(run.err().contains("standard "), run.err());
  }

  private static CliRun ok(CliRun run) {
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }

  private static CliRun piped(byte[] input, String... args) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input));
    try {
      return CliRun.of(args);
    } finally {
      System.setIn(before);
    }
  }
}
