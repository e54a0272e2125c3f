package zeroboot.usb.probe;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a structure lies, the magic number that shows that it is there, and what has to be zeroed
 * so that nobody takes it for one any more.
 *
 * @param anchor what {@code start} counts from
 * @param start of the structure, in bytes from the anchor
 * @param magicOffset of the magic number, in bytes from the start
 * @param length of what is zeroed, in bytes
 */
record Spot(Anchor anchor, long start, int magicOffset, byte[] magic, int length) {
  private static final long KIB = 1024;

  /** Places on a disk. */
  enum Anchor {
    START,
    /** The logical block after the first. */
    SECOND_BLOCK,
    /** The end; starts are negative. */
    END,
    /** The last logical block. */
    LAST_BLOCK,
    /** Linux RAID 0.90: the last whole 64 KiB, and 64 KiB before the end at least. */
    MD_090,
    /** Linux RAID 1.0: 8 KiB before the end, down to 4 KiB. */
    MD_10,
    /** ZFS labels 2 and 3: the end, down to 256 KiB. */
    ZFS_END
  }

  static Spot atStart(long start, int magicOffset, String magic, int length) {
    return new Spot(Anchor.START, start, magicOffset, bytes(magic), length);
  }

  static Spot at(Anchor anchor, long start, int magicOffset, String magic, int length) {
    return new Spot(anchor, start, magicOffset, bytes(magic), length);
  }

  /** Where the structure begins on a disk of this size; negative if it would not fit. */
  long position(long size, int blockSize) {
    long from =
        switch (anchor) {
          case START -> 0;
          case SECOND_BLOCK -> blockSize;
          case END -> size;
          case LAST_BLOCK -> size - blockSize;
          case MD_090 -> size / (64 * KIB) * (64 * KIB) - 64 * KIB;
          case MD_10 -> (size / 512 - 16) / 8 * 8 * 512;
          case ZFS_END -> size / (256 * KIB) * (256 * KIB);
        };
    long position = from + start;
    return position + length <= size ? position : -1;
  }

  boolean isIn(byte[] structure) {
    return structure.length >= magicOffset + magic.length
        && Arrays.equals(
            structure, magicOffset, magicOffset + magic.length, magic, 0, magic.length);
  }

  /** Text, or {@code 0x} and hexadecimal digits. */
  private static byte[] bytes(String magic) {
    return magic.startsWith("0x")
        ? HexFormat.of().parseHex(magic.substring(2))
        : magic.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
