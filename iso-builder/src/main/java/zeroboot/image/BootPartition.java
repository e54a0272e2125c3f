package zeroboot.image;

import java.util.Map;
import java.util.TreeMap;
import zeroboot.ground.Units;
import zeroboot.image.fat.FatLayout;
import zeroboot.image.fat.FatWriter;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.mbr.PartitionRecord;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Gap;
import zeroboot.image.plan.Layout;

/**
 * The FAT partition of an image, and the partition table that points at it.
 *
 * @param parts what is in it
 * @param fat how it is laid out
 * @param offset where it begins in the image, in bytes
 */
record BootPartition(BootParts parts, FatLayout fat, long offset) {
  static final String NAME = "FAT file system";

  /**
   * Plans the partition.
   *
   * @param offset where it is to begin, a multiple of 512
   * @param alignment of the files in it, in bytes
   */
  static BootPartition plan(BootParts parts, long offset, int alignment) {
    FatLayout.Identity identity =
        new FatLayout.Identity(
            BootParts.VOLUME_NAME, parts.imageId().serial("FAT volume"), offset / Units.SECTOR);
    return new BootPartition(parts, FatLayout.plan(parts.files(), identity, alignment), offset);
  }

  long end() {
    return offset + fat.size();
  }

  /** Where its files lie in the image. */
  Map<String, Extent> files() {
    Map<String, Extent> files = new TreeMap<>();
    parts
        .files()
        .files()
        .forEach(
            (path, bytes) -> {
              Extent inVolume = fat.extentOf(path, bytes.length);
              files.put(path, new Extent(path, offset + inVolume.offset(), bytes.length));
            });
    return files;
  }

  /** Adds itself, its files and the partition table to a layout. */
  void claim(Layout.Builder layout) {
    layout.extent(NAME, offset, fat.size());
    files().forEach((path, file) -> layout.view(path, file.offset(), file.length()));
    int table = MasterBootRecord.TABLE_OFFSET;
    layout.view("partition table", table, MasterBootRecord.BYTES - table);
  }

  /** Writes itself into the image, where that is zero. */
  void writeTo(byte[] image) {
    FatWriter.writeTo(image, Math.toIntExact(offset), parts.files(), fat);
  }

  /**
   * Writes the image's first sector. The partition is marked active: some BIOSes start no disk
   * without.
   *
   * @param biosLba sector where the BIOS boot code begins, if there is one
   * @param gap in that
   */
  void writeBootRecord(byte[] image, long biosLba, Gap gap) {
    int type = parts.isForUefi() ? PartitionRecord.EFI_SYSTEM : PartitionRecord.FAT12;
    PartitionRecord partition = PartitionRecord.active(type, offset / Units.SECTOR, fat.sectors());
    long signature = parts.imageId().serial("MBR disk");
    MasterBootRecord record =
        parts
            .bios()
            .map(bios -> MasterBootRecord.around(bios.onDisk(biosLba, gap), signature, partition))
            .orElseGet(() -> MasterBootRecord.withoutBootCode(signature, partition));
    System.arraycopy(record.toBytes(), 0, image, 0, MasterBootRecord.BYTES);
  }
}
