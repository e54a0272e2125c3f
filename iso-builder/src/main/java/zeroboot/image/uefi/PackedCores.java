package zeroboot.image.uefi;

import zeroboot.core.IpxeCore;

/** Packs cores, as quickly as each can be. */
public final class PackedCores {
  private PackedCores() {}

  /**
   * The packed UEFI file of {@code core}. Fast for the core that the build has packed, and for one
   * with another trust root in it, since then nearly all of the packing stays as it is.
   */
  public static PackedCore of(IpxeCore core) {
    return StoredCore.like(core)
        .map(stored -> stored.packed(core))
        .orElseGet(() -> CorePacker.pack(core.efi(), LoadOptions.example(core)));
  }
}
