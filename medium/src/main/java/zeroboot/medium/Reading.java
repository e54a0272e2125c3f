package zeroboot.medium;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.Sha256;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Defect;
import zeroboot.image.read.FoundFile;
import zeroboot.image.read.Medium;
import zeroboot.image.read.MediumReader;

/**
 * What a reader sees.
 *
 * @param name of the file or device
 * @param size of it, in bytes
 * @param isDevice whether it is a device
 * @param bytes its beginning, with everything that an image of zboot's can have; of a file of
 *     zboot's in somebody's file system that file
 * @param beginning of the file or device, whatever {@code bytes} are
 * @param medium what it is; empty if the reader knows nothing of it
 * @param refusal why the reader does not take it for what it seems to be
 */
record Reading(
    String name,
    long size,
    boolean isDevice,
    byte[] bytes,
    byte[] beginning,
    Optional<Medium> medium,
    Optional<ZbootException> refusal) {
  private static final int BEGINNING = 4 << 20;

  static Reading of(ByteSource source) {
    byte[] beginning = source.read(0, BEGINNING);
    Optional<Medium> medium = Optional.empty();
    Optional<ZbootException> refusal = Optional.empty();
    try {
      medium = Optional.of(MediumReader.read(source));
    } catch (ZbootException e) {
      if (e.kind() != ZbootException.Kind.SETTINGS) {
        throw e; // it cannot be read, which is another matter
      }
      refusal = Optional.of(e);
    }
    byte[] bytes = medium.flatMap(Medium::found).map(FoundFile::content).orElse(beginning);
    return new Reading(
        source.name(), source.size(), source.isDevice(), bytes, beginning, medium, refusal);
  }

  /** Whether the reader takes it for one of zboot's. */
  boolean isOurs() {
    return medium.map(one -> !(one instanceof Medium.Foreign)).orElse(false);
  }

  /** Whether there is more than was read. */
  boolean isCutOff() {
    return isDevice && size > bytes.length;
  }

  /** Whether a BIOS that starts it as a disk with partitions finds code. */
  boolean hasForeignCode() {
    byte[] sector0 = Arrays.copyOf(beginning, Units.SECTOR);
    boolean isMarked = MasterBootRecord.isMarked(SpecReader.of(name, sector0));
    boolean isCode = false;
    for (int i = 0; i < MasterBootRecord.TABLE_OFFSET; i++) {
      isCode |= sector0[i] != 0;
    }
    return isMarked && isCode && medium.map(one -> !one.partitions().isEmpty()).orElse(false);
  }

  /** Whether it begins as every PE image does. */
  boolean isPe() {
    return bytes.length > 2 && bytes[0] == 'M' && bytes[1] == 'Z';
  }

  /** What was read, where the reader knows it. */
  private List<Defect> defects() {
    return medium.map(Medium::defects).orElse(List.of());
  }

  /**
   * The same, as what was made anew: a reader that finds one byte wrong in the wrong place takes it
   * for nothing of zboot's.
   */
  Reading recognisedAs(Remake remake) {
    if (isOurs()) {
      return this;
    }
    Medium made = MediumReader.read(ByteSource.of(name, remake.bytes()));
    int length = Math.min(bytes.length, remake.bytes().length);
    List<Defect> defects =
        defects().isEmpty()
            ? List.of(
                new Defect(
                    Defect.Fault.DAMAGED,
                    "It is damaged so that it is not taken for a medium of zboot's: "
                        + refusal.map(e -> e.foundIn(name)).orElse("its marks are gone")))
            : defects();
    Medium damaged =
        damaged(made, Optional.of(Sha256.hex(Arrays.copyOf(bytes, length))), length, defects);
    return new Reading(name, size, isDevice, bytes, beginning, Optional.of(damaged), refusal);
  }

  /** Reads like {@code made}, and is what was found. */
  private Medium damaged(Medium made, Optional<String> sha256, int length, List<Defect> defects) {
    Medium.Source source = new Medium.Source(name, size);
    Optional<FoundFile> found = medium.flatMap(Medium::found);
    long imageSize = found.isPresent() ? bytes.length : Math.min(size, length);
    if (made instanceof Medium.Script script) {
      return new Medium.Script(source, imageSize, sha256, script.text(), defects);
    }
    Medium.Image as = (Medium.Image) made;
    Medium.Image image =
        new Medium.Image(
            source,
            as.form(),
            imageSize,
            sha256,
            as.halves(),
            as.record(),
            as.partitions(),
            as.layout(),
            defects);
    return found.isEmpty()
        ? image
        : new Medium.Surrounded(source, image, found.get(), as.partitions(), List.of(), defects);
  }
}
