package zeroboot.image.read;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.image.ImageForm;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.spec.TargetFirmware;

/**
 * What was found in a file or on a device.
 *
 * @param name its path
 * @param size of the file or device, in bytes
 * @param kind what it is
 * @param imageSize bytes from its start that belong to the image; a device is usually larger
 * @param sha256 of these bytes, lower-case hexadecimal; empty if they are too many to be read
 * @param bios what a BIOS machine runs
 * @param uefi what a UEFI machine runs
 * @param found if this is one file in somebody's file system: where it is. Image and layout are
 *     that file, the partitions and the facts are of the medium around it. On a foreign medium it
 *     is a file of zboot's that is damaged
 * @param record the file {@code ZBOOT.JSN}, which nothing that boots reads
 * @param partitions of its partition table
 * @param layout what lies where in the image
 * @param facts what else is seen, for people
 * @param troubles damage and contradictions
 */
public record Medium(
    String name,
    long size,
    Kind kind,
    long imageSize,
    Optional<String> sha256,
    Optional<Half> bios,
    Optional<Half> uefi,
    Optional<Found> found,
    Optional<byte[]> record,
    List<Partition> partitions,
    Layout layout,
    List<Fact> facts,
    List<Trouble> troubles) {

  /** The kinds of medium. */
  public enum Kind {
    /** An iPXE script. */
    SCRIPT(null),
    /** An ISO image of zboot's. */
    ISO(ImageForm.ISO),
    /** A disk image of zboot's. */
    USB(ImageForm.USB),
    /** A sealed UEFI file. */
    EFI(ImageForm.EFI),
    /** A BIOS kernel file of zboot's. */
    LKRN(ImageForm.LKRN),
    /** Somebody else's. */
    FOREIGN(null);

    private final @Nullable ImageForm form;

    Kind(@Nullable ImageForm form) {
      this.form = form;
    }

    /** The form that an image of this kind is made in; a script and what is foreign have none. */
    public Optional<ImageForm> form() {
      return Optional.ofNullable(form);
    }
  }

  /**
   * Damage, or something that contradicts something else.
   *
   * @param kind for programs
   * @param says one sentence
   */
  public record Trouble(Fault kind, String says) {
    @Override
    public String toString() {
      return says;
    }
  }

  /** The kinds of trouble that a reader can meet. */
  public enum Fault {
    /** A part that is announced cannot be read. */
    DAMAGED,
    /** It ends before what its own structures name. */
    CUT_SHORT,
    /** What UEFI firmware starts is missing, or somebody else's. */
    NO_UEFI_FILE,
    /** Two UEFI files, and firmware picks either. */
    TWO_UEFI_FILES,
    /** An ISO without anything that a BIOS or a UEFI firmware starts from a CD. */
    NO_BOOT_CATALOG,
    /** What boots as a CD is not what boots as a stick. */
    CD_IS_ANOTHER
  }

  /**
   * One of the two boot codes.
   *
   * @param script what it runs
   * @param stage our own code in it: the BIOS stage, or the UEFI loader
   * @param core the iPXE file in it, as it was
   * @param place where the boot code lies in the image
   * @param signers who signed it for Secure Boot, by the subject of their certificates
   */
  public record Half(
      String script, byte[] stage, byte[] core, Extent place, List<String> signers) {}

  /**
   * One partition.
   *
   * @param number as systems count them, from 1; unused ones count too
   * @param type for people: {@code EFI system}, {@code FAT12}, …
   * @param active whether a BIOS is to start it
   * @param offset in bytes
   * @param length in bytes
   */
  public record Partition(int number, String type, boolean active, long offset, long length) {}

  /**
   * A UEFI file of zboot's in a file system that somebody else made.
   *
   * @param path in that file system
   * @param partition its number, from 1; 0 if the medium has no partitions
   * @param fileSystem for people: {@code FAT32, label "DATA"}
   * @param pieces where its bytes lie on the medium, in their order
   * @param content a copy of its bytes
   */
  public record Found(
      String path, int partition, String fileSystem, List<Extent> pieces, byte[] content) {
    /** For people: {@code EFI/BOOT/BOOTX64.EFI in partition 1, FAT32}. */
    public String shown() {
      return path + (partition == 0 ? " in " : " in partition " + partition + ", ") + fileSystem;
    }
  }

  /** Something that was seen: {@code volume}, {@code ZEROBOOT}. */
  public record Fact(String label, String text) {}

  /** Keeps its own lists. */
  public Medium {
    partitions = List.copyOf(partitions);
    facts = List.copyOf(facts);
    troubles = List.copyOf(troubles);
  }

  /** What it boots; empty for what is not one of zboot's boot media. */
  public Optional<TargetFirmware> firmware() {
    if (bios.isPresent() && uefi.isPresent()) {
      return Optional.of(TargetFirmware.BOTH);
    }
    return bios.isPresent()
        ? Optional.of(TargetFirmware.BIOS)
        : uefi.map(half -> TargetFirmware.UEFI);
  }

  /** The script of a BIOS machine, else of a UEFI machine; they should be the same. */
  public Optional<String> script() {
    return bios.or(() -> uefi).map(Half::script);
  }
}
