package zeroboot.usb.windows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A computer in memory. Its answers are laid out field by field as {@code winioctl.h} documents
 * them; what was opened, locked and written is kept in order.
 */
final class RecordedWindows implements Win32 {
  private final Map<String, byte[]> answers = new HashMap<>();
  private final Map<String, List<String>> mounts = new HashMap<>();
  private final Map<String, VolumeInformation> information = new HashMap<>();
  private final List<String> interfaces = new ArrayList<>();
  private final List<String> volumes = new ArrayList<>();
  private final Map<Long, String> open = new HashMap<>();
  private long handles;

  /** What changed or could have: opens for writing, locks, dismounts, writes, closings of these. */
  final List<String> log = new ArrayList<>();

  /** By what is tried, {@code lock \\?\Volume{…}}: the error that Windows answers. */
  final Map<String, Integer> failures = new HashMap<>();

  private static String key(String name, int code, byte[] input) {
    return name + " " + Integer.toHexString(code) + (input.length == 0 ? "" : " " + input[0]);
  }

  private static ByteBuffer structure(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer structure) {
    byte[] bytes = new byte[structure.capacity()];
    structure.get(0, bytes);
    return bytes;
  }

  /** A disk with a path of its own; a size of 0 stands for no medium. */
  void disk(int number, String id, int bus, boolean isRemovable, long size) {
    String path = "\\\\.\\PhysicalDrive" + number;
    interfaces.add(id);
    byte[] deviceNumber = bytes(structure(12).putInt(7).putInt(number).putInt(-1));
    answers.put(key(id, IOCTL_STORAGE_GET_DEVICE_NUMBER, new byte[0]), deviceNumber);
    answers.put(key(path, IOCTL_STORAGE_GET_DEVICE_NUMBER, new byte[0]), deviceNumber);
    if (size > 0) {
      // DISK_GEOMETRY: Cylinders, MediaType, TracksPerCylinder, SectorsPerTrack, BytesPerSector;
      // then DiskSize.
      ByteBuffer geometry = structure(32).putLong(1).putInt(12).putInt(255).putInt(63);
      geometry.putInt(number == 3 ? 4096 : 512).putLong(size);
      answers.put(key(path, IOCTL_DISK_GET_DRIVE_GEOMETRY_EX, new byte[0]), bytes(geometry));
    }
    answers.put(key(path, IOCTL_DISK_IS_WRITABLE, new byte[0]), new byte[0]);
    describe(path, bus, isRemovable, "", "", "");
  }

  /** STORAGE_DEVICE_DESCRIPTOR with its texts behind it; one that is missing has the offset 0. */
  void describe(
      String path, int bus, boolean isRemovable, String vendor, String product, String serial) {
    ByteBuffer descriptor = structure(200);
    descriptor.putInt(40).putInt(200); // Version, Size
    descriptor.put((byte) 0).put((byte) 0); // DeviceType, DeviceTypeModifier
    descriptor.put((byte) (isRemovable ? 1 : 0)).put((byte) 0); // RemovableMedia, CommandQueueing
    int at = 40;
    for (String text : new String[] {vendor, product, "1.00", serial}) {
      descriptor.putInt(
          text.isEmpty() ? 0 : at); // VendorId-, ProductId-, -Revision-, -NumberOffset
      byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
      descriptor.put(at, bytes);
      at += bytes.length;
    }
    descriptor.putInt(bus).putInt(0); // BusType, RawPropertiesLength
    answers.put(key(path, IOCTL_STORAGE_QUERY_PROPERTY, new byte[12]), bytes(descriptor));
  }

  /**
   * DRIVE_LAYOUT_INFORMATION_EX.
   *
   * @param types of the partitions: two hexadecimal digits, or a GUID as Windows stores it
   */
  void layout(int number, int style, long[] starts, byte[][] types) {
    ByteBuffer layout = structure(48 + 4 * 144);
    layout.putInt(style).putInt(style == 0 ? 4 : starts.length); // PartitionStyle, PartitionCount
    for (int i = 0; i < starts.length; i++) {
      int at = 48 + i * 144;
      layout.putInt(at, style); // PartitionStyle
      layout.putLong(at + 8, starts[i]).putLong(at + 16, 1 << 20); // StartingOffset, Length
      layout.putInt(at + 24, i + 1); // PartitionNumber
      layout.put(at + 32, types[i]); // Mbr.PartitionType, or Gpt.PartitionType
    }
    answers.put(
        key("\\\\.\\PhysicalDrive" + number, IOCTL_DISK_GET_DRIVE_LAYOUT_EX, new byte[0]),
        bytes(layout));
  }

  /** A volume on a disk, or on several: pairs of disk and offset. None for a CD drive. */
  void volume(String name, VolumeInformation contents, List<String> points, long... extents) {
    volumes.add(name);
    mounts.put(name, points);
    information.put(name, contents);
    if (extents.length > 0) {
      ByteBuffer answer = structure(8 + extents.length / 2 * 24);
      answer.putInt(extents.length / 2).putInt(0); // NumberOfDiskExtents, padding
      for (int i = 0; i < extents.length; i += 2) {
        answer.putInt((int) extents[i]).putInt(0); // DiskNumber, padding
        answer.putLong(extents[i + 1]).putLong(1 << 20); // StartingOffset, ExtentLength
      }
      answers.put(
          key(
              name.substring(0, name.length() - 1),
              IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS,
              new byte[0]),
          bytes(answer));
    }
  }

  private void fail(String what) throws Win32Exception {
    Integer code = failures.get(what);
    if (code != null) {
      throw new Win32Exception(code, "error " + code);
    }
  }

  @Override
  public List<String> diskInterfaces() {
    return interfaces;
  }

  @Override
  public List<String> volumes() {
    return volumes;
  }

  @Override
  public List<String> mountPoints(String volume) {
    return mounts.getOrDefault(volume, List.of());
  }

  @Override
  public VolumeInformation volumeInformation(String volume) {
    return information.getOrDefault(volume, new VolumeInformation("", ""));
  }

  @Override
  public String windowsDirectory() {
    return "C:\\Windows";
  }

  @Override
  public long open(String name, int access, int share, int flags) throws IOException {
    boolean isWriting = (access & GENERIC_WRITE) != 0;
    if (isWriting) {
      fail("open " + name);
      log.add(
          "open "
              + name
              + " share "
              + share
              + (flags == 0 ? "" : " " + Integer.toHexString(flags)));
    }
    handles++;
    open.put(handles, (isWriting ? "" : "only look at ") + name);
    return handles;
  }

  @Override
  public void close(long handle) {
    String name = open.remove(handle);
    if (name != null && !name.startsWith("only look at ")) {
      log.add("close " + name);
    }
  }

  @Override
  public byte[] control(long handle, int code, byte[] input, int outputSize) throws IOException {
    String name = String.valueOf(open.get(handle)).replace("only look at ", "");
    switch (code) {
      case FSCTL_LOCK_VOLUME -> change("lock " + name);
      case FSCTL_DISMOUNT_VOLUME -> change("dismount " + name);
      case IOCTL_DISK_UPDATE_PROPERTIES -> change("update " + name);
      case IOCTL_DISK_IS_WRITABLE -> fail("write-protected " + name);
      default -> {
        byte[] answer = answers.get(key(name, code, input));
        if (answer == null) {
          throw new Win32Exception(1, "Incorrect function.");
        }
        return answer;
      }
    }
    return new byte[0];
  }

  private void change(String what) throws Win32Exception {
    fail(what);
    log.add(what);
  }

  @Override
  public int read(long handle, ByteBuffer buffer, long offset) {
    return 0;
  }

  @Override
  public int write(long handle, ByteBuffer buffer, long offset) {
    int count = buffer.remaining();
    buffer.position(buffer.limit());
    log.add("write " + count + " at " + offset);
    return count;
  }

  @Override
  public void flush(long handle) {
    log.add("flush");
  }
}
