package zeroboot.usb.windows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The calls of Windows that zboot needs, as Windows names them; a recorded machine answers from
 * memory. Each fails with a {@link Win32Exception}.
 */
interface Win32 {
  /** dwDesiredAccess of CreateFileW. */
  int GENERIC_READ = 0x80000000;

  int GENERIC_WRITE = 0x40000000;

  /** dwShareMode of CreateFileW. */
  int FILE_SHARE_READ = 1;

  int FILE_SHARE_WRITE = 2;

  /** dwFlagsAndAttributes of CreateFileW. */
  int FILE_FLAG_NO_BUFFERING = 0x20000000;

  int FILE_FLAG_WRITE_THROUGH = 0x80000000;

  /** {@code winioctl.h}: for each, what may be asked without any right but to look. */
  int IOCTL_STORAGE_GET_DEVICE_NUMBER = 0x002D1080;

  int IOCTL_STORAGE_QUERY_PROPERTY = 0x002D1400;
  int IOCTL_DISK_GET_DRIVE_GEOMETRY_EX = 0x000700A0;
  int IOCTL_DISK_GET_DRIVE_LAYOUT_EX = 0x00070050;
  int IOCTL_DISK_IS_WRITABLE = 0x00070024;
  int IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS = 0x00560000;

  /** And what only an administrator may. */
  int IOCTL_DISK_UPDATE_PROPERTIES = 0x00070140;

  int FSCTL_LOCK_VOLUME = 0x00090018;
  int FSCTL_DISMOUNT_VOLUME = 0x00090020;

  /** Paths of all disks that are there, with the maker, the product and the serial in them. */
  List<String> diskInterfaces() throws IOException;

  /** Names of all volumes: {@code \\?\Volume{…}\}. */
  List<String> volumes() throws IOException;

  /** Where a volume is mounted: {@code E:\}. */
  List<String> mountPoints(String volume) throws IOException;

  /** Label and file system of a volume. */
  VolumeInformation volumeInformation(String volume) throws IOException;

  /** {@code C:\Windows}. */
  String windowsDirectory() throws IOException;

  /** CreateFileW with OPEN_EXISTING; the handle is to be closed. */
  long open(String name, int access, int share, int flags) throws IOException;

  void close(long handle) throws IOException;

  /** DeviceIoControl; as many bytes as came, {@code outputSize} at most. */
  byte[] control(long handle, int code, byte[] input, int outputSize) throws IOException;

  /** ReadFile at an offset; 0 at the end. */
  int read(long handle, ByteBuffer buffer, long offset) throws IOException;

  /** WriteFile at an offset. */
  int write(long handle, ByteBuffer buffer, long offset) throws IOException;

  void flush(long handle) throws IOException;

  /**
   * Of GetVolumeInformationW.
   *
   * @param label empty if it has none
   * @param fileSystem {@code FAT32}, {@code NTFS}…
   */
  record VolumeInformation(String label, String fileSystem) {}
}
