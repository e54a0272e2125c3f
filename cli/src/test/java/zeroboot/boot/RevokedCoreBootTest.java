package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.CliRun;
import zeroboot.cli.FarmKeys;
import zeroboot.cli.SealedFile;
import zeroboot.core.BundledCore;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * Sticks from before the loader vouched for its core hold a signed iPXE, which starts alone. After
 * the update that {@code zboot keys revoke} makes of such a stick, firmware refuses it: alone, and
 * in the stick that it came from.
 */
@Tag("boot")
@Tag("long")
class RevokedCoreBootTest {
  private static final String STRANGER = "A STRANGER WAS HERE";
  private static final String OLD = "an old stick starts";
  private static final String WITHDRAWN = "a withdrawn stick starts";

  @TempDir private Path folder;

  @Test
  void oldCoreIsRefusedAfterTheUpdateAndTheNewStickBoots() throws IOException {
    EnrolledKeys enrolled = EnrolledKeys.shared();
    Medium good = Medium.usb(folder, enrolled.options("--kernel-url", "http://192.0.2.2/k"));
    Path core = Files.write(folder.resolve("core.efi"), BundledCore.load().efi());
    Path signedCore = enrolled.signed(core, folder.resolve("signed-core.efi"));
    Path old = firstGeneration(enrolled, signedCore);
    Path oldStick = Stick.with(folder.resolve("old.img"), old);
    Path withdrawn =
        enrolled.signed(
            SealedFile.make(folder.resolve("w"), good.file(), BundledCore.load(), says(WITHDRAWN)),
            folder.resolve("withdrawn.efi"));
    Path withdrawnStick = Stick.with(folder.resolve("withdrawn.img"), withdrawn);
    Path attack = strangersStick(Files.write(folder.resolve("taken"), SealedFile.core(old)));

    // Without the update all of them start: the test can fail.
    try (QemuMachine machine = machine(enrolled, withdrawnStick, oldStick, attack).start()) {
      machine.console().await(STRANGER);
      String text = machine.console().text();
      assertTrue(text.contains(OLD) && text.contains(WITHDRAWN), text);
    }
    Path update = revoke(enrolled.keys(), "revoked", oldStick);
    Path strangers = revoke(enrolled.stranger(), "strangers", oldStick);
    Path older = revoke(enrolled.keys(), "older", EnrolledKeys.withoutSignature(signedCore));
    Path whole = revoke(enrolled.keys(), "whole", withdrawn, "--whole");
    Map<Path, Boolean> updates = new LinkedHashMap<>();
    updates.put(strangers, false);
    updates.put(update, true);
    updates.put(older, true); // with an older time, and all of it there already
    updates.put(whole, true);
    EnrolledKeys after = enrolled.revoked(folder, updates);
    try (QemuMachine machine =
        machine(after, withdrawnStick, oldStick, attack, good.file()).start()) {
      Console console = machine.console();
      console.await("Farm ID 4242 on the main network     image " + good.imageId());
      String text = console.text();
      // The two whole files by the firmware, the old core inside by its own loader.
      assertEquals(2, SecureBootTest.REFUSED.matcher(text).results().count(), text);
      assertTrue(text.contains("Zero Boot: Secure Boot refused iPXE: "), text);
      for (String never : List.of(STRANGER, OLD, WITHDRAWN)) {
        assertFalse(text.contains(never), text);
      }
    }
  }

  private static Qemu machine(EnrolledKeys enrolled, Path... disks) {
    Qemu machine = enrolled.machine().nic(Nic.virtio());
    for (Path disk : disks) {
      machine.disk(DiskBus.VIRTIO, disk);
    }
    return machine;
  }

  /** With an error, or else the firmware opens its menu instead of going on to the next. */
  private static String says(String text) {
    return "#!ipxe\necho " + text + "\nexit 1\n";
  }

  private Path firstGeneration(EnrolledKeys enrolled, Path signedCore) throws IOException {
    byte[] efi = FirstSticks.efi(Files.readAllBytes(signedCore), says(OLD), folder);
    Path first = Files.write(folder.resolve("first.efi"), efi);
    return enrolled.signed(first, folder.resolve("old.efi"));
  }

  private Path revoke(FarmKeys keys, String name, Path file, String... more) {
    Path made = folder.resolve(name);
    String date = name.equals("older") ? "2001-01-01" : "2026-01-01";
    String kek = keys.file("KEK.p12");
    List<String> command = new ArrayList<>(List.of("keys", "revoke", "--key", kek, "--date", date));
    command.addAll(List.of("-o", made + "", file + ""));
    command.addAll(List.of(more));
    CliRun run = CliRun.of(keys.with(command.toArray(String[]::new)));
    assertEquals(0, run.exitCode(), run.err());
    return made.resolve("dbx.auth");
  }

  private Path strangersStick(Path efi) throws IOException {
    Path stick = Stick.with(folder.resolve("attack.img"), efi);
    Path script = folder.resolve("autoexec.ipxe");
    Files.writeString(script, "#!ipxe\necho " + STRANGER + "\npoweroff\n");
    for (String place : List.of("::/autoexec.ipxe", "::/EFI/BOOT/autoexec.ipxe")) {
      ForeignTool.require("mcopy").run("-D", "o", "-i", stick + "", script + "", place).ok();
    }
    return stick;
  }
}
