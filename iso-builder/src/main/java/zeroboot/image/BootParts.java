package zeroboot.image;

import java.util.Optional;
import zeroboot.image.plan.BiosBootCode;
import zeroboot.image.plan.FileTree;
import zeroboot.image.uefi.SealedEfi;
import zeroboot.script.ImageId;
import zeroboot.spec.BootPath;

/**
 * What goes onto a medium. Without a BIOS boot code it boots in UEFI mode only, without {@link
 * #UEFI_FILE} in BIOS mode only.
 *
 * @param files what a person and a UEFI firmware find
 * @param bios what a BIOS starts
 * @param imageId all serial numbers derive from it
 */
public record BootParts(FileTree files, Optional<BiosBootCode> bios, ImageId imageId) {
  /** What a UEFI firmware starts (UEFI specification section 3.5.1.1). */
  public static final String UEFI_FILE = "EFI/BOOT/BOOTX64.EFI";

  /** What layouts call that which a BIOS starts. */
  public static final String BIOS_CODE = "BIOS boot code";

  /** What layouts call the signature in the UEFI file. */
  public static final String UEFI_SIGNATURE = SealedEfi.SIGNATURE;

  /** The name of every volume. */
  public static final String VOLUME_NAME = "ZEROBOOT";

  /** What layouts call that which firmware starts. */
  public static String region(BootPath path) {
    return switch (path) {
      case BIOS -> BIOS_CODE;
      case UEFI_X64 -> UEFI_FILE;
    };
  }

  /** Refuses parts that no firmware starts. */
  public BootParts {
    if (bios.isEmpty() && !files.files().containsKey(UEFI_FILE)) {
      throw new IllegalArgumentException("nothing to boot");
    }
  }

  /** Whether a UEFI firmware finds something to start. */
  public boolean isForUefi() {
    return files.files().containsKey(UEFI_FILE);
  }
}
