package zeroboot.image;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import zeroboot.ground.Units;
import zeroboot.image.iso.BootCatalog;
import zeroboot.image.iso.BootEntry;
import zeroboot.image.iso.IsoLayout;
import zeroboot.image.iso.IsoWriter;
import zeroboot.image.iso.PrimaryVolumeDescriptor;
import zeroboot.image.plan.BiosBootCode;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Gap;
import zeroboot.image.plan.Layout;
import zeroboot.image.plan.PathTree;
import zeroboot.image.plan.SizeCap;
import zeroboot.spec.BootPath;

/**
 * An ISO image that boots as a CD and, written to a stick, as a disk: ISO 9660, behind it the rest
 * of the BIOS boot code and the FAT12 volume with the UEFI file. El Torito points at both, and so
 * does a master boot record. The files of the FAT volume are in the ISO's folders as well; they
 * share its bytes.
 *
 * <p>The system area, which ISO 9660 leaves to others, is full: the master boot record, as much of
 * the BIOS boot code as goes in, the boot catalog. Empty it would be 32 KiB of zeros.
 *
 * <p>There are no 150 empty blocks at the end, which some writers add for drives that read ahead on
 * CD-Rs burnt track at once: a third of a megabyte, and firmware reads named blocks only.
 */
public final class IsoImage {
  private static final int BLOCK = PrimaryVolumeDescriptor.BLOCK;

  /** What layouts call the catalog. */
  static final String CATALOG = "El Torito boot catalog";

  /** What layouts call the master boot record with the zeros behind it. */
  static final String SYSTEM_AREA = "system area";

  /** Where a person finds the BIOS boot code in the ISO, and its rest. */
  private static final String BIOS_FILE = "BOOT/BIOS.BIN";

  private static final String BIOS_REST_FILE = "BOOT/BIOS2.BIN";

  /** The block behind that of the master boot record. */
  private static final int BIOS_BLOCK = 1;

  /** What the system area has room for, in bytes. */
  private static final int ROOM = (IsoLayout.CATALOG_BLOCK - BIOS_BLOCK) * BLOCK;

  /** Where a person finds the FAT volume in the ISO. */
  private static final String FAT_FILE = "BOOT/EFI.IMG";

  /** Firmware loads one block, the boot code the rest of itself: more upsets some BIOSes. */
  private static final int BIOS_LOAD_SECTORS = BLOCK / Units.SECTOR;

  private final BootParts parts;
  private final Optional<BiosBootCode> bios;
  private final List<Extent> biosExtents;
  private final Gap gap;
  private final IsoLayout iso;
  private final BootPartition partition;
  private final Layout layout;

  private IsoImage(BootParts parts) {
    this.parts = parts;
    bios = parts.bios();
    int size = bios.map(BiosBootCode::size).orElse(0);
    iso = IsoLayout.plan(paths(size));
    long data = iso.firstFileBlock() * BLOCK;
    Extent code = new Extent(BootParts.BIOS_CODE, BIOS_BLOCK * BLOCK, size);
    gap = size > ROOM ? new Gap(ROOM, data - code.offset() - ROOM) : Gap.NONE;
    biosExtents = size == 0 ? List.of() : gap.apart(code, code);
    long fatBlock = iso.firstFileBlock() + IsoLayout.blocks(Math.max(0, size - ROOM));
    partition = BootPartition.plan(parts, fatBlock * BLOCK, BLOCK);
    long catalog = (long) IsoLayout.CATALOG_BLOCK * BLOCK;
    Layout.Builder plan =
        new Layout.Builder()
            .extent(SYSTEM_AREA, 0, size == 0 ? catalog : code.offset())
            .extents(biosExtents)
            .extent(CATALOG, catalog, BLOCK)
            .extents(iso.extents());
    partition.claim(plan);
    layout = plan.build(partition.end());
  }

  /**
   * Plans the image and writes it.
   *
   * @throws zeroboot.ground.ZbootException if it would be larger than {@link SizeCap#BYTES}
   */
  public static BootImage make(BootParts parts) {
    IsoImage image = new IsoImage(parts);
    SizeCap.check(image.layout);
    return new BootImage(image.write(), image.layout);
  }

  private byte[] write() {
    byte[] image = new byte[Math.toIntExact(layout.size())];
    partition.writeBootRecord(image, BIOS_BLOCK * BLOCK / Units.SECTOR, gap);
    IsoWriter.Identity identity =
        new IsoWriter.Identity(
            BootParts.VOLUME_NAME,
            parts.imageId().shown().replace('-', '_'),
            layout.size() / BLOCK);
    byte[] structures = IsoWriter.write(iso, identity, files());
    System.arraycopy(structures, 0, image, IsoLayout.FIRST_BLOCK * BLOCK, structures.length);
    System.arraycopy(catalog().toBytes(), 0, image, IsoLayout.CATALOG_BLOCK * BLOCK, BLOCK);
    bios.ifPresent(code -> gap.put(code.onCd(BIOS_BLOCK, gap), image, BIOS_BLOCK * BLOCK));
    partition.writeTo(image);
    return image;
  }

  private PathTree paths(int biosSize) {
    TreeSet<String> paths = new TreeSet<>(parts.files().paths().files());
    paths.add(FAT_FILE);
    if (biosSize > 0) {
      paths.add(BIOS_FILE);
    }
    if (biosSize > ROOM) {
      paths.add(BIOS_REST_FILE);
    }
    return new PathTree(paths);
  }

  private Map<String, Extent> files() {
    Map<String, Extent> files = new TreeMap<>(partition.files());
    files.put(FAT_FILE, new Extent(FAT_FILE, partition.offset(), partition.fat().size()));
    for (Extent part : biosExtents) {
      files.put(part.offset() == BIOS_BLOCK * BLOCK ? BIOS_FILE : BIOS_REST_FILE, part);
    }
    return files;
  }

  /** BIOS first, as firmware without UEFI knows the initial entry only. */
  private BootCatalog catalog() {
    Map<BootPath, BootEntry> entries = new EnumMap<>(BootPath.class);
    bios.ifPresent(
        code -> entries.put(BootPath.BIOS, BootEntry.noEmulation(BIOS_LOAD_SECTORS, BIOS_BLOCK)));
    if (parts.isForUefi()) {
      int sectors = partition.fat().sectors();
      entries.put(BootPath.UEFI_X64, BootEntry.noEmulation(sectors, partition.offset() / BLOCK));
    }
    return BootCatalog.of(entries);
  }
}
