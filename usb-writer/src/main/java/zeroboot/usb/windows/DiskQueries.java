package zeroboot.usb.windows;

import java.io.IOException;
import java.util.OptionalLong;

/** What Windows answers when it is asked about one disk or volume. */
final class DiskQueries {
  private static final byte[] NO_INPUT = new byte[0];

  /** STORAGE_PROPERTY_QUERY for StorageDeviceSeekPenaltyProperty. */
  private static final byte[] SEEK_PENALTY = {7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  private final Win32 windows;

  DiskQueries(Win32 windows) {
    this.windows = windows;
  }

  private byte[] ask(String name, int code, byte[] input, int size) throws IOException {
    int share = Win32.FILE_SHARE_READ | Win32.FILE_SHARE_WRITE;
    long handle = windows.open(name, 0, share, 0);
    try {
      return windows.control(handle, code, input, size);
    } finally {
      windows.close(handle);
    }
  }

  /** Nothing where the device has no answer. */
  private byte[] tryAsk(String name, int code, byte[] input, int size) {
    try {
      return ask(name, code, input, size);
    } catch (IOException e) {
      return NO_INPUT;
    }
  }

  /** STORAGE_DEVICE_NUMBER: DeviceType, DeviceNumber, PartitionNumber. */
  OptionalLong number(String path) {
    byte[] answer = tryAsk(path, Win32.IOCTL_STORAGE_GET_DEVICE_NUMBER, NO_INPUT, 12);
    return answer.length == 12
        ? OptionalLong.of(new Structure(answer).u32(4))
        : OptionalLong.empty();
  }

  /** The disks that a volume is on; a CD drive has none. */
  VolumeDiskExtents extents(String volume) {
    return VolumeDiskExtents.parse(
        tryAsk(
            volume, Win32.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS, NO_INPUT, VolumeDiskExtents.SIZE));
  }

  StorageDeviceDescriptor descriptor(String path) {
    return StorageDeviceDescriptor.parse(
        tryAsk(
            path,
            Win32.IOCTL_STORAGE_QUERY_PROPERTY,
            StorageDeviceDescriptor.QUERY,
            StorageDeviceDescriptor.SIZE));
  }

  DiskGeometryEx geometry(String path) {
    byte[] answer =
        tryAsk(path, Win32.IOCTL_DISK_GET_DRIVE_GEOMETRY_EX, NO_INPUT, DiskGeometryEx.SIZE);
    return answer.length == 0 ? DiskGeometryEx.NO_MEDIUM : DiskGeometryEx.parse(answer);
  }

  DriveLayoutInformationEx layout(String path) {
    byte[] answer =
        tryAsk(path, Win32.IOCTL_DISK_GET_DRIVE_LAYOUT_EX, NO_INPUT, DriveLayoutInformationEx.SIZE);
    return answer.length == 0
        ? DriveLayoutInformationEx.NONE
        : DriveLayoutInformationEx.parse(answer);
  }

  boolean isReadOnly(String path) {
    try {
      ask(path, Win32.IOCTL_DISK_IS_WRITABLE, NO_INPUT, 0);
      return false;
    } catch (Win32Exception e) {
      return e.code() == Win32Exception.ERROR_WRITE_PROTECT;
    } catch (IOException e) {
      return false;
    }
  }

  /** DEVICE_SEEK_PENALTY_DESCRIPTOR: Version, Size, IncursSeekPenalty. */
  boolean isRotational(String path) {
    byte[] answer = tryAsk(path, Win32.IOCTL_STORAGE_QUERY_PROPERTY, SEEK_PENALTY, 12);
    return new Structure(answer).u8(8) != 0;
  }
}
