package zeroboot.image;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import zeroboot.image.fat.FatBootSector;
import zeroboot.image.iso.BootCatalog;
import zeroboot.image.iso.BootEntry;
import zeroboot.image.iso.IsoLayout;
import zeroboot.image.iso.IsoWriter;
import zeroboot.image.iso.PrimaryVolumeDescriptor;
import zeroboot.image.plan.BiosBootCode;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.image.plan.PathTree;
import zeroboot.image.plan.SizeCap;
import zeroboot.spec.BootPath;

/**
 * An ISO image that boots as a CD and, written to a stick, as a disk: ISO 9660, behind it the BIOS
 * boot code and the FAT12 volume with the UEFI file. El Torito points at both, and so does a master
 * boot record in the system area. The files of the FAT volume are in the ISO's folders as well;
 * they share its bytes.
 *
 * <p>There are no 150 empty blocks at the end, which some writers add for drives that read ahead on
 * CD-Rs burnt track at once: a third of a megabyte, and firmware reads named blocks only.
 */
public final class IsoImage {
  private static final int BLOCK = PrimaryVolumeDescriptor.BLOCK;

  /** Where a person finds the BIOS boot code in the ISO. */
  private static final String BIOS_FILE = "BOOT/BIOS.BIN";

  /** Where a person finds the FAT volume in the ISO. */
  private static final String FAT_FILE = "BOOT/EFI.IMG";

  /** Firmware loads one block, the boot code the rest of itself: more upsets some BIOSes. */
  private static final int BIOS_LOAD_SECTORS = BLOCK / FatBootSector.SECTOR;

  private final BootParts parts;
  private final Optional<BiosBootCode> bios;
  private final IsoLayout iso;
  private final BootPartition partition;
  private final Layout layout;

  private IsoImage(BootParts parts) {
    this.parts = parts;
    bios = parts.bios();
    iso = IsoLayout.plan(paths());
    long fatBlock = biosBlock() + IsoLayout.blocks(bios.map(BiosBootCode::size).orElse(0));
    partition = BootPartition.plan(parts, fatBlock * BLOCK, BLOCK);
    Layout.Builder plan =
        new Layout.Builder()
            .extent("system area", 0, (long) IsoLayout.FIRST_BLOCK * BLOCK)
            .extents(iso.extents());
    bios.ifPresent(code -> plan.extent(BootParts.BIOS_CODE, biosBlock() * BLOCK, code.size()));
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
    partition.writeBootRecord(image, biosBlock() * BLOCK / FatBootSector.SECTOR);
    IsoWriter.Identity identity =
        new IsoWriter.Identity(
            BootParts.VOLUME_NAME,
            parts.imageId().shown().replace('-', '_'),
            layout.size() / BLOCK);
    byte[] structures = IsoWriter.write(iso, identity, files(), catalog());
    System.arraycopy(structures, 0, image, IsoLayout.FIRST_BLOCK * BLOCK, structures.length);
    int biosOffset = Math.toIntExact(biosBlock() * BLOCK);
    bios.ifPresent(
        code -> System.arraycopy(code.onCd(biosBlock()), 0, image, biosOffset, code.size()));
    partition.writeTo(image);
    return image;
  }

  private long biosBlock() {
    return iso.firstFileBlock();
  }

  private PathTree paths() {
    TreeSet<String> paths = new TreeSet<>(parts.files().paths().files());
    paths.add(FAT_FILE);
    bios.ifPresent(code -> paths.add(BIOS_FILE));
    return new PathTree(paths);
  }

  private Map<String, Extent> files() {
    Map<String, Extent> files = new TreeMap<>(partition.files());
    files.put(FAT_FILE, new Extent(FAT_FILE, partition.offset(), partition.fat().size()));
    bios.ifPresent(
        code -> files.put(BIOS_FILE, new Extent(BIOS_FILE, biosBlock() * BLOCK, code.size())));
    return files;
  }

  /** BIOS first, as firmware without UEFI knows the initial entry only. */
  private BootCatalog catalog() {
    Map<BootPath, BootEntry> entries = new EnumMap<>(BootPath.class);
    bios.ifPresent(
        code -> entries.put(BootPath.BIOS, BootEntry.noEmulation(BIOS_LOAD_SECTORS, biosBlock())));
    if (parts.isForUefi()) {
      int sectors = partition.fat().sectors();
      entries.put(BootPath.UEFI_X64, BootEntry.noEmulation(sectors, partition.offset() / BLOCK));
    }
    return BootCatalog.of(entries);
  }
}
