package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.LoopDevice;
import zeroboot.usb.Sizes;

/** {@code zboot write} and {@code zboot devices} on loop devices and plain files. */
class WriteCommandTest {
  private static final int SIZE = 32 << 20;
  private static final String SHOWN = "33.6 MB";

  @TempDir private Path folder;

  @Test
  void makesAndWritesInOneStep() throws IOException {
    Path image = folder.resolve("node.img");
    assertEquals(0, CliRun.of("usb", "--farm-id", "4242", "-o", image.toString()).exitCode());
    try (LoopDevice loop = loop()) {
      CliRun run =
          CliRun.of(
              "write", "--farm-id", "4242", "--fixed-disk", yes(loop), loop.path().toString());
      assertEquals(0, run.exitCode(), run.err());
      assertEquals("", run.text());
      assertTrue(run.err().startsWith("Zero Boot, farm ID 4242 on the main network\n"), run.err());
      assertTrue(
          run.err().endsWith(" bytes written, read back and equal; it is safe to pull it out\n"),
          run.err());
      assertStartsWith(Files.readAllBytes(image), loop);

      CliRun list = CliRun.of("devices", "--all", "--json");
      JsonObject device = device(list.json(), loop);
      JsonObject stick = device.getAsJsonObject("contents").getAsJsonObject("zeroBoot");
      assertEquals(4242, stick.get("farmId").getAsLong());
      assertEquals("main", stick.get("network").getAsString());
      assertFalse(device.get("writable").getAsBoolean());
      assertFalse(CliRun.of("devices").text().contains(loop.path() + " "));
    }
  }

  @Test
  void severalAtOnce() throws IOException {
    byte[] bytes = random(5_000_000);
    Path image = Files.write(folder.resolve("image"), bytes);
    try (LoopDevice first = loop();
        LoopDevice second = loop();
        LoopDevice other = loop()) {
      CliRun run =
          CliRun.of(
              "write",
              "--json",
              "--any-image",
              "--fixed-disk",
              yes(first),
              yes(second),
              image.toString(),
              first.path().toString(),
              second.path().toString());
      assertEquals(0, run.exitCode(), run.err());
      assertEquals("", run.err());
      assertStartsWith(bytes, first);
      assertStartsWith(bytes, second);
      assertArrayEquals(new byte[SIZE], Files.readAllBytes(other.file()));
      List<JsonObject> events =
          run.text().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
      assertEquals("plan", events.get(0).get("event").getAsString());
      assertEquals(2, events.get(0).getAsJsonArray("devices").size());
      assertEquals(
          2, events.stream().filter(e -> e.get("event").getAsString().equals("done")).count());
    }
  }

  /** One of two is refused: then neither is written to. */
  @Test
  void allOrNone() throws IOException {
    Path image = Files.write(folder.resolve("image"), random(5_000_000));
    try (LoopDevice good = loop();
        LoopDevice small = LoopDevice.create(folder, 1 << 20)) {
      CliRun run =
          CliRun.of(
              "write",
              "--any-image",
              "--fixed-disk",
              yes(good),
              "--yes-erase",
              small.challenge("1.0 MB"),
              image.toString(),
              good.path().toString(),
              small.path().toString());
      assertRefused(run, small.path() + ": holds 1048576 bytes, and the image has 5000000");
      assertArrayEquals(new byte[SIZE], Files.readAllBytes(good.file()));
    }
  }

  @Test
  void refusals() throws IOException {
    Path image = Files.write(folder.resolve("image"), random(1_000_000));
    try (LoopDevice loop = loop()) {
      String device = loop.path().toString();
      assertRefused(write(image, device), device + ": is a fixed disk (loop)");
      assertRefused(write(image, "--fixed-disk", device), "there is no terminal to ask on");
      assertRefused(
          write(image, "--fixed-disk", "--yes-erase", "4C53", device),
          "--yes-erase 4C53: names none of the devices");
      assertRefused(write(image, folder.toString()), "is neither a disk nor a plain file");
      assertRefused(write(image, "/dev/null"), "is neither a disk nor a plain file");
      assertRefused(
          write(Path.of(device), "--fixed-disk", yes(loop), device), "the image itself lies on it");
      assertRefused(
          write(loop.file(), "--fixed-disk", yes(loop), device), "the image itself lies on it");
      assertEquals(1, write(image, "/dev/no-such-disk").exitCode());
      assertEquals(2, write(folder.resolve("none"), device).exitCode());
      assertEquals(2, CliRun.of("write").exitCode());
      assertEquals(2, CliRun.of("write", image.toString()).exitCode());
      assertEquals(2, write(image, "--fixed-disk", yes(loop), device, device).exitCode());
      assertArrayEquals(new byte[SIZE], Files.readAllBytes(loop.file()));
    }
  }

  /** A user without rights is told so before being asked; a dry run shows the plan as well. */
  @Test
  void withoutTheRightToWriteNobodyIsAsked() throws Exception {
    Path place = Files.createTempDirectory("zboot-rights");
    Path image = Files.write(place.resolve("image"), random(1_000_000));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (LoopDevice loop = loop()) {
      String device = loop.path().toString();
      String trouble =
          device + ": cannot be opened for writing (permission denied); run the command with sudo";
      assertEquals(
          new ForeignTool.Result(1, "zboot: " + trouble + "\n"),
          asNobody("write", "--any-image", "--fixed-disk", image.toString(), device));
      ForeignTool.Result dry =
          asNobody("write", "--any-image", "--fixed-disk", "--dry-run", image.toString(), device);
      assertEquals(0, dry.exitCode(), dry.output());
      assertTrue(dry.output().contains("the write would fail: " + trouble), dry.output());
      assertTrue(dry.output().contains("Erases  " + device), dry.output());
      ForeignTool.Result guarded = asNobody("write", "--any-image", image.toString(), device);
      assertEquals(4, guarded.exitCode(), "guards come first: " + guarded.output());
      assertArrayEquals(new byte[SIZE], Files.readAllBytes(loop.file()));
    } finally {
      Files.delete(image);
      Files.delete(place);
    }
  }

  /** Who may write to the device may still not unmount what another user mounted. */
  @Test
  void unmountingTakesRightsOfItsOwn() throws Exception {
    Path place = Files.createTempDirectory("zboot-rights");
    Path image = Files.write(place.resolve("image"), random(1_000_000));
    Path point = Files.createDirectory(place.resolve("mount"));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (LoopDevice loop = loop()) {
      String device = loop.path().toString();
      ForeignTool.require("mkfs.ext4").run("-q", "-F", device).ok();
      ForeignTool.require("mount").run(device, point.toString()).ok();
      Files.setPosixFilePermissions(loop.path(), PosixFilePermissions.fromString("rw-rw-rw-"));
      try {
        ForeignTool.Result run =
            asNobody(
                "write",
                "--any-image",
                "--fixed-disk",
                "--unmount",
                yes(loop),
                image.toString(),
                device);
        assertEquals(4, run.exitCode(), run.output());
        assertTrue(
            run.output()
                .endsWith(
                    point
                        + " cannot be unmounted (Operation not permitted);"
                        + " run the command with sudo\n"),
            run.output());
      } finally {
        Files.setPosixFilePermissions(loop.path(), PosixFilePermissions.fromString("rw-rw----"));
        ForeignTool.require("umount").run(point.toString()).ok();
      }
    } finally {
      Files.delete(image);
      Files.delete(point);
      Files.delete(place);
    }
  }

  /** Another user, and no terminal behind: a question would end with another error. */
  private static ForeignTool.Result asNobody(String... words) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("--reuid=65534", "--regid=65534", "--clear-groups"));
    // The class path may lie in a folder of the user who runs the test.
    String readOnly = "-all,+dac_read_search";
    command.addAll(List.of("--inh-caps=" + readOnly, "--ambient-caps=" + readOnly));
    command.addAll(ZbootProcess.command(words));
    return ForeignTool.require("setpriv").run(command.toArray(String[]::new));
  }

  /** What reads like a disk never becomes a file. */
  @ParameterizedTest
  @CsvSource({
    "E:, 2, on Linux a disk is named like /dev/sdX",
    "PhysicalDrive2, 2, on Linux a disk is named like /dev/sdX",
    "disk4, 2, on Linux a disk is named like /dev/sdX",
    "sdzz, 2, 'for the disk write /dev/sdzz, for a file ./sdzz'",
    "/dev/sdzz, 1, nothing is there; zboot devices lists the disks",
    "/dev/disk4, 1, nothing is there; zboot devices lists the disks"
  })
  void mistypedDisks(String name, int exitCode, String words) throws IOException {
    Path image = Files.write(folder.resolve("image"), random(1000));
    CliRun run = write(image, name);
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("zboot: " + name + ": "), run.err());
    assertTrue(run.err().contains(words), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertFalse(Files.exists(Path.of(name)));
    Path file = folder.resolve("sdzz");
    assertEquals(0, write(image, file.toString()).exitCode(), "a file elsewhere may be named so");
  }

  @Test
  void everyReasonIsTold() throws IOException {
    Path image = Files.write(folder.resolve("image"), random(1_000_000));
    try (LoopDevice loop = LoopDevice.create(folder, 512 << 10, "--read-only")) {
      CliRun run = write(image, loop.path().toString());
      assertEquals(4, run.exitCode());
      assertTrue(run.err().contains("is write-protected"), run.err());
      assertTrue(run.err().contains("is a fixed disk"), run.err());
      assertTrue(run.err().contains("holds 524288 bytes"), run.err());
    }
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    Path image = Files.write(folder.resolve("image"), random(1_000_000));
    try (LoopDevice loop = loop()) {
      ForeignTool.require("mkfs.ext4").run("-q", "-F", loop.path().toString()).ok();
      byte[] before = Files.readAllBytes(loop.file());
      CliRun run = write(image, "--dry-run", "--fixed-disk", loop.path().toString());
      assertEquals(0, run.exitCode(), run.err());
      assertTrue(run.err().contains("clears ext2/3/4 at byte 1024"), run.err());
      assertTrue(run.err().contains("Nothing was written (--dry-run)"), run.err());
      assertArrayEquals(before, Files.readAllBytes(loop.file()));
    }
  }

  @Test
  void unmountsWhatIsMounted() throws IOException {
    byte[] bytes = random(1_000_000);
    Path image = Files.write(folder.resolve("image"), bytes);
    Path point = Files.createDirectory(folder.resolve("point"));
    try (LoopDevice loop = loop()) {
      String device = loop.path().toString();
      ForeignTool.require("mkfs.ext4").run("-q", "-F", device).ok();
      ForeignTool.require("mount").run(device, point.toString()).ok();
      Path inside = Files.write(point.resolve("image"), bytes);
      assertRefused(write(image, "--fixed-disk", yes(loop), device), "is mounted at " + point);
      assertRefused(
          write(inside, "--fixed-disk", "--unmount", yes(loop), device),
          "the image itself lies on it");
      CliRun run = write(image, "--fixed-disk", "--unmount", yes(loop), device);
      assertEquals(0, run.exitCode(), run.err());
      assertStartsWith(bytes, loop);
    }
  }

  /** The kernel would let it be overwritten under the mounted file system. */
  @Test
  void aLoopDeviceHoldsWhatItIsOver() throws IOException {
    Path image = Files.write(folder.resolve("image"), random(1_000_000));
    Path point = Files.createDirectory(folder.resolve("point"));
    try (LoopDevice disk = loop();
        LoopDevice over = LoopDevice.over(disk.path(), "--offset", "4096")) {
      ForeignTool.require("mkfs.ext4").run("-q", "-F", over.path().toString()).ok();
      ForeignTool.require("mount").run(over.path().toString(), point.toString()).ok();
      try {
        byte[] before = Files.readAllBytes(disk.file());
        for (LoopDevice target : new LoopDevice[] {disk, over}) {
          String challenge = Sizes.shown(target == disk ? SIZE : SIZE - 4096);
          CliRun run =
              write(
                  image,
                  "--fixed-disk",
                  "--unmount",
                  "--yes-erase=" + target.challenge(challenge),
                  target.path().toString());
          assertRefused(run, target.path() + ": is held by ");
          assertTrue(run.err().contains("let it go first ("), run.err());
        }
        assertRefused(
            write(image, "--yes-erase=" + disk.file().getFileName(), disk.file().toString()),
            "is held by a loop device over " + disk.file());
        assertArrayEquals(before, Files.readAllBytes(disk.file()));
      } finally {
        ForeignTool.require("umount").run(point.toString()).ok();
      }
    }
  }

  @Test
  void plainFiles() throws IOException {
    byte[] bytes = random(1_000_001);
    Path image = Files.write(folder.resolve("image"), bytes);
    Path fresh = folder.resolve("fresh.img");
    CliRun run = write(image, fresh.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertArrayEquals(bytes, Files.readAllBytes(fresh));

    byte[] sentinels = random(2_000_000);
    Path disk = Files.write(folder.resolve("disk.img"), sentinels);
    assertRefused(write(image, disk.toString()), "there is no terminal to ask on");
    run = write(image, "--quiet", "--yes-erase", "disk.img", disk.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err());
    byte[] after = Files.readAllBytes(disk);
    assertArrayEquals(bytes, Arrays.copyOf(after, bytes.length));
    assertArrayEquals(
        Arrays.copyOfRange(sentinels, bytes.length, sentinels.length),
        Arrays.copyOfRange(after, bytes.length, after.length));
  }

  @Test
  void fromStandardInputAndPacked() throws IOException {
    byte[] bytes = random(3_000_000);
    Path image = Files.write(folder.resolve("image"), bytes);
    ForeignTool.require("xz").run("-0", image.toString()).ok();
    Path packed = folder.resolve("image.xz");
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(Files.readAllBytes(packed)));
    try (LoopDevice loop = loop()) {
      CliRun run = write(Path.of("-"), "--fixed-disk", yes(loop), loop.path().toString());
      assertEquals(0, run.exitCode(), run.err());
      assertStartsWith(bytes, loop);
    } finally {
      System.setIn(before);
    }
  }

  /** Listing and helping load nothing that only writing needs. */
  @Test
  void nothingNativeUnlessSomethingIsWritten() throws Exception {
    for (String[] words : new String[][] {{"--help"}, {"script", "--farm-id", "1"}, {"devices"}}) {
      List<String> command = ZbootProcess.command(words);
      command.add(1, "-verbose:class");
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor());
      assertTrue(output.contains("zeroboot.cli.Zboot"), "classes are listed");
      assertFalse(output.contains("com.sun.jna"), words[0]);
    }
  }

  private static CliRun write(Path image, String... words) {
    String[] args = new String[words.length + 3];
    args[0] = "write";
    args[1] = "--any-image";
    args[2] = image.toString();
    System.arraycopy(words, 0, args, 3, words.length);
    return CliRun.of(args);
  }

  private LoopDevice loop() {
    return LoopDevice.create(folder, SIZE);
  }

  private static String yes(LoopDevice loop) {
    return "--yes-erase=" + loop.challenge(SHOWN);
  }

  private static void assertRefused(CliRun run, String words) {
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(run.err().contains(words), run.err());
  }

  private static void assertStartsWith(byte[] expected, LoopDevice loop) throws IOException {
    byte[] found = Files.readAllBytes(loop.file());
    assertArrayEquals(expected, Arrays.copyOf(found, expected.length));
    assertArrayEquals(
        new byte[1 << 20],
        Arrays.copyOfRange(found, expected.length, expected.length + (1 << 20)),
        "what follows the image");
  }

  private static JsonObject device(JsonObject list, LoopDevice loop) {
    for (var device : list.getAsJsonArray("devices")) {
      JsonObject object = device.getAsJsonObject();
      if (object.get("path").getAsString().equals(loop.path().toString())) {
        return object;
      }
    }
    throw new AssertionError(list.toString());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
