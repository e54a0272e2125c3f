package zeroboot.usb.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.LoopDevice;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Guard;
import zeroboot.usb.Guards;
import zeroboot.usb.Obstacle;
import zeroboot.usb.WriteIntent;

/** Loop devices on loop devices: the kernel names no holder, and would let all be overwritten. */
class LoopHoldersTest {
  private static final int SIZE = 32 << 20;
  private static final List<Guard> HELD = List.of(Guard.HELD);

  @TempDir private Path folder;
  private final LinuxMachine machine = new LinuxMachine(Path.of("/"));

  @BeforeAll
  static void root() {
    LoopDevice.requireRoot();
  }

  @Test
  void aLoopDeviceOverTheDevice() throws IOException {
    try (LoopDevice disk = LoopDevice.create(folder, SIZE);
        LoopDevice over = LoopDevice.over(disk.path())) {
      assertEquals(HELD, guards(disk.path()));
      String held = reason(disk.path());
      assertEquals("is held by a loop device over " + disk.path() + " (" + over.path() + ")", held);
      assertEquals(HELD, guards(over.path()), "and the other way round");
    }
  }

  @Test
  void withAnOffsetAndMounted() throws IOException {
    Path point = Files.createDirectory(folder.resolve("point"));
    try (LoopDevice disk = LoopDevice.create(folder, SIZE);
        LoopDevice over = LoopDevice.over(disk.path(), "--offset", "1048576");
        LoopDevice third = LoopDevice.over(over.path(), "--sizelimit", "16777216")) {
      run("mkfs.ext4", "-q", "-F", third.path());
      run("mount", third.path(), point);
      try {
        assertEquals(HELD, guards(disk.path()));
        Obstacle held = obstacles(disk.path(), true).get(0);
        assertTrue(
            held.mend()
                .contains(
                    "umount "
                        + point
                        + "; losetup -d "
                        + third.path()
                        + "; losetup -d "
                        + over.path()),
            held.mend());
        assertEquals(HELD, guards(over.path()));
      } finally {
        run("umount", point);
      }
    }
  }

  @Test
  void overAPartition() throws IOException {
    Path file = Files.write(folder.resolve("partitioned"), new byte[SIZE]);
    try (LoopDevice disk = LoopDevice.over(file, "--partscan")) {
      run("addpart", disk.path(), 1, 2048, 32768);
      try (LoopDevice over = LoopDevice.over(Path.of(disk.path() + "p1"))) {
        assertEquals(HELD, guards(disk.path()));
        assertEquals(HELD, guards(over.path()));
      } finally {
        run("delpart", disk.path(), 1);
      }
    }
  }

  @Test
  void overANodeOfAnotherName() throws IOException {
    try (LoopDevice disk = LoopDevice.create(folder, SIZE)) {
      String minor = disk.path().toString().replaceAll("\\D", "");
      Path node = folder.resolve("node");
      run("mknod", node, "b", 7, minor);
      try (LoopDevice over = LoopDevice.over(node)) {
        assertEquals(HELD, guards(disk.path()));
        Files.delete(node);
        assertEquals(HELD, guards(disk.path()), "its path leads nowhere now");
        assertTrue(Files.exists(over.path()));
      }
    }
  }

  @Test
  void overAFileOnTheDevice() throws IOException {
    Path point = Files.createDirectory(folder.resolve("point"));
    try (LoopDevice disk = LoopDevice.create(folder, SIZE)) {
      run("mkfs.ext4", "-q", "-F", disk.path());
      run("mount", disk.path(), point);
      try (LoopDevice inner = LoopDevice.create(point, 1 << 20)) {
        assertEquals(List.of(Guard.HELD, Guard.MOUNTED), obstacleGuards(disk.path(), false));
        assertTrue(reason(disk.path()).contains(inner.path().toString()), reason(disk.path()));
        assertEquals(List.of(), guards(inner.path()), "that one is a device like any other");
      } finally {
        run("umount", point);
      }
    }
  }

  @Test
  void overAFileWithAnotherLoopDevice() throws IOException {
    Path point = Files.createDirectory(folder.resolve("point"));
    try (LoopDevice disk = LoopDevice.create(folder, SIZE);
        LoopDevice twin = LoopDevice.over(disk.file())) {
      assertEquals(HELD, guards(disk.path()));
      assertEquals(HELD, guards(disk.file()), "so is the file itself");
      Path link = Files.createLink(folder.resolve("hard link"), disk.file());
      assertEquals(HELD, guards(link));
      run("mkfs.ext4", "-q", "-F", twin.path());
      run("mount", twin.path(), point);
      try {
        assertTrue(obstacles(disk.path(), true).get(0).mend().contains("umount " + point));
      } finally {
        run("umount", point);
      }
    }
  }

  /** Set up and mounted where this process sees neither the file nor the mount. */
  @Test
  void inAnotherNamespace() throws Exception {
    Path point = Files.createDirectory(folder.resolve("point"));
    try (LoopDevice disk = LoopDevice.create(folder, SIZE)) {
      run("mkfs.ext4", "-q", "-F", disk.path());
      String script =
          "mount $1 $2 && truncate -s 1M $2/inner && losetup --find --show $2/inner && read line;"
              + " losetup -d $(losetup -n -O NAME -j $2/inner); umount $2";
      Process holder =
          new ProcessBuilder(
                  ForeignTool.require("unshare").path(),
                  "--mount",
                  "sh",
                  "-c",
                  script,
                  "sh",
                  disk.path().toString(),
                  point.toString())
              .start();
      try {
        String inner = holder.inputReader().readLine();
        String held = reason(disk.path());
        assertTrue(held.contains("a mount at " + point + " that sh, process "), held);
        assertTrue(held.contains("(" + inner + ")"), held);
        assertEquals(HELD, guards(disk.path()));
        assertThrows(DeviceException.class, () -> machine.open(device(disk.path())));
      } finally {
        holder.getOutputStream().close();
        holder.waitFor();
      }
      assertEquals(List.of(), guards(disk.path()));
    }
  }

  @Test
  void swapOnALoopDeviceOverIt() throws IOException {
    try (LoopDevice disk = LoopDevice.create(folder, SIZE);
        LoopDevice over = LoopDevice.over(disk.path())) {
      run("mkswap", over.path());
      run("swapon", over.path());
      try {
        assertEquals(List.of(Guard.SYSTEM_DISK, Guard.HELD), guards(disk.path()));
        assertEquals(Guard.SYSTEM_DISK, guards(over.path()).get(0));
      } finally {
        run("swapoff", over.path());
      }
    }
  }

  /** A virtual machine or a disk server asks the kernel for no exclusive access. */
  @Test
  void aProgramThatMayWriteToIt() throws Exception {
    try (LoopDevice disk = LoopDevice.create(folder, SIZE)) {
      for (String redirection : List.of("<>", ">>", "<")) {
        Process program =
            new ProcessBuilder(
                    "sh", "-c", "exec 3" + redirection + disk.path() + "; echo ready; read line")
                .start();
        try {
          assertEquals("ready", program.inputReader().readLine());
          if (redirection.equals("<")) {
            machine.open(device(disk.path())).close(); // who only reads is in nobody's way
          } else {
            DeviceException e =
                assertThrows(DeviceException.class, () -> machine.open(device(disk.path())));
            assertTrue(e.what().contains("process " + program.pid()), e.what());
          }
        } finally {
          program.getOutputStream().close();
          program.waitFor();
        }
      }
    }
  }

  private Device device(Path path) {
    return machine.device(path.toString());
  }

  private List<Obstacle> obstacles(Path path, boolean mayUnmount) {
    WriteIntent intent = new WriteIntent(OptionalLong.empty(), mayUnmount, true);
    return Guards.obstacles(device(path), intent, false);
  }

  private List<Guard> obstacleGuards(Path path, boolean mayUnmount) {
    return obstacles(path, mayUnmount).stream().map(Obstacle::guard).toList();
  }

  private List<Guard> guards(Path path) {
    return obstacleGuards(path, true);
  }

  private String reason(Path path) {
    return obstacles(path, true).get(0).reason();
  }

  private static void run(String tool, Object... words) {
    ForeignTool.require(tool)
        .run(Arrays.stream(words).map(Object::toString).toArray(String[]::new))
        .ok();
  }
}
