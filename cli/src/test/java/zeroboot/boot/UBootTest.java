package zeroboot.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;
import zeroboot.testing.SecondCore;

/**
 * U-Boot as UEFI firmware: small, as on boards that have no other, without the protocol that
 * unpacks. It looks for a network card of its own first, and iPXE drives that by its driver.
 */
@Tag("boot")
class UBootTest {
  private static final String ROM = "/usr/lib/u-boot/qemu-x86_64/u-boot.rom";

  private static final String SECOND = "second-core";

  @TempDir private Path folder;

  @Test
  void isoBootsToAnAddress() {
    bootsToAnAddress("iso");
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"usb", "usb --firmware uefi", "usb --table gpt", "iso second-core"})
  void soDoOthers(String form) {
    bootsToAnAddress(form);
  }

  private void bootsToAnAddress(String form) {
    List<String> words = new ArrayList<>(List.of(form.split(" ", -1)));
    String verb = words.remove(0);
    if (words.remove(SECOND)) {
      words.addAll(List.of("--core", SecondCore.require().toString()));
    }
    Medium medium = Medium.make(verb, folder, words.toArray(String[]::new));
    Path rom = ForeignTool.requireFile("U-Boot", Path.of(ROM));
    Qemu machine =
        Qemu.with(Firmware.BIOS)
            .option("-bios", rom.toString())
            .disk(DiskBus.VIRTIO, medium.file())
            .nic(Nic.e1000());
    try (QemuMachine running = machine.start()) {
      Console console = running.console();
      console.await("U-Boot 20");
      console.await("Found EFI removable media binary efi/boot/bootx64.efi");
      console.await("Farm ID 4242 on the main network     image " + medium.imageId());
      console.await("net0: SNP, MAC " + Nic.e1000().mac());
      console.await("10.0.2.15");
    }
  }
}
