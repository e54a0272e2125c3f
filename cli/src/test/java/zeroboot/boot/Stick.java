package zeroboot.boot;

import java.nio.file.Path;
import zeroboot.testing.ForeignTool;

/** FAT volumes by mtools: no other writer of ours is on trial there. */
final class Stick {
  private Stick() {}

  static Path empty(Path image) {
    ForeignTool.require("mformat").run("-i", image + "", "-C", "-f", "2880", "::").ok();
    return image;
  }

  /** A stick from which UEFI firmware starts this file. */
  static Path with(Path image, Path efi) {
    empty(image);
    ForeignTool.require("mmd").run("-i", image + "", "::/EFI", "::/EFI/BOOT").ok();
    return copy(image, efi, "::/EFI/BOOT/BOOTX64.EFI");
  }

  static Path copy(Path image, Path file, String place) {
    ForeignTool.require("mcopy").run("-i", image + "", file + "", place).ok();
    return image;
  }
}
