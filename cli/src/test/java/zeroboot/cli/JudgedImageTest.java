package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.ForeignTool;

/** What {@code zboot write} says of an image before it writes it. */
class JudgedImageTest {
  private static final int TARGET = 4 << 20;

  @TempDir private Path folder;

  @Test
  void goodImagesAreWrittenWithoutAQuestion() throws IOException {
    for (String form : new String[] {"iso", "usb"}) {
      byte[] bytes = made(form);
      CliRun run = write(file("good", bytes), folder.resolve("new." + form));
      assertEquals(0, run.exitCode(), run.err());
      assertTrue(run.err().contains(" image of zboot\n"), run.err());
      assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("new." + form)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "iso, 500000",
    "iso, 800000",
    "iso, -4096",
    "usb, 40000",
    "usb, 500000",
    "usb, -1",
    "efi, 300000"
  })
  void whatIsCutOffIsRefused(String form, int length) throws IOException {
    byte[] whole = made(form);
    int left = length > 0 ? length : whole.length + length;
    refusedAsDamaged(file("cut", Arrays.copyOf(whole, left)));
  }

  @ParameterizedTest
  @CsvSource({"iso, 60000", "iso, 700000", "usb, 9000", "usb, 400000", "usb, 600000"})
  void whatHasAnotherByteIsRefused(String form, int place) throws IOException {
    byte[] bytes = made(form);
    bytes[place] ^= 0x10;
    refusedAsDamaged(file("changed", bytes));
  }

  @Test
  void soIsWhatWasPackedOrComesThroughAPipe() throws IOException {
    Path cut = file("cut", Arrays.copyOf(made("usb"), 500_000));
    for (String tool : new String[] {"gzip", "xz"}) {
      ForeignTool.require(tool).run("-kf", cut.toString()).ok();
      refusedAsDamaged(Path.of(cut + (tool.equals("xz") ? ".xz" : ".gz")));
    }
    InputStream before = System.in;
    byte[] bytes = Files.readAllBytes(cut);
    try {
      refusedAsDamaged(Path.of("-"), () -> System.setIn(new ByteArrayInputStream(bytes)));
    } finally {
      System.setIn(before);
    }
  }

  private void refusedAsDamaged(Path image) throws IOException {
    refusedAsDamaged(image, () -> {});
  }

  private void refusedAsDamaged(Path image, Runnable beforeEach) throws IOException {
    Path target = Files.write(folder.resolve("target"), new byte[TARGET]);
    for (String option : new String[] {"--any-image", "--quiet"}) {
      beforeEach.run();
      CliRun run =
          CliRun.of("write", option, "--yes-erase=target", image.toString(), target.toString());
      assertEquals(4, run.exitCode(), run.err());
      assertTrue(run.err().contains(": is a damaged image of zboot ("), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
      assertArrayEquals(new byte[TARGET], Files.readAllBytes(target));
    }
  }

  @Test
  void everythingElseIsNamedAndNeedsAYes() throws IOException {
    byte[] noise = new byte[2_000_000];
    new Random(1).nextBytes(noise);
    needsAYes(
        file("hostname", "node-1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        "is not a boot medium that zboot knows");
    needsAYes(file("zeros", new byte[3_000_000]), "is not a boot medium that zboot knows");
    needsAYes(file("noise", noise), "is not a boot medium that zboot knows");
    needsAYes(file("x.efi", made("efi")), "is a UEFI file of zboot, which no stick boots from");
    needsAYes(file("x.lkrn", made("lkrn")), "is a BIOS kernel file of zboot, which no stick");
    needsAYes(file("x.ipxe", made("script")), "is an iPXE script, which no stick boots from");
    Path fat = folder.resolve("fat");
    ForeignTool.require("mkfs.fat").run("-C", "-n", "OTHERS", fat.toString(), "2880").ok();
    needsAYes(fat, "is not a boot medium of zboot, but ");
  }

  private void needsAYes(Path image, String words) throws IOException {
    Path target = folder.resolve("target");
    CliRun run = write(image, target);
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(run.err().contains(words), run.err());
    assertTrue(run.err().endsWith("; name another image, or add --any-image\n"), run.err());
    assertFalse(Files.exists(target), "nothing is left");
    run = CliRun.of("write", "--dry-run", image.toString(), target.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().contains(words), "the plan says it: " + run.err());
    run = CliRun.of("write", "--any-image", image.toString(), target.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertArrayEquals(Files.readAllBytes(image), Files.readAllBytes(target));
    Files.delete(target);
  }

  @Test
  void aLongStreamCannotBeLookedAt() throws IOException {
    Path target = Files.write(folder.resolve("target"), new byte[20 << 20]);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(new byte[17 << 20]));
    try {
      CliRun run = CliRun.of("write", "--yes-erase=target", "-", target.toString());
      assertEquals(4, run.exitCode(), run.err());
      assertTrue(run.err().contains("is a stream, which cannot be looked at"), run.err());
    } finally {
      System.setIn(before);
    }
  }

  private static CliRun write(Path image, Path target) {
    return CliRun.of("write", image.toString(), target.toString());
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] made(String form) {
    String[] words = {form, "--farm-id", "4242", "-o", "-"};
    return CliRun.of(words).out();
  }
}
