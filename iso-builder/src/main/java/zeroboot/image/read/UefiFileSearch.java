package zeroboot.image.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootParts;
import zeroboot.image.bytes.PartReader;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.fat.FatEntry;
import zeroboot.image.fat.FatLabel;
import zeroboot.image.fat.FatSearch;
import zeroboot.image.plan.Extent;
import zeroboot.image.uefi.SealedEfi;

/** Looks in other people's FAT file systems for the file that a UEFI firmware starts there. */
final class UefiFileSearch {
  /** Tells whether a file is one of zboot's. */
  private static final int BEGINNING = 16 << 10;

  /** Our files have less than a million bytes before they are signed. */
  private static final int LARGEST = 2 << 20;

  private final ByteSource source;
  private final List<Medium.Fact> facts = new ArrayList<>();
  private final List<Defect> defects = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();
  private Optional<FoundFile> found = Optional.empty();
  private Optional<FoundFile> damaged = Optional.empty();

  UefiFileSearch(ByteSource source) {
    this.source = source;
  }

  /** What was seen, for people. */
  List<Medium.Fact> facts() {
    return facts;
  }

  /** Damage, one sentence each. */
  List<Defect> defects() {
    return defects;
  }

  /** The first file of zboot's. */
  Optional<FoundFile> found() {
    return found;
  }

  /** The first file of zboot's that cannot be read any more; its content is as it is. */
  Optional<FoundFile> damaged() {
    return damaged;
  }

  /**
   * Looks into what may be a file system.
   *
   * @param partition its number, from 1; 0 for a medium without partitions
   * @param offset where it begins, in bytes
   */
  void lookInto(int partition, long offset) {
    if (!seen.add(offset)) {
      return; // a hostile table may name one place a hundred times
    }
    SpecReader sector = SpecReader.of("FAT boot sector", source.read(offset, Units.SECTOR));
    Optional<String> name = FatLabel.of(sector).filter(label -> label.startsWith("FAT"));
    PartReader volume = source.from(offset);
    try {
      FatSearch search = FatSearch.in(volume);
      Optional<FatEntry> file = search.find(BootParts.UEFI_FILE);
      if (file.isPresent()) {
        read(partition, offset, name.orElse(search.type()), file.get());
      }
    } catch (ZbootException e) {
      if (name.isPresent()) { // else it is another file system, or none
        defect("FAT file system" + in(partition), e);
      }
    }
  }

  private void read(int partition, long offset, String fileSystem, FatEntry file) {
    String where = BootParts.UEFI_FILE + in(partition);
    boolean ours = SealedEfi.claims(file.read(BEGINNING));
    facts.add(
        new Medium.Fact("boots as a disk", "UEFI from " + where + (ours ? ", of zboot" : "")));
    if (!ours) {
      return;
    }
    try {
      if (file.size() > LARGEST) {
        throw SpecReader.of(where, new byte[0]).damaged("has " + file.size() + " bytes");
      }
      byte[] content = file.read(LARGEST);
      List<Extent> pieces =
          file.pieces(LARGEST).stream()
              .map(piece -> piece.within(new Extent("", offset, 0)))
              .toList();
      FoundFile one = new FoundFile(BootParts.UEFI_FILE, partition, fileSystem, pieces, content);
      add(where, one);
    } catch (ZbootException e) {
      defect("UEFI part", e);
    }
  }

  private void add(String where, FoundFile one) {
    try {
      SealedEfi.read(where, one.content());
    } catch (ZbootException e) {
      damaged = damaged.or(() -> Optional.of(one));
      throw e;
    }
    if (found.isEmpty()) {
      found = Optional.of(one);
    } else if (!Arrays.equals(found.get().content(), one.content())) {
      defects.add(
          new Defect(
              Defect.Fault.TWO_UEFI_FILES,
              "The UEFI file"
                  + in(one.partition())
                  + " is another one than that"
                  + in(found.get().partition())
                  + ": the firmware picks either"));
    }
  }

  private void defect(String part, ZbootException e) {
    defects.add(new Defect(Defect.Fault.DAMAGED, part + ": " + e.found()));
  }

  private static String in(int partition) {
    return partition == 0 ? "" : " in partition " + partition;
  }
}
