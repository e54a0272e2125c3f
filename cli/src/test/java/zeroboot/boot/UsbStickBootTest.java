package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.CliRun;
import zeroboot.cli.Tmux;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * Sticks on USB, as Linux's own driver shows them, and somebody at a terminal: listed, unmounted,
 * named, written, and booted from.
 */
@Tag("boot")
@Tag("long")
class UsbStickBootTest {
  /** For one start of Java in the guest, whatever else this computer does. */
  private static final Duration GUEST = Duration.ofMinutes(10);

  private static final int SIZE = 64 << 20;
  private static final String NAME = "/dev/disk/by-id/usb-Generic_Flash_Disk_";

  @TempDir private Path folder;

  @Test
  void fromTheListToTheNode() throws IOException {
    ForeignTool.require("cpio");
    Path stick = stick("stick", "HOLIDAY");
    Path other = stick("other", "OTHER");
    byte[] before = Files.readAllBytes(other);
    try (KernelServer server = new KernelServer()) {
      Path image = folder.resolve("zboot-farm4242-main.iso");
      List<String> words = new ArrayList<>(List.of("iso", "--farm-id", "4242"));
      words.addAll(List.of("-o", image.toString()));
      words.addAll(List.of(server.options()));
      CliRun made = CliRun.of(words.toArray(String[]::new));
      assertEquals(0, made.exitCode(), made.err());
      writeByHand(stick, other);
      byte[] bytes = Files.readAllBytes(image);
      assertArrayEquals(bytes, Arrays.copyOf(Files.readAllBytes(stick), bytes.length));
      assertArrayEquals(before, Files.readAllBytes(other), "the other stick");
      Qemu machine = Qemu.with(Firmware.BIOS).disk(DiskBus.XHCI, stick).nic(Nic.virtio());
      try (QemuMachine running = machine.start()) {
        running.console().await("  Farm ID 4242 on the main network     image ");
        KernelServer.awaitKernel(running.console());
      }
    }
  }

  /** Two sticks whose serials end alike; the first is mounted, as desktops do. */
  private void writeByHand(Path stick, Path other) throws IOException {
    Files.writeString(
        folder.resolve("guest.sh"),
        String.join(
            "\n",
            Tmux.zboot("devices"),
            "echo listed: $?",
            "mount -t vfat \"$(readlink -f " + NAME + "4C530001-0:0)1\" /mnt",
            Tmux.zboot("write zboot-farm4242-main.iso " + NAME + "4C530001-0:0"),
            "echo written: $?",
            Tmux.zboot("verify " + NAME + "4C530001-0:0"),
            "echo verified: $?",
            ""));
    Path guest = Path.of("..", "tools", "usb-guest").toAbsolutePath().normalize();
    try (Tmux terminal = new Tmux(folder, 80, 100)) {
      terminal.type(
          String.join(" ", guest.toString(), stick + ",4C530001", other + ",4C540001")
              + " -- 'sh guest.sh'");
      await(terminal, "listed: 0");
      String listed = terminal.screen();
      for (String each :
          List.of(
              "67.1 MB  USB, removable",
              "model   Generic Flash Disk",
              "serial  4C530001",
              "id      " + NAME + "4C540001-0:0",
              "FAT16 'HOLIDAY'",
              "write   yes",
              "write --farm-id N /dev/sdb")) {
        assertTrue(listed.contains(each), each + "\n" + listed);
      }
      answer(terminal, "Unmount it? (yes or no, ? explains)", "yes");
      answer(terminal, "67.1 MB USB Generic Flash Disk, serial 4C530001", "0001");
      answer(terminal, "Another disk's serial ends so, too.", "4c53 0001");
      await(terminal, "read back and equal; it is safe to pull it out");
      await(terminal, "boot menu:");
      await(terminal, "written: 0");
      await(terminal, "verified: 0");
      await(terminal, "exit 0");
    }
  }

  private static void await(Tmux terminal, String text) {
    terminal.await(text, GUEST);
  }

  private static void answer(Tmux terminal, String question, String answer) {
    await(terminal, question);
    terminal.keys(answer, "Enter");
  }

  /** With a partition of FAT. */
  private Path stick(String name, String label) throws IOException {
    Path file = folder.resolve(name);
    try (RandomAccessFile blank = new RandomAccessFile(file.toFile(), "rw")) {
      blank.setLength(SIZE);
    }
    String line = "echo 2048,,e | sfdisk --quiet \"$0\"";
    ForeignTool.require("sfdisk");
    ForeignTool.require("bash").run("-c", "PATH=$PATH:/usr/sbin; " + line, file.toString()).ok();
    ForeignTool.require("mkfs.fat")
        .run("-F", "16", "-n", label, "--offset", "2048", file.toString(), "64512")
        .ok();
    return file;
  }
}
