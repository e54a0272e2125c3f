package zeroboot.usb.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.LoopDevice;
import zeroboot.usb.Bus;
import zeroboot.usb.Contents;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Geometry;
import zeroboot.usb.Identity;
import zeroboot.usb.Product;
import zeroboot.usb.RawDevice;

/** What takes a target's name between question and answer is not written to. */
class SameTargetTest {
  private static final int SIZE = 1 << 20;

  @TempDir private Path folder;
  private final LinuxMachine machine = new LinuxMachine(Path.of("/"));
  private Path file;
  private Device asked;

  @BeforeEach
  void ask() throws IOException {
    file = Files.write(Files.createDirectory(folder.resolve("in")).resolve("disk.img"), zeros());
    asked = machine.device(file.toString());
  }

  @Test
  void theFileItself() throws IOException {
    try (RawDevice open = machine.open(asked)) {
      open.write(ByteBuffer.allocateDirect(1).put((byte) 7).flip(), 0);
    }
    assertEquals(7, Files.readAllBytes(file)[0]);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    machine.open(machine.device(link.toString())).close(); // a link that was there all the time
  }

  @Test
  void aLinkToADevice() throws IOException {
    LoopDevice.requireRoot();
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      replace(link(loop.path()));
      refused("something else has taken its name");
      assertArrayEquals(zeros(), Files.readAllBytes(loop.file()));
    }
  }

  @Test
  void aLinkToAnotherFile() throws IOException {
    Path other = Files.write(folder.resolve("other"), zeros());
    replace(link(other));
    refused("something else has taken its name");
  }

  @Test
  void anotherFileOfTheSameSize() throws IOException {
    replace(Files.write(folder.resolve("other"), zeros()));
    refused("something else has taken its name");
  }

  @Test
  void aDeviceNodeAndAPipe() throws IOException {
    LoopDevice.requireRoot();
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      Path node = folder.resolve("node");
      String minor = loop.path().toString().replaceAll("\\D", "");
      ForeignTool.require("mknod").run(node.toString(), "b", "7", minor).ok();
      replace(node);
      refused("something else has taken its name");
      Path pipe = folder.resolve("pipe");
      ForeignTool.require("mknod").run(pipe.toString(), "p").ok();
      replace(pipe);
      refused("something else has taken its name");
    }
  }

  @Test
  void aFolderOnTheWayThatBecameALink() throws IOException {
    Path other = Files.createDirectory(folder.resolve("elsewhere"));
    Files.write(other.resolve("disk.img"), zeros());
    Files.move(folder.resolve("in"), folder.resolve("was"));
    Files.createSymbolicLink(folder.resolve("in"), other);
    refused("something else has taken its name");
  }

  @Test
  void oneThatIsGoneOrHasGrown() throws IOException {
    Files.write(file, new byte[SIZE + 1]);
    refused("it has 1048577 bytes now");
    Files.delete(file);
    refused("it is gone");
  }

  @Test
  void aNewFileWhoseNameIsTakenMeanwhile() throws IOException {
    Path fresh = folder.resolve("fresh.img");
    Device planned =
        new Device(
            Device.Kind.FILE,
            fresh.toString(),
            "fresh.img",
            "",
            java.util.List.of(),
            Bus.OTHER,
            Product.UNKNOWN,
            new Geometry(SIZE, 512, false, false, false),
            new Identity(fresh.toString(), ""),
            Contents.UNKNOWN,
            java.util.List.of());
    Files.createSymbolicLink(fresh, file);
    DeviceException e = assertThrows(DeviceException.class, () -> machine.create(planned, fresh));
    assertTrue(e.what().contains("something has taken its name"), e.what());
    Files.delete(fresh);
    Files.createSymbolicLink(fresh, folder.resolve("nowhere"));
    assertThrows(DeviceException.class, () -> machine.create(planned, fresh));
    Files.delete(fresh);
    machine.create(planned, fresh).close();
    assertEquals(SIZE, Files.size(fresh));
  }

  private void refused(String words) throws IOException {
    DeviceException e = assertThrows(DeviceException.class, () -> machine.open(asked));
    assertEquals(DeviceException.Kind.REFUSED, e.kind());
    assertTrue(e.what().contains(words), e.what());
  }

  private Path link(Path to) throws IOException {
    return Files.createSymbolicLink(folder.resolve("link"), to);
  }

  private void replace(Path by) throws IOException {
    Files.move(by, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] zeros() {
    return new byte[SIZE];
  }
}
