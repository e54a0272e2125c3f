package zeroboot.image.read;

import java.util.List;
import zeroboot.image.plan.Extent;

/**
 * A UEFI file of zboot's in a file system that somebody else made.
 *
 * @param path in that file system
 * @param partition its number, from 1; 0 if the medium has no partitions
 * @param fileSystem for people: {@code FAT32, label "DATA"}
 * @param pieces where its bytes lie on the medium, in their order
 * @param content a copy of its bytes
 */
public record FoundFile(
    String path, int partition, String fileSystem, List<Extent> pieces, byte[] content) {
  /** For people: {@code EFI/BOOT/BOOTX64.EFI in partition 1, FAT32}. */
  public String shown() {
    return path + (partition == 0 ? " in " : " in partition " + partition + ", ") + fileSystem;
  }
}
