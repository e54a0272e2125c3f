package zeroboot.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.spec.BootSpec;
import zeroboot.spec.MacAddress;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

class VirtualMachineTest {
  private static final Path FILE = Path.of("/a,b/x.img");
  private static final Optional<QemuFiles.Ovmf> OVMF =
      Optional.of(new QemuFiles.Ovmf(Path.of("/code"), Path.of("/variables")));

  private static String command(Bootable bootable, Optional<QemuFiles.Ovmf> ovmf) {
    return command(bootable, ovmf, GuestNetwork.PLAIN, Optional.empty());
  }

  private static String command(
      Bootable bootable,
      Optional<QemuFiles.Ovmf> ovmf,
      GuestNetwork network,
      Optional<VirtualMachine.Window> window) {
    return String.join(
        " ",
        new VirtualMachine(Path.of("/qemu"), ovmf, bootable, network, window)
            .command(Accelerator.TCG));
  }

  /** Nothing that is named is ever opened for writing. */
  @Test
  void everyFormIsAttachedUnaltered() {
    assertTrue(
        command(new Bootable.Stick(FILE), Optional.empty())
            .contains("-drive snapshot=on,id=medium,if=none,format=raw,file=/a,,b/x.img"));
    assertTrue(
        command(new Bootable.Cd(FILE), Optional.empty())
            .contains("-drive media=cdrom,readonly=on,id=medium,"));
    assertTrue(
        command(new Bootable.Kernel(FILE), Optional.empty()).contains("-kernel /a,b/x.img "));
    assertTrue(
        command(new Bootable.KernelWithRamDisk(FILE, FILE), Optional.empty())
            .contains("-kernel /a,b/x.img -initrd /a,,b/x.img "));
    assertTrue(
        command(new Bootable.Network(Path.of("/a,b"), "zboot.efi"), Optional.empty())
            .contains("-netdev user,id=network,tftp=/a,,b,bootfile=zboot.efi "));
    String uefi = command(new Bootable.Stick(FILE), OVMF);
    assertTrue(uefi.contains("-drive if=pflash,format=raw,readonly=on,file=/code"), uefi);
    assertTrue(uefi.contains("-drive if=pflash,format=raw,snapshot=on,file=/variables"), uefi);
  }

  @Test
  void aWindowTakesThePlaceOfTheHiddenScreen() {
    Optional<VirtualMachine.Window> window =
        Optional.of(new VirtualMachine.Window("gtk", Path.of("/port")));
    Bootable stick = new Bootable.Stick(FILE);
    String bios = command(stick, Optional.empty(), GuestNetwork.PLAIN, window);
    assertTrue(bios.contains("-display gtk -vga std -fw_cfg name=etc/sercon-port,file=/port"));
    assertFalse(bios.contains("graphics=off"), bios);
    assertFalse(command(stick, OVMF, GuestNetwork.PLAIN, window).contains("sercon"));
    assertTrue(command(stick, OVMF).contains("-display none -vga none"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADDRESS=192.0.2.10/24|,net=192.0.2.10/24,host=192.0.2.1,dns=192.0.2.2,dhcpstart=192.0.2.3
          ADDRESS=192.0.2.10/24 GATEWAY=192.0.2.254 DNS=192.0.2.53|,net=192.0.2.10/24,host=192.0.2.254,dns=192.0.2.53,dhcpstart=192.0.2.1
          ADDRESS=192.0.2.1/29 DNS=198.51.100.1|,net=192.0.2.1/29,host=192.0.2.2,dns=192.0.2.3,dhcpstart=192.0.2.4
          ADDRESS=192.0.2.1/30|''
          VLAN=302|''
          """)
  void theNetworkFitsAFixedAddress(String settings, String options) {
    assertEquals(options, GuestNetwork.of(spec(settings), Optional.empty()).options());
  }

  @ParameterizedTest
  @CsvSource({
    "'',1,52:54:00:5a:42:00",
    "INTERFACE=net3,4,52:54:00:5a:42:03",
    "INTERFACE=00:00:5e:00:53:01,1,00:00:5e:00:53:01"
  })
  void theCardIsTheOneThatIsAskedFor(String settings, int cards, String last) {
    List<String> macs = GuestNetwork.of(spec(settings), Optional.empty()).macs();
    assertEquals(cards, macs.size());
    assertEquals(last, macs.get(cards - 1));
  }

  @Test
  void aNodeOfARackHasItsMac() {
    Optional<MacAddress> mac = Optional.of(new MacAddress("00:00:5e:00:53:09"));
    assertEquals(List.of("00:00:5e:00:53:09"), GuestNetwork.of(spec(""), mac).macs());
    assertEquals(
        List.of("00:00:5e:00:53:09", "00:00:5e:00:53:01"),
        GuestNetwork.of(spec("INTERFACE=00:00:5e:00:53:01"), mac).macs());
  }

  private static BootSpec spec(String settings) {
    Settings all = Settings.NONE.with(Setting.FARM_ID, "4242");
    for (String one : settings.split(" ", -1)) {
      if (!one.isEmpty()) {
        all = all.with(Setting.valueOf(one.split("=", 2)[0]), one.split("=", 2)[1]);
      }
    }
    return BootSpec.of(all);
  }
}
