package zeroboot.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.Guid;
import zeroboot.ground.Units;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.gpt.GptEntry;
import zeroboot.image.gpt.GptHeader;
import zeroboot.image.gpt.GuidPartitionTable;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.mbr.PartitionRecord;
import zeroboot.image.plan.BiosBootCode;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.image.plan.SizeCap;
import zeroboot.script.ImageId;
import zeroboot.spec.TargetFirmware;

/**
 * An image of a USB stick or disk with a GUID partition table: one FAT12 partition with the UEFI
 * file, and a BIOS boot partition with the BIOS boot code, whose first sector stands once more in
 * the protective master boot record.
 */
final class UsbGptForm extends Form {
  /** Partitions begin and end at multiples of this, as media with larger sectors want it. */
  private static final int ALIGNMENT = 4096;

  private static final int ARRAY = GuidPartitionTable.ARRAY;

  UsbGptForm() {
    super(
        "usb-gpt",
        "usb --table gpt",
        "a GPT disk image",
        "gpt.img",
        TargetFirmware.BOTH,
        Start.DISK,
        Mark.PARTITION_TABLE);
  }

  @Override
  BootImage make(ImageContents contents) {
    return contents.detailed(new Plan(contents.parts()).write());
  }

  /** Either mark is enough: the other may be damaged. */
  @Override
  public boolean recognises(byte[] head) {
    SpecReader r = SpecReader.of("medium", head);
    return MasterBootRecord.firstType(r) == PartitionRecord.GPT_PROTECTIVE
        || (head.length >= 2 * Units.SECTOR
            && r.text(Units.SECTOR, GptHeader.SIGNATURE.length()).equals(GptHeader.SIGNATURE));
  }

  @Override
  public List<Extent> structures(SpecReader head) {
    GptHeader header = GptHeader.read(head.part("GPT header", Units.SECTOR, Units.SECTOR));
    return structures(header.alternateLba() + 1);
  }

  private static List<Extent> structures(long sectors) {
    long backup = (sectors - GuidPartitionTable.BACKUP) * Units.SECTOR;
    return List.of(
        new Extent("boot record", 0, MasterBootRecord.BYTES),
        new Extent("GPT header", Units.SECTOR, Units.SECTOR),
        new Extent("GPT partitions", GuidPartitionTable.ARRAY_OFFSET, ARRAY),
        new Extent("GPT partitions, backup", Math.max(0, backup), ARRAY),
        new Extent("GPT header, backup", Math.max(0, backup) + ARRAY, Units.SECTOR));
  }

  /** What lies where. */
  private static final class Plan {
    private final BootParts parts;
    private final BootPartition partition;
    private final Optional<Extent> bios;
    private final long sectors;

    Plan(BootParts parts) {
      this.parts = parts;
      long start = aligned((long) GuidPartitionTable.FIRST_USABLE * Units.SECTOR);
      partition = BootPartition.plan(parts, start, Units.SECTOR);
      long next = aligned(partition.end());
      bios = parts.bios().map(code -> new Extent(BootParts.BIOS_CODE, next, code.size()));
      long end = aligned(bios.map(Extent::end).orElse(partition.end()));
      sectors = end / Units.SECTOR + GuidPartitionTable.BACKUP;
    }

    BootImage write() {
      Layout.Builder plan = new Layout.Builder().extents(structures(sectors));
      bios.ifPresent(code -> plan.extent(code.name(), code.offset(), code.length()));
      partition.claim(plan);
      Layout layout = plan.build(sectors * Units.SECTOR);
      SizeCap.check(layout);

      byte[] image = new byte[Math.toIntExact(layout.size())];
      put(image, 0, bootRecord().toBytes());
      GuidPartitionTable table = new GuidPartitionTable(guid("GPT disk"), sectors, partitions());
      put(image, Units.SECTOR, table.primary());
      partition.writeTo(image);
      bios.ifPresent(code -> put(image, code.offset(), biosCode(code)));
      byte[] backup = table.backup();
      put(image, image.length - backup.length, backup);
      return new BootImage(image, layout);
    }

    /**
     * Section 5.2.3 has neither a signature nor an active partition in a protective record, and
     * firmware that finds one does not take the disk for one with a GUID partition table.
     */
    private MasterBootRecord bootRecord() {
      PartitionRecord all = PartitionRecord.protective(sectors - 1);
      return bios.map(code -> MasterBootRecord.around(biosCode(code), 0, all))
          .orElseGet(() -> MasterBootRecord.withoutBootCode(0, all));
    }

    private byte[] biosCode(Extent place) {
      BiosBootCode code = parts.bios().orElseThrow();
      return code.onDisk(place.offset() / Units.SECTOR);
    }

    private List<GptEntry> partitions() {
      List<GptEntry> partitions = new ArrayList<>();
      Guid type = parts.isForUefi() ? GptEntry.EFI_SYSTEM : GptEntry.BASIC_DATA;
      partitions.add(entry(type, partition.offset(), partition.end(), BootParts.VOLUME_NAME));
      bios.ifPresent(
          code ->
              partitions.add(entry(GptEntry.BIOS_BOOT, code.offset(), code.end(), "BIOS boot")));
      return partitions;
    }

    private GptEntry entry(Guid type, long offset, long end, String name) {
      return new GptEntry(
          type,
          guid("GPT partition " + name),
          offset / Units.SECTOR,
          aligned(end) / Units.SECTOR - 1,
          name);
    }

    private static long aligned(long place) {
      return Units.roundUp(place, ALIGNMENT);
    }

    /** The same image has the same names, and no other image has. */
    private Guid guid(String purpose) {
      String digest = ImageId.of(parts.imageId().digest(), purpose).digest();
      return Guid.derivedFrom(digest.getBytes(StandardCharsets.US_ASCII));
    }

    private static void put(byte[] image, long at, byte[] bytes) {
      System.arraycopy(bytes, 0, image, Math.toIntExact(at), bytes.length);
    }
  }
}
