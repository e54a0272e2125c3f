package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import zeroboot.core.IpxeCore;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Nic;
import zeroboot.testing.QemuMachine;

/**
 * Sticks from before the loader vouched for its core hold a signed iPXE, which starts alone. After
 * the update that {@code zboot keys revoke} makes of such a stick, firmware refuses it.
 */
@Tag("boot")
class RevokedCoreBootTest {
  private static final String STRANGER = "A STRANGER WAS HERE";

  @TempDir private Path folder;

  @Test
  void oldCoreIsRefusedAfterTheUpdateAndTheNewStickBoots() throws IOException {
    EnrolledKeys enrolled = EnrolledKeys.make(folder);
    Medium good = Medium.usb(folder, enrolled.options("--kernel-url", "http://192.0.2.2/k"));
    Path core = Files.write(folder.resolve("core.efi"), BundledCore.load().efi());
    Path signedCore = enrolled.signed(core, folder.resolve("signed-core.efi"));
    IpxeCore old = IpxeCore.of("before", BundledCore.load().lkrn(), Files.readAllBytes(signedCore));
    Path oldStick = folder.resolve("old.efi");
    SealedFile.make(oldStick, good.file(), old, SealedFile.script(good.file()));
    Path attack = strangersStick(Files.write(folder.resolve("taken"), SealedFile.core(oldStick)));

    // Without the update the attack works: the test can fail.
    try (QemuMachine machine = enrolled.machine().disk(DiskBus.VIRTIO, attack).start()) {
      machine.console().await(STRANGER);
    }
    Path update = revoke(enrolled.keys(), oldStick, "revoked");
    Path strangers = revoke(enrolled.stranger(), oldStick, "strangers");
    Path older = revoke(enrolled.keys(), EnrolledKeys.withoutSignature(signedCore), "older");
    Map<Path, Boolean> updates = new LinkedHashMap<>();
    updates.put(strangers, false);
    updates.put(update, true);
    updates.put(older, true); // with an older time, and all of it there already
    EnrolledKeys after = enrolled.revoked(folder, updates);
    try (QemuMachine machine =
        after
            .machine()
            .nic(Nic.virtio())
            .disk(DiskBus.VIRTIO, attack)
            .disk(DiskBus.VIRTIO, good.file())
            .start()) {
      Console console = machine.console();
      console.await("Farm ID 4242 on the main network     image " + good.imageId());
      assertEquals(1, SecureBootTest.REFUSED.matcher(console.text()).results().count());
      assertFalse(console.text().contains(STRANGER), console.text());
    }
  }

  private Path revoke(FarmKeys keys, Path file, String name) {
    Path made = folder.resolve(name);
    String date = name.equals("older") ? "2001-01-01" : "2026-01-01";
    String kek = keys.file("KEK.p12");
    CliRun run =
        CliRun.of(
            keys.with("keys", "revoke", "--key", kek, "--date", date, "-o", made + "", file + ""));
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
