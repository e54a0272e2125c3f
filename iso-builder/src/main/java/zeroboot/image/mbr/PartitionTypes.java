package zeroboot.image.mbr;

import java.util.Locale;
import java.util.Map;

/** What partition types are called. */
public final class PartitionTypes {
  private static final Map<Integer, String> MBR =
      Map.ofEntries(
          Map.entry(0x01, "FAT12"),
          Map.entry(0x04, "FAT16"),
          Map.entry(0x05, "extended"),
          Map.entry(0x06, "FAT16"),
          Map.entry(0x07, "NTFS or exFAT"),
          Map.entry(0x0B, "FAT32"),
          Map.entry(0x0C, "FAT32"),
          Map.entry(0x0E, "FAT16"),
          Map.entry(0x0F, "extended"),
          Map.entry(0x17, "hidden NTFS or ISO 9660"),
          Map.entry(0x82, "Linux swap"),
          Map.entry(0x83, "Linux"),
          Map.entry(0x8E, "Linux LVM"),
          Map.entry(0xCD, "ISO 9660"),
          Map.entry(0xEE, "GPT, protective"),
          Map.entry(0xEF, "EFI system"),
          Map.entry(0xFD, "Linux RAID"));

  /** UEFI specification 5.3.3, Discoverable Partitions Specification; GUIDs as they are written. */
  private static final Map<String, String> GPT =
      Map.ofEntries(
          Map.entry("C12A7328-F81F-11D2-BA4B-00A0C93EC93B", "EFI system"),
          Map.entry("21686148-6449-6E6F-744E-656564454649", "BIOS boot"),
          Map.entry("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", "Windows data"),
          Map.entry("E3C9E316-0B5C-4DB8-817D-F92DF00215AE", "Microsoft reserved"),
          Map.entry("0FC63DAF-8483-4772-8E79-3D69D8477DE4", "Linux"),
          Map.entry("0657FD6D-A4AB-43C4-84E5-0933C84B4F4F", "Linux swap"),
          Map.entry("E6D6D379-F507-44C2-A23C-238F2A3DF928", "Linux LVM"),
          Map.entry("4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709", "Linux root (x86-64)"));

  private PartitionTypes() {}

  /** The OS type of a master boot record. */
  public static String mbr(int type) {
    return MBR.getOrDefault(type, String.format(Locale.ROOT, "type %02x", type));
  }

  /** The partition type GUID of a GUID partition table, upper case. */
  public static String gpt(String guid) {
    return GPT.getOrDefault(guid, "type " + guid);
  }
}
