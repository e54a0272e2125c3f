package zeroboot.image.read;

/**
 * Damage, or something that contradicts something else.
 *
 * @param kind for programs
 * @param says one sentence
 */
public record Defect(Fault kind, String says) {
  /** The kinds of defect that a reader can meet. */
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

  @Override
  public String toString() {
    return says;
  }
}
