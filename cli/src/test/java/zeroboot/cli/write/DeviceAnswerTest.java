package zeroboot.cli.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.usb.Bus;
import zeroboot.usb.Contents;
import zeroboot.usb.Device;
import zeroboot.usb.Geometry;
import zeroboot.usb.Identity;
import zeroboot.usb.Product;

/** What a person may type for a serial, a size or a file's name. */
class DeviceAnswerTest {
  private static final Device STICK = disk("/dev/sdb", "4C530001230101117391");
  private static final Device SISTER = disk("/dev/sdc", "4C530001230101227391");
  private static final Device NAMELESS = disk("/dev/sdd", "");

  @ParameterizedTest
  @CsvSource({
    "/dev/sdb, 4C530001230101117391, true",
    "/dev/sdb, 4c530001230101117391, true",
    "/dev/sdb, ' 4C53 0001 2301 0111 7391 ', true",
    "/dev/sdb, 117391, true",
    "/dev/sdb, 11 7391, true",
    "/dev/sdb, 7391, false", // its sister ends so, too
    "/dev/sdb, 391, false",
    "/dev/sdb, 4C53, false",
    "/dev/sdb, 227391, false",
    "/dev/sdb, yes, false",
    "/dev/sdb, '', false",
    "/dev/sdb, '  ', false",
    "/dev/sdb, usb-Example_4C530001230101117391-0:0, true",
    "/dev/sdb, 0:0, false",
    "/dev/sdc, 227391, true",
    "/dev/sdc, 117391, false",
    "/dev/sdd, 15.5 GB Example Flash, true",
    "/dev/sdd, 15.5gbexample flash, true",
    "/dev/sdd, lash, false",
    "/dev/sdd, /dev/sdd, false"
  })
  void answers(String path, String answer, boolean names) {
    List<Device> all = List.of(STICK, SISTER, NAMELESS);
    Device asked = all.stream().filter(device -> device.path().equals(path)).findFirst().get();
    assertEquals(names, DeviceAnswer.names(answer, asked, () -> all));
  }

  private static Device disk(String path, String serial) {
    String id = "/dev/disk/by-id/usb-Example_" + serial + "-0:0";
    return new Device(
        Device.Kind.DISK,
        path,
        path.substring(5),
        "",
        serial.isEmpty() ? List.of() : List.of(id),
        Bus.USB,
        new Product("Example", "Flash", serial),
        new Geometry(15_500_000_000L, 512, true, false, false),
        new Identity(path, ""),
        Contents.UNKNOWN,
        List.of());
  }
}
