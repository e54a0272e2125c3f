package zeroboot.usb.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import zeroboot.usb.BlockReader;
import zeroboot.usb.Content;

/** Looks for known formats on a disk or a partition. */
public final class Probe {
  private static final int BOOT_SIGNATURE = 510;
  private static final int FIRST_RECORD = 446;
  private static final int RECORD = 16;

  private Probe() {}

  /** What a person wants to know: each format once, with its label. */
  public static List<Content> contents(BlockReader disk, int blockSize) throws IOException {
    Set<Content> contents = new LinkedHashSet<>();
    for (FoundMark found : search(Marks.CONTENTS, disk, blockSize)) {
      contents.add(new Content(found.name(), found.label()));
    }
    return List.copyOf(contents);
  }

  /** {@code GPT}, {@code MBR} or empty. */
  public static String partitionTable(BlockReader disk, int blockSize) throws IOException {
    if (!search(Marks.PARTITION_TABLES, disk, blockSize).isEmpty()) {
      return "GPT";
    }
    byte[] sector = disk.read(0, 512);
    return sector.length == 512 && isMasterBootRecord(sector) ? "MBR" : "";
  }

  /**
   * Everything that firmware or kernel could still recognise: partition tables at both ends, RAID,
   * volume managers, file systems. The master boot record is not among them: whoever writes an
   * image writes or clears that anyway.
   */
  public static List<FoundMark> signatures(BlockReader disk, int blockSize) throws IOException {
    List<FoundMark> found = new ArrayList<>(search(Marks.PARTITION_TABLES, disk, blockSize));
    found.addAll(search(Marks.CONTENTS, disk, blockSize));
    return found;
  }

  private static List<FoundMark> search(List<Mark> signatures, BlockReader disk, int blockSize)
      throws IOException {
    List<FoundMark> all = new ArrayList<>();
    for (Mark signature : signatures) {
      for (Spot spot : signature.spots()) {
        long position = spot.position(disk.size(), blockSize);
        if (position < 0) {
          continue;
        }
        // The longest structures are looked at only as far as their magic number and label reach.
        int needed = spot.magicOffset() + spot.magic().length;
        byte[] bytes = disk.read(position, needed);
        if (spot.isIn(bytes)) {
          String label =
              spot.equals(signature.spots().get(0)) ? label(signature, disk, position) : "";
          all.add(new FoundMark(signature.name(), label, position, spot.length()));
        }
      }
    }
    return all;
  }

  private static String label(Mark signature, BlockReader disk, long position) throws IOException {
    if (signature.name().equals("ZFS")) {
      return ZfsPool.of(disk.read(position + ZfsPool.LIST_OFFSET, ZfsPool.LIST_LENGTH)).name();
    }
    if (signature.labelOffset() < 0) {
      return "";
    }
    byte[] bytes = disk.read(position + signature.labelOffset(), signature.labelLength());
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    String label = new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
    return label.equals("NO NAME") ? "" : printable(label);
  }

  /** Strangers chose these bytes, and terminals obey control characters. */
  static String printable(String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  /** Four records that could be partitions (one at least), and the boot signature. */
  private static boolean isMasterBootRecord(byte[] sector) {
    if (sector[BOOT_SIGNATURE] != 0x55 || sector[BOOT_SIGNATURE + 1] != (byte) 0xAA) {
      return false;
    }
    boolean any = false;
    for (int i = FIRST_RECORD; i < BOOT_SIGNATURE; i += RECORD) {
      if ((sector[i] & 0x7F) != 0) {
        return false;
      }
      any |= sector[i + 4] != 0;
    }
    return any;
  }
}
