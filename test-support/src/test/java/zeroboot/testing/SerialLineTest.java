package zeroboot.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine says arrives, though nobody listens for seconds: as when all cores are loaded. */
@Tag("boot")
class SerialLineTest {
  private static final int LINES = 1500;
  private static final String LINE = "abcdefghijklmnopqrstuvwxyz";

  /** A boot sector that gives up a character which nobody takes for a while, as firmware does. */
  private static final String TALKER =
      """
              .code16
              cli
              mov     $1500, %di
      line:   mov     $'a', %bl
      next:   mov     $20000, %cx
              mov     $0x3FD, %dx
      busy:   in      %dx, %al
              test    $0x20, %al
              jnz     send
              loop    busy
              jmp     given_up
      send:   mov     $0x3F8, %dx
              mov     %bl, %al
              out     %al, %dx
      given_up:
              inc     %bl
              cmp     $11, %bl
              je      ended
              cmp     $'z' + 1, %bl
              jne     next
              mov     $10, %bl
              jmp     next
      ended:  dec     %di
              jnz     line
              hlt
              .org    510
              .byte   0x55, 0xAA
      """;

  @Test
  void nothingIsLostWhileNobodyListens(@TempDir Path folder) throws Exception {
    Path disk = assemble(folder);
    try (QemuMachine machine = Qemu.with(Firmware.BIOS).disk(DiskBus.IDE, disk).start()) {
      Console console = machine.console();
      console.await(LINE);
      listenToNothing(console);
      awaitLines(console);
    }
  }

  /** Whoever reads the line has to wait for this object. */
  private static void listenToNothing(Console console) throws InterruptedException {
    synchronized (console) {
      Thread.sleep(4000);
    }
  }

  private static void awaitLines(Console console) throws InterruptedException {
    long before = -1;
    long lines = lines(console);
    while (lines > before) { // until nothing comes any more
      Thread.sleep(3000);
      before = lines;
      lines = lines(console);
    }
    assertEquals(LINES, lines, console.text());
  }

  private static long lines(Console console) {
    return Arrays.stream(console.text().split("\n", -1))
        .filter(line -> line.endsWith(LINE))
        .count();
  }

  private static Path assemble(Path folder) throws IOException {
    Path source = Files.writeString(folder.resolve("talker.s"), TALKER);
    Path object = folder.resolve("talker.o");
    Path disk = folder.resolve("talker.img");
    ForeignTool.require("as").run("--32", "-o", object + "", source + "").ok();
    ForeignTool.require("ld")
        .run(
            "-m",
            "elf_i386",
            "-Ttext",
            "0",
            "-e",
            "0",
            "--oformat",
            "binary",
            "-o",
            disk + "",
            object + "")
        .ok();
    Files.write(disk, Arrays.copyOf(Files.readAllBytes(disk), 1 << 20));
    return disk;
  }
}
