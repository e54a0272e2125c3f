package zeroboot.image.iso;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.plan.Extent;

/**
 * An ISO 9660 volume that somebody wrote, checked as it is read: directories that loop or meet,
 * extents outside the volume, an image that is cut short end in one clear {@link ZbootException}.
 *
 * @param primary its primary volume descriptor
 * @param bootCatalog its El Torito boot entries, if there are any
 * @param files where each file lies, by path; names without their version
 */
public record IsoVolume(
    PrimaryVolumeDescriptor primary,
    Optional<BootCatalog> bootCatalog,
    SortedMap<String, Extent> files) {
  private static final int BLOCK = PrimaryVolumeDescriptor.BLOCK;

  /** Section 6.8.2.1; it also bounds how deep a hostile tree can go. */
  private static final int LONGEST_PATH = 255;

  /** How long the volume is, from the beginning of the medium on, in bytes. */
  public long size() {
    return primary.volumeSize();
  }

  /**
   * Reads the structures of an image.
   *
   * @throws ZbootException if this is no sound ISO 9660
   */
  public static IsoVolume read(SpecReader image) {
    Descriptors descriptors = Descriptors.read(image);
    PrimaryVolumeDescriptor primary = descriptors.primary();
    image.require(
        primary.volumeSize() <= image.size(),
        "the volume has " + primary.volumeSize() + " bytes, the image " + image.size());
    Optional<BootCatalog> catalog =
        descriptors
            .boot()
            .map(
                boot ->
                    image.part(
                        "El Torito boot catalog", boot.catalogBlock() * BLOCK, BootCatalog.BYTES))
            .map(BootCatalog::read);
    SpecReader volume = image.part("ISO 9660 file system", 0, primary.volumeSize());
    return new IsoVolume(primary, catalog, new Walk(volume).walk(primary.root()));
  }

  /** The volume descriptor set (section 6.7.1). */
  private record Descriptors(
      PrimaryVolumeDescriptor primary, Optional<BootRecordVolumeDescriptor> boot) {
    static Descriptors read(SpecReader image) {
      Optional<PrimaryVolumeDescriptor> primary = Optional.empty();
      Optional<BootRecordVolumeDescriptor> boot = Optional.empty();
      for (long block = IsoLayout.FIRST_BLOCK; ; block++) {
        SpecReader r = image.part("ISO volume descriptor", block * BLOCK, BLOCK);
        r.require(VolumeDescriptor.isOne(r), "no CD001 in block " + block);
        int type = VolumeDescriptor.type(r);
        if (type == VolumeDescriptorSetTerminator.TYPE) {
          break;
        } else if (type == PrimaryVolumeDescriptor.TYPE && primary.isEmpty()) {
          primary = Optional.of(PrimaryVolumeDescriptor.read(r));
        } else if (type == BootRecordVolumeDescriptor.TYPE
            && BootRecordVolumeDescriptor.isElTorito(r)) {
          boot = Optional.of(BootRecordVolumeDescriptor.read(r));
        }
      }
      return new Descriptors(
          primary.orElseThrow(() -> image.damaged("no primary volume descriptor")), boot);
    }
  }

  /** Goes through the directories, the root first. */
  private static final class Walk {
    private final SpecReader volume;
    private final SortedMap<String, Extent> files = new TreeMap<>();
    private final Set<Long> directoryBlocks = new HashSet<>();
    private final Deque<Folder> pending = new ArrayDeque<>();

    private record Folder(String prefix, DirectoryRecord entry) {}

    Walk(SpecReader volume) {
      this.volume = volume;
    }

    SortedMap<String, Extent> walk(DirectoryRecord root) {
      pending.add(new Folder("", root));
      while (!pending.isEmpty()) {
        readFolder(pending.remove());
      }
      return Collections.unmodifiableSortedMap(files);
    }

    private void readFolder(Folder folder) {
      DirectoryRecord entry = folder.entry();
      volume.require(entry.length() % BLOCK == 0, "a directory has " + entry.length() + " bytes");
      for (long i = 0; i < entry.length() / BLOCK; i++) {
        long block = entry.block() + i;
        volume.require(directoryBlocks.add(block), "block " + block + " is in two directories");
        readBlock(folder.prefix(), volume.part("ISO directory", block * BLOCK, BLOCK));
      }
    }

    /** A zero in place of a length ends the records of a block (section 6.8.1.1). */
    private void readBlock(String prefix, SpecReader block) {
      int at = 0;
      while (at < BLOCK && DirectoryRecord.isThere(block, at)) {
        SpecReader rest = block.part("ISO directory record", at, BLOCK - at);
        readRecord(prefix, DirectoryRecord.read(rest));
        at += DirectoryRecord.size(rest);
      }
    }

    private void readRecord(String prefix, DirectoryRecord entry) {
      if (entry.identifier().equals(DirectoryRecord.SELF)
          || entry.identifier().equals(DirectoryRecord.PARENT)) {
        return;
      }
      String path = prefix + plainName(entry);
      volume.require(path.length() <= LONGEST_PATH, "a path is longer than " + LONGEST_PATH);
      SpecReader extent = volume.part("ISO file " + path, entry.block() * BLOCK, entry.length());
      if (entry.isDirectory()) {
        pending.add(new Folder(path + "/", entry));
      } else {
        Extent file = new Extent(path, entry.block() * BLOCK, extent.size());
        volume.require(files.put(path, file) == null, "two files are named " + path);
      }
    }

    private static String plainName(DirectoryRecord entry) {
      String name = entry.identifier();
      if (entry.isDirectory()) {
        return name;
      }
      return name.replaceFirst(";[0-9]+$", "").replaceFirst("\\.$", "");
    }
  }
}
