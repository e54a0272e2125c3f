package zeroboot.usb.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * DRIVE_LAYOUT_INFORMATION_EX.
 *
 * @param partitionStyle 0 MBR, 1 GPT, 2 neither
 */
record DriveLayoutInformationEx(long partitionStyle, List<Entry> partitionEntry) {
  /** Room for 128 partitions. */
  static final int SIZE = 48 + 128 * Entry.SIZE;

  /** What a disk without a partition table has. */
  static final DriveLayoutInformationEx NONE = new DriveLayoutInformationEx(2, List.of());

  private static final int MBR = 0;

  /**
   * PARTITION_INFORMATION_EX.
   *
   * @param startingOffset in bytes
   * @param partitionLength in bytes
   * @param type two hexadecimal digits of an MBR, or the 32 of a GUID
   */
  record Entry(long startingOffset, long partitionLength, long partitionNumber, String type) {
    static final int SIZE = 144;

    /** The Logical Disk Manager's own data and volumes. */
    private static final Set<String> DYNAMIC =
        Set.of("42", "5808c8aa7e8f42e085d2e1e90434cfb3", "af9b60a014314f62bc683311714a69ad");

    private static final String STORAGE_SPACES = "e75caf8ff6804ceeafa3b001e56efc2d";

    boolean isDynamic() {
      return DYNAMIC.contains(type);
    }

    boolean isStorageSpaces() {
      return type.equals(STORAGE_SPACES);
    }
  }

  static DriveLayoutInformationEx parse(byte[] bytes) {
    Structure s = new Structure(bytes);
    long style = s.u32(0); // PartitionStyle
    long count = Math.min(s.u32(4), bytes.length / Entry.SIZE); // PartitionCount
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = 48 + (long) i * Entry.SIZE; // PartitionEntry
      String type =
          style == MBR ? String.format(Locale.ROOT, "%02x", s.u8(at + 32)) : s.guid(at + 32);
      // An MBR's unused entries have no number.
      if (s.u32(at + 24) != 0) {
        entries.add(new Entry(s.i64(at + 8), s.i64(at + 16), s.u32(at + 24), type));
      }
    }
    return new DriveLayoutInformationEx(style, List.copyOf(entries));
  }

  /** {@code MBR}, {@code GPT} or empty. */
  String table() {
    return switch ((int) partitionStyle) {
      case MBR -> partitionEntry.isEmpty() ? "" : "MBR";
      case 1 -> "GPT";
      default -> "";
    };
  }
}
