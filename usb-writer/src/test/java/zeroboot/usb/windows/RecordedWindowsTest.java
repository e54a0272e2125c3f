package zeroboot.usb.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.usb.Bus;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Guards;
import zeroboot.usb.Obstacle;
import zeroboot.usb.RawDevice;
import zeroboot.usb.WriteIntent;
import zeroboot.usb.windows.Win32.VolumeInformation;

/** What zboot makes of a computer with Windows, told by its answers. No Windows was asked. */
class RecordedWindowsTest {
  private static final String STICK = "\\\\.\\PhysicalDrive1";
  private static final String STICK_ID = "\\\\?\\usbstor#disk&ven_example#4c53&0#{53f56307}";
  private static final String E = "\\\\?\\Volume{00000000-0000-0000-0000-0000000000e0}";
  private static final String HIDDEN = "\\\\?\\Volume{00000000-0000-0000-0000-0000000000e1}";
  private static final byte[] FAT32 = {0x0C};
  private static final byte[] BASIC_DATA = guid("a2a0d0ebe5b9334487c068b6b72699c7");
  private static final byte[] DYNAMIC_DATA = guid("a0609baf3114624fbc683311714a69ad");
  private static final byte[] STORAGE_SPACES = guid("8faf5ce780f6ee4cafa3b001e56efc2d");
  private static final VolumeInformation UNKNOWN = new VolumeInformation("", "");

  private final RecordedWindows windows = new RecordedWindows();
  private final WindowsMachine machine = new WindowsMachine(windows);

  private static byte[] guid(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @BeforeEach
  void aComputer() {
    windows.disk(0, "\\\\?\\scsi#disk#0", 17, false, 512L << 30);
    windows.describe("\\\\.\\PhysicalDrive0", 17, false, "NVMe", "Example 512GB", "NV00 ");
    windows.layout(0, 1, new long[] {1 << 20}, new byte[][] {BASIC_DATA});
    windows.volume(
        "\\\\?\\Volume{c}\\", new VolumeInformation("", "NTFS"), List.of("C:\\"), 0, 1 << 20);

    windows.disk(1, STICK_ID, 7, true, 15_502_147_584L);
    windows.describe(STICK, 7, true, "Example ", "Flash Drive     ", "4C530001\u0007");
    windows.layout(1, 0, new long[] {1 << 20, 8 << 20}, new byte[][] {FAT32, {(byte) 0x83}});
    windows.volume(
        E + "\\", new VolumeInformation("HOLIDAY 1", "FAT32"), List.of("E:\\"), 1, 1 << 20);
    windows.volume(HIDDEN + "\\", UNKNOWN, List.of(), 1, 8 << 20);

    windows.disk(2, "\\\\?\\usbstor#disk#reader", 7, true, 0);
    windows.disk(3, "\\\\?\\scsi#disk#3", 11, false, 4L << 40);
    windows.disk(4, "\\\\?\\scsi#disk#4", 11, false, 1L << 40);
    windows.layout(4, 1, new long[] {1 << 20}, new byte[][] {DYNAMIC_DATA});
    windows.volume("\\\\?\\Volume{d}\\", UNKNOWN, List.of("D:\\"), 4, 1 << 20, 5, 1 << 20);
    windows.disk(5, "\\\\?\\usbstor#disk#5", 7, false, 1L << 40);
    windows.layout(5, 1, new long[] {1 << 20}, new byte[][] {STORAGE_SPACES});
    windows.disk(6, "\\\\?\\storage#disk#6", 16, false, 1L << 40);
    windows.disk(7, "\\\\?\\sd#disk#7", 12, true, 32L << 30);
    windows.failures.put("write-protected \\\\.\\PhysicalDrive7", 19);
    windows.volume("\\\\?\\Volume{f}\\", UNKNOWN, List.of("F:\\"));
    windows.volume(
        "\\\\?\\Volume{m}\\", new VolumeInformation("", "NTFS"), List.of("C:\\mnt\\big\\"), 3, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "\\\\.\\PhysicalDrive0, SYSTEM_DISK MOUNTED FIXED_DISK",
    "\\\\.\\PhysicalDrive1, MOUNTED",
    "//./physicaldrive1, MOUNTED",
    "PhysicalDrive1, MOUNTED",
    "\\\\.\\PhysicalDrive1\\, MOUNTED",
    "\\\\?\\USBSTOR#Disk&Ven_Example#4C53&0#{53f56307}, MOUNTED",
    "E:, PARTITION",
    "e:\\, PARTITION",
    "\\\\.\\E:, PARTITION",
    "F:, OPTICAL",
    "\\\\.\\CdRom0, OPTICAL",
    "\\\\.\\COM1, NOT_A_BLOCK_DEVICE",
    "\\\\.\\PhysicalDrive2, NO_MEDIUM",
    "\\\\.\\PhysicalDrive3, MOUNTED FIXED_DISK",
    "\\\\.\\PhysicalDrive4, HELD FIXED_DISK",
    "\\\\.\\PhysicalDrive5, HELD",
    "\\\\.\\PhysicalDrive6, NOT_A_DISK",
    "\\\\.\\PhysicalDrive7, READ_ONLY"
  })
  void guards(String name, String expected) {
    String guards =
        String.join(
            " ",
            Guards.obstacles(machine.device(name), WriteIntent.NONE, false).stream()
                .map(obstacle -> obstacle.guard().name())
                .toList());
    assertEquals(expected, guards);
  }

  @ParameterizedTest
  @CsvSource({
    "\\\\.\\PhysicalDrive0, 'this computer runs from it: Windows in C:\\Windows"
        + " (\\\\.\\PhysicalDrive0)'",
    "\\\\.\\PhysicalDrive1, 'is mounted at E:\\ (\\\\.\\PhysicalDrive1)'",
    "\\\\.\\PhysicalDrive4, 'is held by the volume D:\\ over disks (\\\\.\\PhysicalDrive4), the"
        + " computer''s dynamic disks (\\\\.\\PhysicalDrive4)'",
    "\\\\.\\PhysicalDrive5, 'is held by the volume D:\\ over disks (\\\\.\\PhysicalDrive5), a"
        + " storage pool (\\\\.\\PhysicalDrive5)'"
  })
  void reasonsNameWhatIsInTheWay(String name, String expected) {
    List<String> reasons =
        Guards.obstacles(machine.device(name), WriteIntent.NONE, false).stream()
            .map(Obstacle::reason)
            .toList();
    assertTrue(reasons.contains(expected), reasons.toString());
  }

  /** Who names a drive letter is told the disk behind it. */
  @Test
  void aDriveLetterIsNoDisk() {
    Obstacle obstacle = Guards.obstacles(machine.device("E:"), WriteIntent.NONE, false).get(0);
    assertTrue(obstacle.mend().endsWith("name the disk: " + STICK), obstacle.mend());
  }

  @Test
  void listed() {
    List<Integer> numbers =
        machine.devices().stream().map(disk -> DiskName.number(disk.path())).toList();
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 7), numbers);
    List<Integer> sticks =
        machine.devices().stream()
            .filter(Device::isLikelyStick)
            .map(disk -> DiskName.number(disk.path()))
            .toList();
    assertEquals(List.of(1, 2, 5, 7), sticks);
  }

  @Test
  void described() {
    Device stick = machine.device("PhysicalDrive1");
    assertEquals(STICK, stick.path());
    assertEquals(Bus.USB, stick.bus());
    assertEquals("Example Flash Drive", stick.product().name());
    assertEquals("4C530001", stick.challenge());
    assertEquals(List.of(STICK_ID), stick.ids());
    assertTrue(stick.isNamedBy(STICK_ID));
    assertTrue(stick.geometry().isRemovable());
    assertEquals(15_502_147_584L, stick.size());
    assertEquals("MBR: Partition1 FAT32 'HOLIDAY 1', Partition2", stick.contents().shown());
    assertEquals(1 << 20, stick.contents().partitions().get(0).start());
    assertEquals(4096, machine.device("PhysicalDrive3").geometry().blockSize());
    assertEquals("NTFS", machine.device("PhysicalDrive3").contents().shown());
    assertEquals("GPT: Partition1 NTFS", machine.device("PhysicalDrive0").contents().shown());
    assertEquals("1.1 TB PhysicalDrive5", machine.device("PhysicalDrive5").challenge());
  }

  @Test
  void theDiskThatHoldsTheImage() {
    WindowsDevices devices = WindowsDevices.read(windows);
    Device stick = machine.device(STICK);
    assertTrue(devices.holds(stick, "E:\\images\\node.iso"));
    assertTrue(devices.holds(stick, "e:\\node.iso"));
    assertTrue(devices.holds(stick, "\\\\.\\PhysicalDrive1"));
    assertTrue(devices.holds(stick, "\\\\.\\E:"));
    assertFalse(devices.holds(stick, "C:\\node.iso"));
    Device big = machine.device("PhysicalDrive3");
    assertTrue(devices.holds(big, "C:\\mnt\\big\\node.iso"), "a volume mounted in a folder");
    assertFalse(devices.holds(big, "C:\\mnt\\bigger.iso"));
    assertFalse(devices.holds(machine.device("PhysicalDrive0"), "C:\\mnt\\big\\node.iso"));
  }

  /** Every volume is locked before any is dismounted, and stays so until the disk is closed. */
  @Test
  void lockedForTheWholeWrite() throws IOException {
    Device stick = machine.device(STICK);
    WriteIntent allowed = new WriteIntent(OptionalLong.empty(), true, false);
    assertEquals(List.of(), Guards.obstacles(stick, allowed, false));
    machine.unmount(stick);
    assertEquals(
        List.of(
            "open " + E + " share 3",
            "lock " + E,
            "close " + E,
            "open " + HIDDEN + " share 3",
            "lock " + HIDDEN,
            "close " + HIDDEN),
        windows.log);
    windows.log.clear();
    try (RawDevice open = machine.open(stick)) {
      assertEquals(stick.size(), open.size());
      assertEquals(512, open.blockSize());
      ByteBuffer buffer = open.buffer(1024);
      open.write(buffer, 512);
      open.flush();
      open.rereadPartitions();
    }
    assertEquals(
        List.of(
            "open " + E + " share 3",
            "lock " + E,
            "open " + HIDDEN + " share 3",
            "lock " + HIDDEN,
            "dismount " + E,
            "dismount " + HIDDEN,
            "open " + STICK + " share 1 a0000000",
            "write 1024 at 512",
            "flush",
            "update " + STICK,
            "close " + STICK,
            "close " + E,
            "close " + HIDDEN),
        windows.log);
  }

  /** Nothing is tried with less: what was locked is let go, and the disk is not written to. */
  @ParameterizedTest
  @CsvSource({
    "lock, 5, REFUSED, 'E:\\ cannot be unmounted (error 5)'",
    "disk, 32, REFUSED, 'another program has it, or a part of it, for itself'",
    "disk, 19, REFUSED, is write-protected",
    "disk, 5, IO, cannot be opened for writing (error 5)"
  })
  void noFallback(String what, int code, DeviceException.Kind kind, String expected) {
    windows.failures.put(what.equals("lock") ? "lock " + E : "open " + STICK, code);
    Device stick = machine.device(STICK);
    DeviceException e = assertThrows(DeviceException.class, () -> machine.open(stick));
    assertEquals(kind, e.kind());
    assertEquals(expected, e.what());
    long opened = windows.log.stream().filter(line -> line.startsWith("open ")).count();
    long closed = windows.log.stream().filter(line -> line.startsWith("close ")).count();
    assertEquals(opened, closed, windows.log.toString());
    assertTrue(windows.log.stream().noneMatch(line -> line.startsWith("write")));
  }

  @Test
  void changedBetweenQuestionAndOpening() {
    Device asked = machine.device(STICK);
    windows.describe(STICK, 7, true, "Example", "Flash Drive", "another");
    DeviceException e = assertThrows(DeviceException.class, () -> machine.open(asked));
    assertEquals(DeviceException.Kind.REFUSED, e.kind());
    assertTrue(e.what().contains("serial another now"), e.what());
    assertTrue(windows.log.contains("close " + STICK), windows.log.toString());
  }

  @Test
  void whatIsNotThere() {
    assertThrows(DeviceException.class, () -> machine.device("\\\\.\\PhysicalDrive99"));
    assertThrows(DeviceException.class, () -> machine.device("Z:"));
    WindowsDevices devices = WindowsDevices.read(windows);
    assertNull(devices.at("C:\\images\\disk.img"), "a file");
    assertNull(devices.at("disk.img"));
    assertNotNull(devices.at("\\\\.\\pipe\\x"));
  }

  /** What Windows cuts short, or fills with nonsense, is read as far as it reaches. */
  @Test
  void shortAndHostileAnswers() {
    for (byte[] answer :
        new byte[][] {{}, {40}, new byte[28], HexFormat.of().parseHex("ff".repeat(64))}) {
      assertEquals("", StorageDeviceDescriptor.parse(answer).serialNumber());
      assertTrue(DriveLayoutInformationEx.parse(answer).partitionEntry().size() <= 1);
      assertTrue(VolumeDiskExtents.parse(answer).extents().size() <= 2);
      assertNotNull(DiskGeometryEx.parse(answer));
    }
  }

  @Test
  void listsOfTexts() {
    assertEquals(List.of("ab", "c"), NativeWin32.strings("ab\0c\0\0".toCharArray()));
    assertEquals(List.of(), NativeWin32.strings("\0".toCharArray()));
    assertEquals(List.of(), NativeWin32.strings(new char[0]));
  }
}
