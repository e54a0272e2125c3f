package zeroboot.usb;

import java.util.List;

/**
 * A partition as the system sees it.
 *
 * @param name the system's, {@code sdb1}
 * @param start in bytes from the start of the disk; {@link #UNKNOWN} where the system does not say
 * @param size in bytes
 * @param contents what was recognised in it
 */
public record Partition(String name, long start, long size, List<Content> contents) {
  /** No start: macOS lists none. */
  public static final long UNKNOWN = -1;
}
