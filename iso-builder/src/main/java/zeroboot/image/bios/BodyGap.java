package zeroboot.image.bios;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.image.plan.Gap;

/**
 * Where on its medium the blob's body goes on, bytes 1FF4-1FFB of the frame ({@code stage.S},
 * "Gap"): both zero if all of it follows the frame. The first part is read in one piece.
 */
final class BodyGap {
  static final int OFFSET = 0x1FF4;
  static final int SIZE = 8;

  private static final int HEAD_LENGTH = 0x0;
  private static final int GAP = 0x4;

  /** The stage's bounce buffer ({@code CHUNK}). */
  private static final int LONGEST_HEAD = 0x8000;

  private BodyGap() {}

  static byte[] toBytes(Gap gap) {
    if (!isReadable(gap)) {
      throw new IllegalArgumentException("the stage cannot read across " + gap);
    }
    SpecWriter w = new SpecWriter(SIZE);
    w.at(HEAD_LENGTH).le32(Math.max(0, gap.at() - BiosBlob.FRAME)); // 1FF4 head_len
    w.at(GAP).le32(gap.bytes()); // 1FF8 gap
    return w.endsAt(SIZE);
  }

  /** Reads the gap out of a frame; {@link #isReadable} tells whether the stage could go by it. */
  static Gap read(SpecReader frame) {
    long head = Math.min(frame.le32(OFFSET + HEAD_LENGTH), LONGEST_HEAD + 1L);
    long bytes = frame.le32(OFFSET + GAP);
    return head == 0 && bytes == 0 ? Gap.NONE : new Gap((int) head + BiosBlob.FRAME, bytes);
  }

  /** Whether the stage can read a body across this gap: in whole blocks of a CD. */
  static boolean isReadable(Gap gap) {
    int head = gap.at() - BiosBlob.FRAME;
    return gap.isNone()
        || (head > 0
            && head <= LONGEST_HEAD
            && head % BiosBlob.BLOCK == 0
            && gap.bytes() > 0
            && gap.bytes() % BiosBlob.BLOCK == 0);
  }
}
