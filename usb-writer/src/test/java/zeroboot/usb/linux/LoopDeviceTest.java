package zeroboot.usb.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
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
import zeroboot.usb.RawDevice;
import zeroboot.usb.WriteIntent;
import zeroboot.usb.source.ImageSources;
import zeroboot.usb.write.Cancellation;
import zeroboot.usb.write.ImageWriter;
import zeroboot.usb.write.Progress;
import zeroboot.usb.write.WriteOptions;

/** The real thing: block devices, mounts, swap, and a kernel that says no. */
class LoopDeviceTest {
  private static final int SIZE = 32 << 20;
  private static final int IMAGE = 9_000_001;

  @TempDir private Path folder;
  private final LinuxMachine machine = new LinuxMachine(Path.of("/"));

  @BeforeAll
  static void root() {
    LoopDevice.requireRoot();
  }

  @Test
  void theImageIsThereAndNeighboursAreUntouched() throws IOException {
    try (LoopDevice first = LoopDevice.create(folder, SIZE);
        LoopDevice second = LoopDevice.create(folder, SIZE)) {
      byte[] sentinels = random(SIZE, 7);
      Files.write(first.file(), sentinels);
      Files.write(second.file(), sentinels);
      byte[] image = random(IMAGE, 1);
      write(first, image, step -> {});
      byte[] after = Files.readAllBytes(first.file());
      assertArrayEquals(image, Arrays.copyOf(after, IMAGE));
      assertArrayEquals(
          Arrays.copyOfRange(sentinels, IMAGE, SIZE), Arrays.copyOfRange(after, IMAGE, SIZE));
      assertArrayEquals(sentinels, Files.readAllBytes(second.file()));
    }
  }

  @Test
  void blocksOf4096Bytes() throws IOException {
    try (LoopDevice loop = LoopDevice.create(folder, SIZE, "--sector-size", "4096")) {
      byte[] image = random(IMAGE, 1);
      write(loop, image, step -> {});
      assertArrayEquals(image, Arrays.copyOf(Files.readAllBytes(loop.file()), IMAGE));
    }
  }

  /** A reader through the page cache is fooled, and the verification is not. */
  @Test
  void aByteThatChangesBehindThePageCacheIsFound() throws IOException {
    int place = 5_000_000;
    byte[] image = random(IMAGE, 1);
    byte[] cached = new byte[1];
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      DeviceException e =
          assertThrows(
              DeviceException.class,
              () ->
                  write(
                      loop,
                      image,
                      step -> {
                        if (step == Progress.Phase.VERIFYING) {
                          readThroughCache(loop.path(), place);
                          change(loop.file(), place);
                          cached[0] = readThroughCache(loop.path(), place);
                        }
                      }));
      assertTrue(e.what().contains("differs from the image at byte " + place), e.what());
      assertEquals(image[place], cached[0], "the page cache knows nothing of it");
      assertEquals(0, readThroughCache(loop.path(), 0), "the first block is empty");
    }
  }

  @Test
  void aDiskThatIsFullBehindTheDevice() throws IOException {
    Path small = Files.createDirectory(folder.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=6M", "none", small);
    try (LoopDevice loop = LoopDevice.create(small, SIZE)) {
      byte[] image = random(IMAGE, 1);
      DeviceException e = assertThrows(DeviceException.class, () -> write(loop, image, step -> {}));
      assertTrue(
          e.what().matches("writing failed at byte \\d+ \\(.*\\); its first block is empty.*"),
          e.what());
      assertArrayEquals(new byte[4096], Arrays.copyOf(Files.readAllBytes(loop.file()), 4096));

      run("mount", "-o", "remount,size=64M", small);
      write(loop, image, step -> {});
      assertArrayEquals(image, Arrays.copyOf(Files.readAllBytes(loop.file()), IMAGE));
    } finally {
      run("umount", small);
    }
  }

  /** As if it were pulled out: from one moment to the next the device has no blocks at all. */
  @Test
  void aDeviceThatIsGoneInTheMiddle() throws IOException {
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      byte[] image = random(IMAGE, 1);
      byte[] before = random(SIZE, 7);
      Files.write(loop.file(), before);
      DeviceException e =
          assertThrows(
              DeviceException.class,
              () ->
                  write(
                      loop,
                      image,
                      step -> {
                        if (step == Progress.Phase.WRITING) {
                          resize(loop, 0);
                        }
                      }));
      assertEquals(DeviceException.Kind.IO, e.kind());
      assertTrue(
          e.what().matches("writing failed at byte \\d+ \\(.*\\); .*do not boot from it"),
          e.what());

      resize(loop, SIZE);
      write(loop, image, step -> {});
      assertArrayEquals(image, Arrays.copyOf(Files.readAllBytes(loop.file()), IMAGE));
    }
  }

  private static void resize(LoopDevice loop, long size) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(loop.file().toFile(), "rw")) {
      file.setLength(size);
    }
    run("losetup", "--set-capacity", loop.path());
  }

  @Test
  void mountedAndUnmounted() throws IOException {
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      run("mkfs.ext4", "-q", "-F", loop.path());
      Path point = Files.createDirectory(folder.resolve("mount point"));
      run("mount", loop.path(), point);
      Device device = machine.device(loop.path().toString());
      assertEquals(List.of(Guard.MOUNTED), guards(device, false));
      assertThrows(DeviceException.class, () -> machine.open(device), "the kernel says no as well");
      assertTrue(machine.holds(device, Files.writeString(point.resolve("image"), "x")));

      Path open = point.resolve("image");
      try (RandomAccessFile busy = new RandomAccessFile(open.toFile(), "r")) {
        DeviceException e = assertThrows(DeviceException.class, () -> machine.unmount(device));
        assertTrue(e.what().contains("cannot be unmounted (Device or resource busy)"), e.what());
        assertEquals('x', busy.read(), "nothing was unmounted behind its back");
      }
      machine.unmount(device);
      assertEquals(List.of(), guards(machine.device(loop.path().toString()), false));
    }
  }

  @Test
  void swap() throws IOException {
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      run("mkswap", loop.path());
      run("swapon", loop.path());
      try {
        assertEquals(
            List.of(Guard.SYSTEM_DISK), guards(machine.device(loop.path().toString()), true));
      } finally {
        run("swapoff", loop.path());
      }
    }
  }

  /** Told to the kernel by hand: not every kernel reads partition tables. */
  @Test
  void partition() throws IOException {
    Path file = Files.write(folder.resolve("partitioned"), new byte[SIZE]);
    try (LoopDevice loop = LoopDevice.over(file, "--partscan")) {
      run("addpart", loop.path(), 1, 2048, 32768);
      Path part = Path.of(loop.path() + "p1");
      assertEquals(List.of(Guard.PARTITION), guards(machine.device(part.toString()), true));
      Path link = Files.createSymbolicLink(folder.resolve("stick"), loop.path());
      Device disk = machine.device(link.toString());
      assertEquals(loop.path().getFileName().toString(), disk.name(), "links are followed");
      assertEquals(disk.name() + "p1", disk.contents().shown());

      run("mkfs.ext4", "-q", "-F", part);
      run("mount", part, Files.createDirectory(folder.resolve("mount")));
      assertEquals(List.of(Guard.MOUNTED), guards(machine.device(link.toString()), false));
      machine.unmount(machine.device(link.toString()));
      assertEquals(List.of(), guards(machine.device(link.toString()), false));
      run("delpart", loop.path(), 1);
    }
  }

  @Test
  void writeProtected() throws IOException {
    Path file = Files.write(folder.resolve("locked"), new byte[SIZE]);
    try (LoopDevice loop = LoopDevice.over(file, "--read-only")) {
      assertEquals(List.of(Guard.READ_ONLY), guards(machine.device(loop.path().toString()), true));
    }
  }

  /** Another process has it mounted where we cannot see it; the kernel says no as well. */
  @Test
  void heldByAnotherProcess() throws Exception {
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      run("mkfs.ext4", "-q", "-F", loop.path());
      String script = "mount " + loop.path() + " /mnt && echo ready && read line && umount /mnt";
      Process holder =
          new ProcessBuilder(ForeignTool.require("unshare").path(), "--mount", "sh", "-c", script)
              .start();
      try {
        assertEquals('r', holder.getInputStream().read());
        Device device = machine.device(loop.path().toString());
        assertEquals(List.of(Guard.HELD), guards(device, true));
        DeviceException e = assertThrows(DeviceException.class, () -> machine.open(device));
        assertEquals(DeviceException.Kind.REFUSED, e.kind());
        assertTrue(e.what().startsWith("another program has it"), e.what());
      } finally {
        holder.getOutputStream().write('\n');
        holder.getOutputStream().close();
        holder.waitFor();
      }
    }
  }

  @Test
  void nobodyElseCanHaveItMeanwhile() throws IOException {
    try (LoopDevice loop = LoopDevice.create(folder, SIZE)) {
      run("mkfs.ext4", "-q", "-F", loop.path());
      try (RawDevice open = machine.open(machine.device(loop.path().toString()))) {
        assertEquals(SIZE, open.size());
        ForeignTool.Result mount =
            ForeignTool.require("mount").run(loop.path().toString(), folder.toString());
        assertTrue(mount.exitCode() != 0, "mounted under our hands");
      }
    }
  }

  @Test
  void changedBetweenQuestionAndOpening() throws IOException {
    Path file = Files.write(folder.resolve("first"), new byte[SIZE]);
    // A number of its own: the first free one could be somebody else's the moment after.
    String path = "/dev/loop" + (100_000 + ProcessHandle.current().pid() % 900_000);
    run("losetup", path, file);
    Device asked = machine.device(path);
    run("losetup", "--detach", path);
    // The same name, the same size, and another device all the same.
    Path other = Files.write(folder.resolve("second"), new byte[SIZE]);
    run("losetup", asked.path(), other);
    try {
      DeviceException e = assertThrows(DeviceException.class, () -> machine.open(asked));
      assertEquals(DeviceException.Kind.REFUSED, e.kind());
      assertTrue(e.what().contains("not the device any more"), e.what());
      run("losetup", "--detach", asked.path());
      run("losetup", "--sizelimit", "1048576", asked.path(), other);
      e = assertThrows(DeviceException.class, () -> machine.open(asked));
      assertTrue(e.what().contains("now it is 1048576"), e.what());
    } finally {
      run("losetup", "--detach", asked.path());
    }
  }

  private interface Steps {
    void begins(Progress.Phase phase) throws IOException;
  }

  private void write(LoopDevice loop, byte[] image, Steps steps) throws IOException {
    Progress progress =
        new Progress() {
          @Override
          public void begins(Phase phase, long total) {
            try {
              steps.begins(phase);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public void advanced(long done) {}
        };
    try (RawDevice device = machine.open(machine.device(loop.path().toString()))) {
      new ImageWriter(
              device,
              loop.path().toString(),
              new WriteOptions(false, false),
              progress,
              new Cancellation())
          .write(ImageSources.ofBytes("image", image));
    }
  }

  private static byte readThroughCache(Path path, long place) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(place);
      return file.readByte();
    }
  }

  private static void change(Path path, long place) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(place);
      int old = file.read();
      file.seek(place);
      file.write(old ^ 1);
    }
  }

  private static List<Guard> guards(Device device, boolean mayUnmount) {
    WriteIntent intent = new WriteIntent(OptionalLong.empty(), mayUnmount, true);
    return Guards.obstacles(device, intent, false).stream().map(Obstacle::guard).toList();
  }

  private static void run(String tool, Object... words) {
    ForeignTool.require(tool)
        .run(Arrays.stream(words).map(Object::toString).toArray(String[]::new))
        .ok();
  }

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
