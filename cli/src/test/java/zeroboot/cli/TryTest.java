package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.ForeignTool;
import zeroboot.trial.Recording;

/** {@code zboot try} with a program in QEMU's place, which sends what a machine once sent. */
class TryTest {
  @TempDir private Path folder;
  private Path image;
  private String imageId;

  @BeforeEach
  void make() {
    image = folder.resolve("x.img");
    imageId = make("usb --farm-id 4242 --kernel-url http://10.0.2.2:8000/k");
  }

  /** Makes the image anew and returns its ID. */
  private String make(String words) {
    CliRun run = CliRun.of((words + " --force --json -o " + image).split(" ", -1));
    assertEquals(0, run.exitCode(), run.err());
    return run.json().get("imageId").getAsString();
  }

  /** QEMU is now a shell script. */
  private void qemu(String script) throws IOException {
    Path program = folder.resolve("bin/qemu-system-x86_64");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertTrue(program.toFile().setExecutable(true));
  }

  /** QEMU now sends this, and goes on. */
  private void qemuSends(String serial) throws IOException {
    Path file = folder.resolve("serial");
    Files.writeString(file, serial, StandardCharsets.ISO_8859_1);
    qemu("cat '" + file + "'\nexec sleep 60");
  }

  private Map<String, String> environment() {
    return Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
  }

  private CliRun tryImage(String... words) {
    List<String> args = new ArrayList<>(List.of("try"));
    args.addAll(List.of(words));
    if (!args.contains("--accel")) {
      args.addAll(List.of("--accel", "tcg"));
    }
    args.add(image.toString());
    return CliRun.with(environment(), args.toArray(String[]::new));
  }

  @Test
  void aGoodImage() throws IOException {
    qemuSends(Recording.of("bios", imageId));
    CliRun run = tryImage("--firmware", "bios");
    assertEquals(0, run.exitCode(), run.err());
    String says =
        run.text().replaceFirst("\\(\\d+\\.\\d s\\)", "(N s)").replace(image.toString(), "x.img");
    assertEquals(
        "x.img: in BIOS mode it reaches the kernel (N s): farm ID 4242 on the main network, image "
            + imageId
            + ", address 10.0.2.15, kernel http://10.0.2.2:8000/k\n",
        says);
    assertTrue(
        run.err().matches("(?s)BIOS: switching on, with TCG\nBIOS: .* s  firmware .*"), run.err());
  }

  @Test
  void forPrograms() throws IOException {
    qemuSends(Recording.of("bios", imageId));
    CliRun run = tryImage("--firmware", "bios", "--until", "ADDRESS", "--json");
    assertEquals(0, run.exitCode(), run.err());
    JsonObject json = run.json();
    assertEquals("address", json.get("until").getAsString());
    assertEquals(1, run.text().split("\"format\"", -1).length - 1, run.text());
    assertTrue(json.get("good").getAsBoolean());
    JsonObject trial = json.getAsJsonArray("trials").get(0).getAsJsonObject();
    assertEquals("bios", trial.get("firmware").getAsString());
    assertEquals("10.0.2.15", trial.getAsJsonObject("seen").get("address").getAsString());
    assertTrue(trial.get("trouble").isJsonNull());
    assertEquals("tcg", trial.get("accelerator").getAsString());
    assertTrue(trial.get("whyNotKvm").isJsonNull());
  }

  @Test
  void theScreenHasNoEscapeSequences() throws IOException {
    qemuSends(
        "\u001b]0;title\u0007\u001b[2Jhostile\u001b[31m \u009b5n\u00e9\r\n"
            + Recording.of("bios", imageId));
    CliRun run = tryImage("--firmware", "bios", "--screen");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().contains("\nhostile ?5n?\n"), run.err());
    assertTrue(run.err().contains("Farm ID 4242 on the main network"), run.err());
    assertFalse(run.err().chars().anyMatch(c -> c != '\n' && (c < ' ' || c > '~')), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1|exec sleep 60|nothing appears on the screen: nothing more within 1 s; try --screen
          10|printf 'SeaBIOS (version 1)\\r\\n'; exec sleep 60|the firmware starts, but no loader: nothing more within 10 s; look with --screen
          60|printf 'SeaBIOS (version 1)\\r\\n'; exit 0|the firmware starts, but no loader: the machine switched itself off; look
          60|echo 'qemu: warning: x' >&2; echo 'qemu: no disk for \033[31m snapshots' >&2; exit 1|nothing appears on the screen: QEMU says: qemu: no disk for ?[31m snapshots; try
          """)
  void aBootThatStops(String timeout, String script, String says) throws IOException {
    stops(timeout, script, says);
  }

  /** It has a core for itself for as long as it is waited for. */
  @Tag("long")
  @Test
  void aBootThatSaysTheSameForEver() throws IOException {
    stops(
        "10",
        "yes x",
        "the firmware starts, but no loader: nothing more within 10 s; look with --screen");
  }

  private void stops(String timeout, String script, String says) throws IOException {
    qemu(script);
    CliRun run = tryImage("--firmware", "bios", "--timeout", timeout);
    assertEquals(6, run.exitCode(), run.err());
    String last = run.err().lines().reduce("", (a, b) -> b);
    assertTrue(last.startsWith("zboot: " + image + ": in BIOS mode " + says), last);
    assertEquals(1, run.text().lines().count(), run.text());
  }

  @Test
  void noKernelAndNoVlan() throws IOException {
    String recording = Recording.of("bios", imageId);
    qemuSends(
        recording.substring(0, recording.indexOf("http://10.0.2.2:8000/k..."))
            + "no the server does not answer\r\nTrying again in 2 seconds\r\n");
    CliRun run = tryImage("--firmware", "bios");
    assertEquals(6, run.exitCode(), run.err());
    assertTrue(
        run.err()
            .contains(
                "in BIOS mode it gets an address, but no kernel: the server does not"
                    + " answer (http://10.0.2.2:8000/k); can this computer fetch that URL?"),
        run.err());

    imageId = make("usb --farm-id 4242 --vlan 302");
    recording = Recording.of("bios", imageId);
    qemuSends(
        recording.substring(0, recording.indexOf("net0: address"))
            + "net0-302: no address. Is a router with DHCP on this cable?\r\n"
            + "Not yet. Waiting 5\r\n");
    run = tryImage("--firmware", "bios");
    assertEquals(6, run.exitCode(), run.err());
    assertTrue(
        run.err().contains("the image is for VLAN 302, and QEMU's network has none"), run.err());
  }

  @Test
  void whatCannotBeTriedIsOneLine() throws IOException {
    assertOneLine(
        2, "is nothing to wait for; use one of banner, address, kernel", "--until", "moon");
    assertOneLine(2, "is not from 1 to 86400 seconds", "--timeout", "0");
    assertOneLine(2, "is not an accelerator; use one of auto, kvm, tcg", "--accel", "hvf");
    assertOneLine(2, "the image holds no node of this name", "--node", "node-01");
    make("usb --farm-id 4242 --firmware uefi");
    assertOneLine(2, "does not boot in BIOS mode", "--firmware", "bios");
    Files.write(image, new byte[4096]);
    assertOneLine(3, "holds nothing that zboot knows");
    Files.writeString(image, "\u001f\u008b\u0008", StandardCharsets.ISO_8859_1);
    assertOneLine(3, "was not made by zboot");
    image = folder;
    assertOneLine(2, "is a folder without the files of zboot netboot");
    image = folder.resolve("nothing");
    assertOneLine(2, "no such file");
  }

  @Test
  void withoutQemu() {
    CliRun run = CliRun.with(Map.of("PATH", folder.toString()), "try", image.toString());
    assertEquals(1, run.exitCode(), run.err());
    assertEquals(
        "zboot: QEMU: qemu-system-x86_64 is not installed; on Debian and Ubuntu:"
            + " sudo apt install --no-install-recommends qemu-system-x86 ovmf\n",
        run.err());
  }

  @Test
  void withoutAWindow() throws IOException {
    qemu("echo 'Available display backend types:'; echo none; echo curses");
    assertOneLine(1, "sudo apt install qemu-system-gui", "--display", "--firmware", "bios");
    qemu("echo 'Available display backend types:'; echo none; echo gtk");
    assertOneLine(2, "there is no desktop here", "--display", "--firmware", "bios");
  }

  /** The window is shown for as long as it is open; what was seen until then counts. */
  @Test
  void aWindowIsWaitedFor() throws IOException {
    Path file = folder.resolve("serial");
    Files.writeString(file, Recording.of("bios", imageId), StandardCharsets.ISO_8859_1);
    qemu("[ \"$1\" = -display ] && { echo gtk; exit; }\ncat '" + file + "'\nsleep 1\n");
    long begin = System.nanoTime();
    CliRun run =
        CliRun.with(
            Map.of("PATH", environment().get("PATH"), "DISPLAY", ":9"),
            "try",
            "--accel",
            "tcg",
            "--display",
            "--firmware",
            "bios",
            image.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(1));
  }

  private void assertOneLine(int exitCode, String says, String... words) {
    CliRun run = tryImage(words);
    assertEquals(exitCode, run.exitCode(), run.err());
    assertEquals("", run.text());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(says), run.err());
  }

  /**
   * Whatever ends it takes the machine along, and leaves no files. Of the signals that a program
   * hears of, nothing more is said than the exit code.
   */
  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129", "KILL,137"})
  void aSignalEndsTheMachine(String signal, int exitCode) throws Exception {
    qemu("echo $$ > '" + folder + "/pid'\nprintf 'SeaBIOS (version 1)\\r\\n'\nexec sleep 300");
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    ProcessBuilder builder =
        new ProcessBuilder(
                ZbootProcess.command(
                    "try", "--accel", "tcg", "--firmware", "bios", image.toString()))
            .redirectErrorStream(true);
    builder.command().add(1, "-Djava.io.tmpdir=" + temporary);
    // Whoever started the tests in the background has told them to ignore Ctrl-C.
    builder.command().addAll(0, List.of("env", "--default-signal=INT,HUP,TERM"));
    builder.environment().putAll(environment());
    Process zboot = builder.start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(zboot.getInputStream(), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null && !line.contains("firmware")) {
        line = reader.readLine();
      }
      long machine = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
      ProcessHandle handle = ProcessHandle.of(machine).orElseThrow();
      assertEquals(1, scratchFolders(temporary));
      ForeignTool.require("bash").run("-c", "kill -" + signal + " " + zboot.pid()).ok();
      for (line = reader.readLine(); line != null; line = reader.readLine()) {
        said.append(line).append('\n');
      }
      assertTrue(zboot.waitFor(60, TimeUnit.SECONDS), "zboot ends");
      handle.onExit().get(60, TimeUnit.SECONDS);
    }
    assertEquals(exitCode, zboot.exitValue(), said.toString());
    assertEquals("", said.toString());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (scratchFolders(temporary) > 0 && System.nanoTime() < deadline) {
      Thread.sleep(20); // the guard of a killed zboot is about it
    }
    assertEquals(0, scratchFolders(temporary));
  }

  /** A machine that does not hear the request to end is ended. */
  @Test
  void aTimeoutEndsTheMachine() throws Exception {
    qemu("trap '' TERM\necho $$ > '" + folder + "/pid'\nwhile :; do sleep 1; done");
    CliRun run = tryImage("--firmware", "bios", "--timeout", "5");
    assertEquals(6, run.exitCode(), run.err());
    long machine = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertFalse(ProcessHandle.of(machine).map(ProcessHandle::isAlive).orElse(false));
  }

  private static long scratchFolders(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> file.getFileName().toString().startsWith("zboot")).count();
    }
  }
}
