package zeroboot.usb;

import java.util.List;

/**
 * A partition as the kernel sees it.
 *
 * @param name the kernel's, {@code sdb1}
 * @param start in bytes from the start of the disk
 * @param size in bytes
 * @param contents what was recognised in it
 */
public record Partition(String name, long start, long size, List<Content> contents) {}
