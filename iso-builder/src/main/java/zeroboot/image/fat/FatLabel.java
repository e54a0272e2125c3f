package zeroboot.image.fat;

import java.util.Optional;
import zeroboot.image.bytes.SpecReader;

/** Recognises a volume by its boot sector: FAT by its own fields, others by their names in it. */
public final class FatLabel {
  private static final int SECTOR = 512;

  private FatLabel() {}

  /** For people: {@code FAT32, label "DATA"}. */
  public static Optional<String> of(SpecReader volume) {
    if (volume.size() < SECTOR || volume.le16(510) != 0xAA55) {
      return Optional.empty();
    }
    if (volume.text(54, 3).equals("FAT")) { // BS_FilSysType of FAT12 and FAT16
      return Optional.of(fat(volume, 54, 43));
    }
    if (volume.text(82, 5).equals("FAT32")) { // BS_FilSysType of FAT32
      return Optional.of(fat(volume, 82, 71));
    }
    return switch (volume.text(3, 8)) { // BS_OEMName
      case "NTFS    " -> Optional.of("NTFS");
      case "EXFAT   " -> Optional.of("exFAT");
      default -> Optional.empty();
    };
  }

  private static String fat(SpecReader volume, int type, int label) {
    String name = volume.spacePadded(label, 11);
    return volume.spacePadded(type, 8) + (name.isEmpty() ? "" : ", label \"" + name + "\"");
  }
}
