package zeroboot.image;

import zeroboot.ground.Units;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.plan.BiosBootCode;
import zeroboot.image.plan.Gap;
import zeroboot.image.plan.Layout;
import zeroboot.image.plan.SizeCap;

/**
 * An image of a USB stick or disk: the BIOS boot code from sector 0 on, whose first sector is the
 * master boot record, and right behind it one FAT12 partition with the UEFI file.
 */
public final class UsbImage {
  /**
   * The sector behind the boot record is left to what may look for a GUID partition table there.
   */
  private static final int FIRST_PARTITION = 2048;

  private UsbImage() {}

  /**
   * Plans the image and writes it.
   *
   * @throws zeroboot.ground.ZbootException if it would be larger than {@link SizeCap#BYTES}
   */
  public static BootImage make(BootParts parts) {
    int head = parts.bios().map(BiosBootCode::size).orElse(MasterBootRecord.BYTES);
    long start = Math.max(FIRST_PARTITION, Units.roundUp(head, Units.SECTOR));
    BootPartition partition = BootPartition.plan(parts, start, Units.SECTOR);
    Layout.Builder plan =
        new Layout.Builder()
            .extent(parts.bios().isEmpty() ? "boot record" : BootParts.BIOS_CODE, 0, head);
    partition.claim(plan);
    Layout layout = plan.build(partition.end());
    SizeCap.check(layout);

    byte[] image = new byte[Math.toIntExact(layout.size())];
    parts.bios().ifPresent(bios -> System.arraycopy(bios.onDisk(0), 0, image, 0, head));
    partition.writeBootRecord(image, 0, Gap.NONE);
    partition.writeTo(image);
    return new BootImage(image, layout);
  }
}
