package zeroboot.usb;

import java.util.List;

/**
 * What is on a disk.
 *
 * @param isReadable whether the disk could be looked at; if not, only the partitions are known
 * @param table {@code MBR}, {@code GPT}, or empty
 * @param whole what was recognised on the disk as a whole
 * @param partitions what the kernel made of the partition table
 */
public record Contents(
    boolean isReadable, String table, List<Content> whole, List<Partition> partitions) {
  /** Nothing known. */
  public static final Contents UNKNOWN = new Contents(false, "", List.of(), List.of());

  /** One line: {@code GPT: sdb1 FAT32 'EFI', sdb2 ext2/3/4}. */
  public String shown() {
    StringBuilder text = new StringBuilder(table);
    whole.forEach(content -> append(text, ", ", content.shown()));
    String separator = ": ";
    for (Partition partition : partitions) {
      append(text, separator, partition.name());
      partition.contents().forEach(content -> text.append(' ').append(content.shown()));
      separator = ", ";
    }
    if (text.length() > 0) {
      return text.toString();
    }
    return isReadable ? "nothing recognised" : "cannot be read (root may look)";
  }

  private static void append(StringBuilder text, String separator, String more) {
    if (text.length() > 0) {
      text.append(separator);
    }
    text.append(more);
  }
}
