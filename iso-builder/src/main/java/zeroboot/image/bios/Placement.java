package zeroboot.image.bios;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * Where the stage finds the rest of itself: bytes 1AC-1B7 of sector 0 ({@code stage.S},
 * "Placement"). The only bytes of a blob, but for its {@link BodyGap}, that differ from medium to
 * medium.
 *
 * @param sectorShift log2 of the medium's sector size: 9 disk, 11 CD, 0 when a loader or a network
 *     ROM has put the whole blob into memory
 * @param restCount sectors of the frame that the firmware does not load; they follow {@code
 *     blobLba}
 * @param restAddress where in memory they go
 * @param blobLba where the blob starts, in sectors of the medium
 * @param frameSum {@link RollingSum} of bytes 200-1FFF of the frame
 */
record Placement(int sectorShift, int restCount, int restAddress, long blobLba, int frameSum) {
  static final int OFFSET = 0x1AC;
  static final int SIZE = 12;

  private static final int SECTOR_SHIFT = 0x0;
  private static final int REST_COUNT = 0x1;
  private static final int REST_ADDRESS = 0x2;
  private static final int BLOB_LBA = 0x4;
  private static final int FRAME_SUM = 0x8;

  private static final int DISK_SHIFT = 9;
  private static final int CD_SHIFT = 11;

  /** Firmware loads sector 0 of a disk, 512 bytes, to 7C00. */
  static Placement onDisk(long lba512) {
    return new Placement(DISK_SHIFT, 15, 0x7E00, lba512, 0);
  }

  /** Firmware loads at least one block of a CD, 2048 bytes, to 7C00; no more is relied on. */
  static Placement onCd(long block2048) {
    return new Placement(CD_SHIFT, 3, 0x8400, block2048, 0);
  }

  /** Network ROMs and other loaders put everything into memory. */
  static Placement inMemory() {
    return new Placement(0, 0, 0, 0, 0);
  }

  /** The same place for a frame with this sum. */
  Placement with(int sum) {
    return new Placement(sectorShift, restCount, restAddress, blobLba, sum);
  }

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(SIZE);
    w.at(SECTOR_SHIFT).u8(sectorShift); // 1AC sector_shift
    w.at(REST_COUNT).u8(restCount); // 1AD rest_count
    w.at(REST_ADDRESS).le16(restAddress); // 1AE rest_addr
    w.at(BLOB_LBA).le32(blobLba); // 1B0 blob_lba
    w.at(FRAME_SUM).le32(Integer.toUnsignedLong(frameSum)); // 1B4 frame_sum
    return w.endsAt(SIZE);
  }

  /** Reads the placement out of sector 0 of a frame. */
  static Placement read(SpecReader frame) {
    return new Placement(
        frame.u8(OFFSET + SECTOR_SHIFT),
        frame.u8(OFFSET + REST_COUNT),
        frame.le16(OFFSET + REST_ADDRESS),
        frame.le32(OFFSET + BLOB_LBA),
        (int) frame.le32(OFFSET + FRAME_SUM));
  }

  /** Whether a partition table takes the place of the Linux header in sector 0. */
  boolean isDisk() {
    return sectorShift == DISK_SHIFT;
  }

  /** The placement that a builder makes for this medium and place, to compare with. */
  Placement canonical() {
    return switch (sectorShift) {
      case DISK_SHIFT -> onDisk(blobLba).with(frameSum);
      case CD_SHIFT -> onCd(blobLba).with(frameSum);
      default -> inMemory().with(frameSum);
    };
  }

  /** Where the blob starts on the medium, in bytes. */
  long offset() {
    return blobLba << sectorShift;
  }
}
