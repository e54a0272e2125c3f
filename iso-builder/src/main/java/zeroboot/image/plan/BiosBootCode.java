package zeroboot.image.plan;

/**
 * What a BIOS starts: one file that is at once the start of a disk and an El Torito image. It holds
 * its own place on the medium, so its bytes depend on where it goes; its size does not.
 */
public interface BiosBootCode extends BootCode {
  /** Size in bytes, on every medium. */
  int size();

  /**
   * For a medium with sectors of 512 bytes. Its first sector is a boot code that also works copied
   * to sector 0; bytes 440 to 511 of that are left to the partition table.
   *
   * @param lba sector where it begins
   * @param gap in it on the medium; what is returned has none
   */
  byte[] onDisk(long lba, Gap gap);

  /** The same in one run. */
  default byte[] onDisk(long lba) {
    return onDisk(lba, Gap.NONE);
  }

  /**
   * For a CD, with blocks of 2048 bytes.
   *
   * @param block where it begins
   * @param gap in it on the medium; what is returned has none
   */
  byte[] onCd(long block, Gap gap);
}
