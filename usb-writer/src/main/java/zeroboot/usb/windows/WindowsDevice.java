package zeroboot.usb.windows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Quietly;
import zeroboot.usb.RawDevice;
import zeroboot.usb.Refusals;

/**
 * A disk, open without a buffer in between, and its volumes, which stay locked until it is closed:
 * so no other program has a file there, and Windows lets sectors be written that a volume is on.
 */
final class WindowsDevice implements RawDevice {
  private static final int ALIGNMENT = 4096;
  private static final byte[] NO_INPUT = new byte[0];

  private final Win32 windows;
  private final long handle;
  private final List<Long> volumes;
  private final DiskGeometryEx geometry;

  private WindowsDevice(Win32 windows, long handle, List<Long> volumes, DiskGeometryEx geometry) {
    this.windows = windows;
    this.handle = handle;
    this.volumes = volumes;
    this.geometry = geometry;
  }

  /** Opens a disk to look at it, together with others. */
  static RawDevice openToRead(Win32 windows, Device device) throws IOException {
    int share = Win32.FILE_SHARE_READ | Win32.FILE_SHARE_WRITE;
    long handle =
        windows.open(device.path(), Win32.GENERIC_READ, share, Win32.FILE_FLAG_NO_BUFFERING);
    DiskGeometryEx geometry = new DiskGeometryEx(device.geometry().blockSize(), device.size());
    return new WindowsDevice(windows, handle, List.of(), geometry);
  }

  /** Whether this user may open the disk at all. */
  static void checkRights(Win32 windows, Device device) {
    try {
      openToRead(windows, device).close();
    } catch (IOException e) {
      throw cannotOpen(device, e);
    }
  }

  /**
   * Locks and dismounts all volumes of a disk, then opens the disk so that nobody else writes to
   * it. There is no second try with less.
   */
  static WindowsDevice openToWrite(Win32 windows, Device device, List<Volume> onIt) {
    List<Long> locked = new ArrayList<>();
    try {
      for (Volume volume : onIt) {
        locked.add(lock(windows, device, volume));
      }
      for (long volume : locked) {
        windows.control(volume, Win32.FSCTL_DISMOUNT_VOLUME, NO_INPUT, 0);
      }
      long handle =
          windows.open(
              device.path(),
              Win32.GENERIC_READ | Win32.GENERIC_WRITE,
              Win32.FILE_SHARE_READ,
              Win32.FILE_FLAG_NO_BUFFERING | Win32.FILE_FLAG_WRITE_THROUGH);
      try {
        byte[] answer =
            windows.control(
                handle, Win32.IOCTL_DISK_GET_DRIVE_GEOMETRY_EX, NO_INPUT, DiskGeometryEx.SIZE);
        return new WindowsDevice(windows, handle, locked, DiskGeometryEx.parse(answer));
      } catch (IOException e) {
        windows.close(handle);
        throw e;
      }
    } catch (IOException e) {
      closeAll(windows, locked);
      throw cannotOpen(device, e);
    } catch (DeviceException e) {
      closeAll(windows, locked);
      throw e;
    }
  }

  /** Fails if a file is open on the volume, or a page file lies there. */
  private static long lock(Win32 windows, Device device, Volume volume) throws IOException {
    long handle =
        windows.open(
            volume.device(),
            Win32.GENERIC_READ | Win32.GENERIC_WRITE,
            Win32.FILE_SHARE_READ | Win32.FILE_SHARE_WRITE,
            0);
    try {
      windows.control(handle, Win32.FSCTL_LOCK_VOLUME, NO_INPUT, 0);
      return handle;
    } catch (IOException e) {
      windows.close(handle);
      throw Refusals.cannotUnmount(
          device,
          volume.shown(),
          String.valueOf(e.getMessage()),
          "close the windows and programs that show it");
    }
  }

  /** Whether all its volumes could be locked now; none stays so. */
  static void tryLocks(Win32 windows, Device device, List<Volume> onIt) {
    try {
      for (Volume volume : onIt) {
        windows.close(lock(windows, device, volume));
      }
    } catch (IOException e) {
      throw cannotOpen(device, e);
    }
  }

  private static DeviceException cannotOpen(Device device, IOException e) {
    String words = String.valueOf(e.getMessage());
    int code = e instanceof Win32Exception known ? known.code() : 0;
    return switch (code) {
      case Win32Exception.ERROR_SHARING_VIOLATION -> Refusals.inUse(device, "");
      case Win32Exception.ERROR_WRITE_PROTECT -> Refusals.writeProtected(device);
      case Win32Exception.ERROR_ACCESS_DENIED ->
          Refusals.cannotOpen(device, words, "start the terminal as administrator");
      default -> Refusals.cannotOpen(device, words, "plug it in again");
    };
  }

  private static void closeAll(Win32 windows, List<Long> handles) {
    handles.forEach(handle -> Quietly.close(() -> windows.close(handle)));
  }

  /** The number of the disk that is open here: STORAGE_DEVICE_NUMBER. */
  long number() throws IOException {
    byte[] answer = windows.control(handle, Win32.IOCTL_STORAGE_GET_DEVICE_NUMBER, NO_INPUT, 12);
    return new Structure(answer).u32(4);
  }

  @Override
  public long size() {
    return geometry.diskSize();
  }

  @Override
  public int blockSize() {
    return (int) geometry.bytesPerSector();
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    int pages = (bytes + ALIGNMENT - 1) / ALIGNMENT + 1;
    return ByteBuffer.allocateDirect(pages * ALIGNMENT).alignedSlice(ALIGNMENT).limit(bytes);
  }

  @Override
  public int read(ByteBuffer buffer, long offset) throws IOException {
    return windows.read(handle, buffer, offset);
  }

  @Override
  public int write(ByteBuffer buffer, long offset) throws IOException {
    return windows.write(handle, buffer, offset);
  }

  @Override
  public void flush() throws IOException {
    windows.flush(handle);
  }

  /** Nothing is buffered. */
  @Override
  public void dropCaches() {}

  @Override
  public void rereadPartitions() {
    try {
      windows.control(handle, Win32.IOCTL_DISK_UPDATE_PROPERTIES, NO_INPUT, 0);
    } catch (IOException e) {
      // Windows looks again at the next plugging.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      windows.close(handle);
    } finally {
      closeAll(windows, volumes);
    }
  }
}
