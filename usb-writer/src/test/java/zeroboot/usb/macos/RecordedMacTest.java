package zeroboot.usb.macos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.usb.Bus;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Guards;
import zeroboot.usb.Obstacle;
import zeroboot.usb.Refusals;
import zeroboot.usb.WriteIntent;

/** What zboot makes of a Mac, told by what its programs print. No Mac was asked. */
class RecordedMacTest {
  private final RecordedMac recorded = RecordedMac.read("laptop");
  private final MacMachine machine = new MacMachine(recorded);

  @ParameterizedTest
  @CsvSource({
    "/dev/disk0, SYSTEM_DISK FIXED_DISK",
    "/dev/disk3, NOT_A_DISK",
    "/dev/disk4, MOUNTED",
    "/dev/rdisk4, MOUNTED",
    "/dev/disk4s1, PARTITION",
    "/dev/rdisk4s1, PARTITION",
    "/dev/disk5, MOUNTED",
    "/dev/disk6, NOT_A_DISK",
    "/dev/disk6s1, PARTITION",
    "/dev/disk7, READ_ONLY",
    "/dev/disk8, MOUNTED FIXED_DISK",
    "/dev/disk9, HELD",
    "/dev/disk10, HELD",
    "/dev/disk13, OPTICAL",
    "/dev/disk14, ''"
  })
  void guards(String path, String expected) {
    Device device = machine.device(path);
    String guards =
        String.join(
            " ",
            Guards.obstacles(device, WriteIntent.NONE, false).stream()
                .map(obstacle -> obstacle.guard().name())
                .toList());
    assertEquals(expected, guards);
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/disk0, 'this computer runs from it: mounted at / (/dev/disk3s1), mounted at"
        + " /System/Volumes/Data (/dev/disk3s5)'",
    "/dev/disk4, 'is mounted at /Volumes/HOLIDAY 1 (/dev/disk4s1)'",
    "/dev/disk5, 'is mounted at /Volumes/Backup (/dev/disk6s1)'",
    "/dev/disk9, 'is held by an Apple RAID volume (/dev/disk9s2)'",
    "/dev/disk10, 'is held by the APFS container disk12 over several disks (/dev/disk12)'",
    "/dev/disk4s1, 'is a partition, and a stick is booted as a whole'"
  })
  void reasonsNameWhatIsInTheWay(String path, String expected) {
    List<String> reasons =
        Guards.obstacles(machine.device(path), WriteIntent.NONE, false).stream()
            .map(Obstacle::reason)
            .toList();
    assertTrue(reasons.contains(expected), reasons.toString());
  }

  @Test
  void listed() {
    assertEquals(
        List.of("disk0", "disk4", "disk5", "disk7", "disk8", "disk9", "disk10", "disk14"),
        machine.devices().stream().map(Device::name).toList());
    assertEquals(
        List.of("disk4", "disk5", "disk7", "disk9", "disk10", "disk14"),
        machine.devices().stream().filter(Device::isLikelyStick).map(Device::name).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "disk4, USB, Flash Drive, 4C530001230101117391, true",
    "disk5, USB, Example Desk, '', false",
    "disk7, SD, Built In SDXC Reader, '', true",
    "disk14, USB, Disk 2.0, '', true",
    "disk0, NVME, APPLE SSD AP0512Q, '', false",
    "disk8, VIRTUAL, '', '', false"
  })
  void products(String name, Bus bus, String product, String serial, boolean isRemovable) {
    Device device = machine.device("/dev/" + name);
    assertEquals(bus, device.bus());
    assertEquals(product, device.product().name());
    assertEquals(serial, device.product().serial());
    assertEquals(isRemovable, device.geometry().isRemovable());
  }

  @Test
  void contentsAndWhatIsAsked() {
    Device stick = machine.device("/dev/rdisk4");
    assertEquals("/dev/disk4", stick.path());
    assertEquals("MBR: disk4s1 FAT32 'HOLIDAY 1'", stick.contents().shown());
    assertEquals("4C530001230101117391", stick.challenge());
    assertEquals(15_502_147_584L, stick.size());
    assertEquals(
        "GPT: disk5s1 EFI 'EFI', disk5s2 APFS", machine.device("/dev/disk5").contents().shown());
    assertEquals("8.0 GB Disk 2.0", machine.device("/dev/disk14").challenge());
    assertEquals("nothing recognised", machine.device("/dev/disk14").contents().shown());
    assertEquals("/dev/disk4", machine.device("/dev/disk4s1").disk());
    assertEquals("/dev/disk5", machine.device("/dev/disk6s1").disk());
  }

  /** Containers on it before the disk, and nobody is thrown out. */
  @Test
  void unmounting() {
    WriteIntent allowed = new WriteIntent(OptionalLong.empty(), true, false);
    Device disk = machine.device("/dev/disk5");
    assertEquals(List.of(), Guards.obstacles(disk, allowed, false));
    machine.unmount(disk);
    assertEquals(
        List.of("/usr/sbin/diskutil unmountDisk disk6", "/usr/sbin/diskutil unmountDisk disk5"),
        recorded.changes);

    recorded.failing = "/usr/sbin/diskutil unmountDisk disk4";
    DeviceException e =
        assertThrows(DeviceException.class, () -> machine.unmount(machine.device("/dev/disk4")));
    assertEquals(DeviceException.Kind.REFUSED, e.kind());
    assertTrue(e.what().startsWith("/dev/disk4 cannot be unmounted (Could not"), e.what());
  }

  @Test
  void theDiskThatHoldsTheImage() {
    MacDevices devices = MacDevices.read(recorded);
    Device stick = machine.device("/dev/disk4");
    assertTrue(devices.holds(stick, "/dev/disk4s1"));
    assertTrue(devices.holds(stick, "/dev/rdisk4"));
    assertFalse(devices.holds(stick, "/dev/disk3s5"));
    assertTrue(devices.holds(machine.device("/dev/disk5"), "/dev/disk6s1"), "through APFS");
    assertTrue(devices.holds(machine.device("/dev/disk0"), "/dev/disk3s1s1"));
    assertFalse(devices.holds(stick, "map auto_home"));
  }

  /** Another stick of the same kind in the same place has another entry in the registry. */
  @Test
  void changedBetweenQuestionAndOpening() {
    Device asked = machine.device("/dev/disk14");
    Refusals.checkSame(asked, machine.device("/dev/disk14"), asked.size());
    recorded.replace("/usr/sbin/ioreg -a -r -l -c IOUSBHostDevice", "4294970200", "4294970300");
    DeviceException e =
        assertThrows(
            DeviceException.class,
            () -> Refusals.checkSame(asked, machine.device("/dev/disk14"), asked.size()));
    assertTrue(e.what().contains("it was pulled out"), e.what());
    assertThrows(DeviceException.class, () -> Refusals.checkSame(asked, asked, 512));
  }

  /** A system of which nothing but the disk of {@code /} is known is still the system. */
  @Test
  void theRootIsNeverMissed() {
    recorded.replace("/usr/sbin/diskutil list -plist", "<string>/</string>", "<string/>");
    recorded.replace(
        "/usr/sbin/diskutil list -plist", "<string>/System/Volumes/Data</string>", "<string/>");
    String reason =
        Guards.obstacles(machine.device("/dev/disk0"), WriteIntent.NONE, false).get(0).reason();
    assertEquals("this computer runs from it: macOS (/dev/disk0)", reason);
  }

  @Test
  void whatIsNotThere(@TempDir Path folder) throws IOException {
    assertThrows(DeviceException.class, () -> machine.device("/dev/disk99"));
    assertThrows(DeviceException.class, () -> machine.device("/dev/disk"));
    Path file = Files.write(folder.resolve("disk4"), new byte[512]);
    assertEquals(Device.Kind.FILE, machine.device(file.toString()).kind());
  }

  @Test
  void propertyLists() throws IOException {
    String xml =
        "<plist><dict><key>a</key><true/><key>b</key><integer>7</integer><key>c</key>"
            + "<array><string> x&amp;y\u0007 </string><dict/></array><key>d</key><false/>"
            + "<key>e</key><data>AAEC</data></dict></plist>";
    Plist list = Plist.parse(xml.replace("\u0007", "&#133;").getBytes(StandardCharsets.UTF_8));
    assertTrue(list.flag("a"));
    assertFalse(list.flag("d"));
    assertEquals(7, list.number("b"));
    assertEquals(0, list.number("e"));
    assertEquals("x&y", list.get("c").items().findFirst().orElseThrow().text());
    assertEquals("", list.get("z").text("z"));
    assertEquals(Plist.MISSING, Plist.parse(new byte[0]));
    for (String broken : new String[] {"<plist><dict><key>a</key>", "Disk not found", "<a"}) {
      byte[] bytes = broken.getBytes(StandardCharsets.UTF_8);
      assertThrows(IOException.class, () -> Plist.parse(bytes), broken);
    }
  }

  /** The document type is not fetched, and no entity reads a file. */
  @Test
  void propertyListsReachNothing() {
    String xml =
        "<!DOCTYPE plist [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><plist><dict><key>a</key>"
            + "<string>&x;</string></dict></plist>";
    try {
      assertEquals("", Plist.parse(xml.getBytes(StandardCharsets.UTF_8)).text("a"));
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith("not a property list"));
    }
  }
}
