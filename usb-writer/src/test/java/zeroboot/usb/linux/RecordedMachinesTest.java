package zeroboot.usb.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.usb.Bus;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Guard;
import zeroboot.usb.Guards;
import zeroboot.usb.Obstacle;
import zeroboot.usb.WriteIntent;

/** What zboot makes of whole machines, told by their sysfs, {@code /proc} and {@code /dev}. */
class RecordedMachinesTest {
  /** Guards of each disk, in order; a disk without any is one that zboot would write to. */
  @ParameterizedTest
  @CsvSource({
    "laptop, nvme0n1, SYSTEM_DISK HELD FIXED_DISK",
    "laptop, sda, MOUNTED",
    "laptop, sda1, PARTITION",
    "laptop, dm-1, NOT_A_DISK",
    "laptop, loop0, MOUNTED READ_ONLY FIXED_DISK",
    "server, sda, SYSTEM_DISK HELD FIXED_DISK",
    "server, sdb, SYSTEM_DISK HELD FIXED_DISK",
    "server, sdc, FIXED_DISK",
    "server, sdd, HELD FIXED_DISK",
    "server, sde, HELD FIXED_DISK",
    "server, md0, NOT_A_DISK",
    "card-reader, sdb, NO_MEDIUM",
    "card-reader, mmcblk0, READ_ONLY",
    "card-reader, mmcblk1, FIXED_DISK",
    "card-reader, sr0, OPTICAL",
    "usb-hard-disk, sdb, MOUNTED",
    "usb-hard-disk, sdc, HELD",
    "usb-hard-disk, sdd, ''",
    "usb-hard-disk, sde, HELD MOUNTED",
    "loop, loop1, FIXED_DISK",
    "loop, zram0, NOT_A_DISK",
    "loop, vda, SYSTEM_DISK HELD FIXED_DISK",
    "zfs, sda, SYSTEM_DISK HELD FIXED_DISK",
    "zfs, sdb, ''",
    "zfs, sdc, HELD",
    "zfs, sdd, ''",
    "layers, sda, HELD",
    "layers, sda1, PARTITION",
    "layers, sdb, HELD",
    "layers, sdc, HELD",
    "layers, sdd, HELD",
    "layers, sde, HELD",
    "layers, sdf, HELD",
    "layers, sdg, MOUNTED",
    "layers, sdh, HELD MOUNTED",
    "layers, loop0, HELD FIXED_DISK",
    "layers, loop1, HELD MOUNTED FIXED_DISK",
    "layers, loop2, HELD FIXED_DISK",
    "layers, loop4, HELD FIXED_DISK",
    "layers, loop5, HELD MOUNTED FIXED_DISK",
    "zero-os-node, nvme0n1, MOUNTED FIXED_DISK",
    "zero-os-node, sda, FIXED_DISK",
    "zero-os-node, sdb, ''"
  })
  void guards(String machine, String name, String expected) {
    Device device = device(machine, name);
    List<String> guards =
        Guards.obstacles(device, WriteIntent.NONE, false).stream()
            .map(obstacle -> obstacle.guard().name())
            .toList();
    assertEquals(expected, String.join(" ", guards), device.uses().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "laptop, nvme0n1, 'this computer runs from it: mounted at /boot/efi (/dev/nvme0n1p1), mounted"
        + " at /boot (/dev/nvme0n1p2), mounted at / (/dev/dm-1), swap (/dev/dm-2)'",
    "server, sdd, 'is held by the multipath device mpatha (/dev/dm-1)'",
    "server, sda, 'is held by the RAID md0 (raid1) (/dev/md0), the LVM volume vg--sys-root"
        + " (/dev/dm-0)'",
    "zfs, sda, 'is held by the ZFS pool rpool (/dev/sda1)'",
    "usb-hard-disk, sde, 'is held by a loop device over"
        + " /run/live/medium/live/filesystem.squashfs (/dev/loop0)'",
    "layers, sda, 'is held by a loop device over /dev/sda1 (/dev/loop0), a loop device over"
        + " /dev/loop0 (/dev/loop1)'",
    "layers, loop1, 'is held by the device beneath it (/dev/sda)'",
    "layers, loop0, 'is held by a loop device over /dev/loop0 (/dev/loop1), the device beneath it"
        + " (/dev/sda)'",
    "layers, loop4, 'is held by a loop device over /srv/disk.img (/dev/loop5)'",
    "layers, sdd, 'is held by bcache (/dev/sdd)'",
    "layers, sde, 'is held by the device zram0 (/dev/zram0)'",
    "layers, sdf, 'is held by a mount at /data files that containerd-shim, process 77, has in a"
        + " namespace of its own (/dev/sdf)'",
    "zfs, sdc, 'is held by the ZFS pool that nobody exported, warm (/dev/sdc)'",
    "laptop, sda, 'is mounted at /media/farmer/HOLIDAY 1 (/dev/sda1)'"
  })
  void reasonsNameWhatIsInTheWay(String machine, String name, String expected) {
    List<String> reasons =
        Guards.obstacles(device(machine, name), WriteIntent.NONE, false).stream()
            .map(Obstacle::reason)
            .toList();
    assertTrue(reasons.contains(expected), reasons.toString());
  }

  /** The topmost first, since nothing else would work. */
  @ParameterizedTest
  @CsvSource({
    "layers, sda, umount /mnt/deep; losetup -d /dev/loop1; losetup -d /dev/loop0",
    "layers, sdb, losetup -d /dev/loop2",
    "layers, sdc, mdadm --stop /dev/md127",
    "layers, sdf, nsenter -t 77 -m umount '/data files'",
    "layers, loop2, losetup -d /dev/loop2",
    "server, sda, lvchange -an /dev/mapper/vg--sys-root; mdadm --stop /dev/md0",
    "server, sdd, multipath -f mpatha",
    "zfs, sda, zpool export rpool",
    "zfs, sdc, 'zpool import and zpool export warm, or wipefs -a /dev/sdc if it is lost'"
  })
  void heldDevicesAreLetGoByTheseCommands(String machine, String name, String commands) {
    Obstacle held =
        Guards.obstacles(device(machine, name), WriteIntent.NONE, false).stream()
            .filter(obstacle -> obstacle.guard() == Guard.HELD)
            .findFirst()
            .orElseThrow();
    assertEquals("let it go first (" + commands + "), or take another disk", held.mend());
  }

  @ParameterizedTest
  @CsvSource({
    "srv/disk.img, HELD",
    "srv/swapfile, SYSTEM_DISK",
    "srv/free.img, ''",
  })
  void filesThatAreInUse(String name, String expected) {
    Path root = RecordedMachine.read("layers");
    Device file = new LinuxMachine(root).device(root.resolve(name).toString());
    String guards =
        String.join(" ", guards(file, WriteIntent.NONE).stream().map(Guard::name).toList());
    assertEquals(expected, guards, file.uses().toString());
  }

  /** The farmer's list: pluggable, and not beneath the system. */
  @ParameterizedTest
  @CsvSource({
    "laptop, sda",
    "server, ''",
    "card-reader, mmcblk0 sdb",
    "usb-hard-disk, sdb sdc sdd sde",
    "loop, ''",
    "zfs, sdb sdc sdd",
    "zero-os-node, sdb"
  })
  void sticks(String machine, String expected) {
    List<String> names =
        new LinuxMachine(RecordedMachine.read(machine))
            .devices().stream().filter(Device::isLikelyStick).map(Device::name).toList();
    assertEquals(expected, String.join(" ", names));
  }

  /** All disks; loop devices with nothing behind them, layers and CD drives are none. */
  @ParameterizedTest
  @CsvSource({
    "laptop, loop0 nvme0n1 sda",
    "server, sda sdb sdc sdd sde",
    "card-reader, mmcblk0 mmcblk1 sdb",
    "loop, loop1 vda"
  })
  void disks(String machine, String expected) {
    List<String> names =
        new LinuxMachine(RecordedMachine.read(machine))
            .devices().stream().map(Device::name).toList();
    assertEquals(expected, String.join(" ", names));
  }

  @ParameterizedTest
  @CsvSource({
    "laptop, sda, USB, Example Flash Drive, 4C530001230101117391",
    "laptop, nvme0n1, NVME, Example NVMe 512GB, NV00EXAMPLE1",
    "server, sdc, SATA, EXAMPLE HDD 4TB, HDD004",
    "server, sdd, SAS, '', ''",
    "card-reader, mmcblk0, SD, SX16G, 0x12345678",
    "card-reader, sdb, USB, Generic- SD/MMC, ''",
    "loop, vda, VIRTIO, '', vm-disk",
    "loop, loop1, LOOP, '', ''"
  })
  void products(String machine, String name, Bus bus, String product, String serial) {
    Device device = device(machine, name);
    assertEquals(bus, device.bus());
    assertEquals(product, device.product().name());
    assertEquals(serial, device.product().serial());
  }

  @ParameterizedTest
  @CsvSource({
    "laptop, nvme0n1, 'GPT: nvme0n1p1 FAT32, nvme0n1p2 ext2/3/4 ''boot'', nvme0n1p3 LUKS'",
    "laptop, sda, 'MBR: sda1 FAT32 ''HOLIDAY'''",
    "server, sda, 'sda1 Linux RAID ''server:0'''",
    "usb-hard-disk, sdb, 'btrfs ''backup'''",
    "usb-hard-disk, sdd, GPT",
    "zfs, sdb, 'ZFS ''cold'''",
    "zero-os-node, sdb, 'MBR: sdb1 FAT12 ''ZEROBOOT'''",
    "zero-os-node, sda, 'nothing recognised'"
  })
  void contents(String machine, String name, String expected) {
    assertEquals(expected, device(machine, name).contents().shown());
  }

  @Test
  void idsTellMostFirst() {
    assertEquals(
        List.of(
            "/dev/disk/by-id/nvme-Example_NVMe_512GB_NV00EXAMPLE1",
            "/dev/disk/by-id/nvme-eui.0000000000000001"),
        device("laptop", "nvme0n1").ids());
  }

  @Test
  void aDeviceIsFoundAndNamedByItsId() {
    Path root = RecordedMachine.read("laptop");
    String id = "usb-Example_Flash_Drive_4C530001230101117391-0:0";
    Device device = new LinuxMachine(root).device(root.resolve("dev/disk/by-id/" + id).toString());
    assertEquals("sda", device.name());
    assertTrue(device.isNamedBy(id));
    assertTrue(device.isNamedBy("/dev/disk/by-id/" + id));
    assertTrue(device.isNamedBy(" 4C530001230101117391\n"));
    assertFalse(device.isNamedBy(""));
    assertFalse(device.isNamedBy("4C53"));
    assertFalse(device.isNamedBy("0:0"));
    assertFalse(device.isNamedBy(device("laptop", "nvme0n1").product().serial()));
  }

  @Test
  void withoutSerialTheSizeAndModelAreAsked() {
    assertEquals("107.4 GB sdd", device("server", "sdd").challenge());
    assertTrue(device("server", "sdd").isNamedBy("107.4  GB sdd"));
  }

  @Test
  void whatIsAllowedIsNoObstacle() {
    WriteIntent allowed = new WriteIntent(OptionalLong.of(1 << 20), true, true);
    assertEquals(List.of(), guards(device("laptop", "sda"), allowed));
    assertEquals(List.of(), guards(device("server", "sdc"), allowed));
    // No option reaches what lies beneath a layer or the system.
    assertEquals(List.of(Guard.HELD), guards(device("usb-hard-disk", "sde"), allowed));
    assertEquals(List.of(Guard.SYSTEM_DISK, Guard.HELD), guards(device("loop", "vda"), allowed));
  }

  @Test
  void tooSmall() {
    Device stick = device("laptop", "sda");
    WriteIntent fits = new WriteIntent(OptionalLong.of(stick.size()), true, false);
    WriteIntent larger = new WriteIntent(OptionalLong.of(stick.size() + 1), true, false);
    assertEquals(List.of(), guards(stick, fits));
    assertEquals(List.of(Guard.TOO_SMALL), guards(stick, larger));
  }

  @Test
  void theDiskThatHoldsTheImage() {
    Path root = RecordedMachine.read("laptop");
    LinuxMachine machine = new LinuxMachine(root);
    Device stick = machine.device(root.resolve("dev/sda").toString());
    assertTrue(machine.holds(stick, root.resolve("media/farmer/HOLIDAY 1/node.iso")));
    assertTrue(machine.holds(stick, root.resolve("dev/sda")));
    assertTrue(machine.holds(stick, root.resolve("dev/sda1")));
    assertFalse(machine.holds(stick, root.resolve("home/farmer/node.iso")));
    // Through LVM and LUKS.
    Device disk = machine.device(root.resolve("dev/nvme0n1").toString());
    assertTrue(machine.holds(disk, root.resolve("home/farmer/node.iso")));

    Path other = RecordedMachine.read("loop");
    LinuxMachine loops = new LinuxMachine(other);
    Device loop = loops.device(other.resolve("dev/loop1").toString());
    assertTrue(loops.holds(loop, other.resolve("images/disk.img")));
    assertEquals(
        List.of(Guard.HOLDS_IMAGE, Guard.FIXED_DISK),
        Guards.obstacles(loop, WriteIntent.NONE, true).stream().map(Obstacle::guard).toList());
  }

  /** What dd leaves behind that was told to write to a stick before it was plugged in. */
  @Test
  void plainFileAmongTheDevices() throws IOException {
    Path root = RecordedMachine.read("laptop");
    LinuxMachine machine = new LinuxMachine(root);
    String stray = Files.writeString(root.resolve("dev/sdz"), "image").toString();
    DeviceException e = assertThrows(DeviceException.class, () -> machine.device(stray));
    assertEquals(DeviceException.Kind.REFUSED, e.kind());
    assertTrue(e.what().contains("a plain file"), e.what());
    Path shm = Files.createDirectory(root.resolve("dev/shm"));
    String image = Files.writeString(shm.resolve("node.img"), "image").toString();
    assertEquals(Device.Kind.FILE, machine.device(image).kind());
  }

  private static List<Guard> guards(Device device, WriteIntent intent) {
    return Guards.obstacles(device, intent, false).stream().map(Obstacle::guard).toList();
  }

  private static Device device(String machine, String name) {
    Path root = RecordedMachine.read(machine);
    return new LinuxMachine(root).device(root.resolve("dev").resolve(name).toString());
  }
}
