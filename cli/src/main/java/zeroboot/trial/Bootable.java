package zeroboot.trial;

import java.nio.file.Path;

/** What a virtual machine boots. Paths are absolute. */
public sealed interface Bootable {
  /** A CD. */
  record Cd(Path image) implements Bootable {}

  /** A USB stick: an image of one, or the stick itself. */
  record Stick(Path image) implements Bootable {}

  /** A kernel file, started by QEMU. */
  record Kernel(Path file) implements Bootable {}

  /** A kernel file with an initial RAM disk. */
  record KernelWithRamDisk(Path file, Path ramDisk) implements Bootable {}

  /** A file on a boot server. */
  record Network(Path folder, String file) implements Bootable {}
}
