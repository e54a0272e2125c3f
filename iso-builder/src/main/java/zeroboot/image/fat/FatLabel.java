package zeroboot.image.fat;

import java.util.Optional;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.mbr.MasterBootRecord;

/** Recognises a volume by its boot sector: FAT by its own fields, others by their names in it. */
public final class FatLabel {
  private static final int FAT32_LABEL = 71;
  private static final int FAT32_TYPE = 82;

  private FatLabel() {}

  /** For people: {@code FAT32, label "DATA"}. */
  public static Optional<String> of(SpecReader volume) {
    if (!MasterBootRecord.isMarked(volume)) {
      return Optional.empty();
    }
    if (volume.text(FatBootSector.TYPE, 3).equals("FAT")) { // BS_FilSysType of FAT12 and FAT16
      return Optional.of(fat(volume, FatBootSector.TYPE, FatBootSector.LABEL));
    }
    if (volume.text(FAT32_TYPE, 5).equals("FAT32")) { // BS_FilSysType of FAT32
      return Optional.of(fat(volume, FAT32_TYPE, FAT32_LABEL));
    }
    return switch (volume.text(FatBootSector.OEM_NAME, 8)) { // BS_OEMName
      case "NTFS    " -> Optional.of("NTFS");
      case "EXFAT   " -> Optional.of("exFAT");
      default -> Optional.empty();
    };
  }

  private static String fat(SpecReader volume, int type, int label) {
    String name = volume.spacePadded(label, FatBootSector.LABEL_BYTES);
    return volume.spacePadded(type, FatBootSector.TYPE_BYTES)
        + (name.isEmpty() ? "" : ", label \"" + name + "\"");
  }
}
