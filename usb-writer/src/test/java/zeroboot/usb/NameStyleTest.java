package zeroboot.usb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of disks are no names of new files, on any system. */
class NameStyleTest {
  @ParameterizedTest
  @CsvSource({
    "LINUX, /dev/sdz, device",
    "LINUX, /tmp/../dev/sdz, device",
    "LINUX, sdb, mend",
    "LINUX, nvme0n1p2, mend",
    "LINUX, E:, mend",
    "LINUX, e:\\, mend",
    "LINUX, PhysicalDrive1, mend",
    "LINUX, \\\\.\\PhysicalDrive1, mend",
    "LINUX, disk4s1, mend",
    "LINUX, rdisk4, mend",
    "LINUX, ./sdb, file",
    "LINUX, node.img, file",
    "LINUX, sdcard.img, file",
    "LINUX, disk.img, file",
    "MACOS, /dev/disk4, device",
    "MACOS, disk4, mend",
    "MACOS, sdb, mend",
    "MACOS, E:, mend",
    "MACOS, node.img, file",
    "WINDOWS, PhysicalDrive1, device",
    "WINDOWS, \\\\.\\PhysicalDrive1, device",
    "WINDOWS, //./physicaldrive1, device",
    "WINDOWS, E:, device",
    "WINDOWS, /dev/sdb, mend",
    "WINDOWS, /dev/disk4, mend",
    "WINDOWS, disk4, mend",
    "WINDOWS, node.img, file",
    "WINDOWS, C:\\node.img, file"
  })
  void whatANameMeans(NameStyle here, String name, String expected) {
    String meant = here.namesDevice(name) ? "device" : here.mend(name).isEmpty() ? "file" : "mend";
    assertEquals(expected, meant);
  }
}
