package zeroboot.medium;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One thing that is not as it should be, or that somebody should know.
 *
 * @param kind for programs
 * @param severity whether the medium fails for it
 * @param where it is; empty if it is nowhere in particular
 * @param what was found
 * @param mend what helps; empty if nothing has to be done
 */
public record Finding(
    Kind kind, Severity severity, Optional<Place> where, String what, String mend) {
  /** How much a finding weighs. */
  public enum Severity {
    /** Good to know. */
    NOTE,
    /** The medium is not as zboot makes it, or not vouched for by who was asked for. */
    FAILED
  }

  /**
   * Bytes of the medium, from its start; of a UEFI file in somebody's file system from the start of
   * that file.
   *
   * @param region what lies there, as layouts call it
   */
  public record Place(long offset, long length, String region) {}

  /** All kinds of finding; each is of one rule. */
  public enum Kind {
    /** There is no detached signature. */
    NO_SIGNATURE("signature", false),
    /** The detached signature is none, broken, or of other bytes. */
    SIGNATURE_REFUSED("signature", false),
    /** The detached signature is right, but its certificate is not valid now, or not for code. */
    SIGNER_UNFIT("signature", false),
    /** Somebody signed who is not among those that are trusted. */
    SIGNER_NOT_TRUSTED("signature", false),
    /** No signature of somebody trusted covers all of it. */
    NOT_COVERED("trust", false),
    /** A signature for Secure Boot is broken, or of other bytes. */
    SECURE_BOOT_REFUSED("UEFI file", false),
    /** The UEFI file is not signed for Secure Boot. */
    NOT_FOR_SECURE_BOOT("UEFI file", false),
    /** The iPXE inside the sealed UEFI file is signed: it starts alone, too. */
    SIGNED_CORE("iPXE in it", false),
    /** Nothing that zboot made. */
    FOREIGN("medium", false),
    /** A part that is announced cannot be read. */
    DAMAGED_PART("layout", true),
    /** It ends too early. */
    CUT_SHORT("layout", true),
    /** What UEFI firmware starts is missing, or somebody else's. */
    NO_UEFI_FILE("layout", true),
    /** There are two UEFI files that differ. */
    TWO_UEFI_FILES("layout", true),
    /** An ISO that does not boot as a CD. */
    NO_BOOT_CATALOG("El Torito", true),
    /** What boots as a CD is not what boots as a stick. */
    CD_IS_ANOTHER("El Torito", true),
    /** A boot file that was made for another place, where it would find the rest of itself. */
    MOVED_BOOT_FILE("El Torito", true),
    /** An entry of the boot catalog that zboot does not make. */
    EXTRA_BOOT_ENTRY("El Torito", true),
    /** Another partition that UEFI firmware looks for boot files in. */
    SECOND_ESP("partition table", true),
    /** A partition that zboot does not make. */
    EXTRA_PARTITION("partition table", false),
    /** A BIOS starts somebody else's code from sector 0. */
    FOREIGN_BOOT_CODE("boot code", false),
    /** BIOS and UEFI machines run different scripts. */
    DIFFERENT_SCRIPTS("script", true),
    /** The script states an image ID that it does not have. */
    WRONG_IMAGE_ID("image ID", true),
    /** {@code ZBOOT.JSN} says something else than what boots. */
    RECORD_DIFFERS("ZBOOT.JSN", true),
    /** The BIOS stage or the UEFI loader is not that of this version. */
    OTHER_BOOT_CODE("boot code", false),
    /** The iPXE is none that this zboot knows. */
    OTHER_CORE("iPXE", false),
    /** BIOS and UEFI machines trust other servers. */
    DIFFERENT_ROOTS("iPXE", true),
    /** The script is not what this version writes for its settings. */
    OTHER_SCRIPT("script", false),
    /** The script is not one of zboot's at all. */
    FOREIGN_SCRIPT("script", true),
    /** More bytes follow the image. */
    APPENDED("behind it", false),
    /** One file of zboot's in somebody's file system. */
    SURROUNDED("around it", false),
    /** A byte is not as zboot makes it. */
    CHANGED_BYTE("every byte", false);

    private final String about;
    private final boolean damage;

    Kind(String about, boolean damage) {
      this.about = about;
      this.damage = damage;
    }

    /** What was looked at, for people. */
    public String about() {
      return about;
    }

    /** Whether it is damage, or a contradiction in the medium itself. */
    public boolean isDamage() {
      return damage;
    }

    /** For programs: {@code changed-byte}. */
    public String shown() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static Finding failed(Kind kind, String what, String mend) {
    return new Finding(kind, Severity.FAILED, Optional.empty(), what, mend);
  }

  static Finding note(Kind kind, String what) {
    return new Finding(kind, Severity.NOTE, Optional.empty(), what, "");
  }

  /** The same at a place. */
  Finding at(Place place) {
    return new Finding(kind, severity, Optional.of(place), what, mend);
  }

  /** Whether the medium fails for it. */
  public boolean isFailed() {
    return severity == Severity.FAILED;
  }

  /** What was found and what helps, in one line. */
  public String says() {
    return says(UnaryOperator.identity());
  }

  /** The same, with other words for what helps. */
  public String says(UnaryOperator<String> hints) {
    return mend.isEmpty() ? what : what + "; " + hints.apply(mend);
  }
}
