package zeroboot.image.bios;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * What the blob holds, bytes 1400-142F of the frame ({@code stage.S}, "Contents"): the same on
 * every medium.
 *
 * @param bodyLength payload and script with their padding, in bytes, a multiple of 512
 * @param bodySum {@link RollingSum} of the body, then of the script's 32-bit words once more
 * @param scriptAddress where the script lies when the body is loaded at 1 MiB
 * @param scriptLength in bytes
 * @param payloadLength bytes of the lkrn that follow its setup sectors
 * @param instruction the three bytes of the lkrn that the jump to the hook replaces
 * @param target their offset in the frame
 * @param hookAt offset of the hook in the frame, known to the assembler
 * @param header the lkrn's bytes 1F1-1FD
 */
record BlobContents(
    long bodyLength,
    int bodySum,
    long scriptAddress,
    long scriptLength,
    long payloadLength,
    byte[] instruction,
    int target,
    int hookAt,
    byte[] header) {
  static final int OFFSET = 0x1400;
  static final int SIZE = 0x30;
  static final String MAGIC = "ZBT3";

  private static final int BODY_LENGTH = 0x4;
  private static final int BODY_SUM = 0x8;
  private static final int SCRIPT_ADDRESS = 0xC;
  private static final int SCRIPT_LENGTH = 0x10;
  private static final int PAYLOAD_LENGTH = 0x14;
  private static final int SAVED = 0x18;
  private static final int TARGET = 0x1C;
  private static final int HOOK_AT = 0x1E;
  private static final int LKRN_HEADER = 0x20;

  /** What the assembler leaves to be filled in. */
  static BlobContents empty(int hookAt) {
    return new BlobContents(0, 0, 0, 0, 0, new byte[3], 0, hookAt, new byte[13]);
  }

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(SIZE);
    w.at(0x00).ascii(MAGIC); // 1400 magic
    w.at(BODY_LENGTH).le32(bodyLength); // 1404 body_len
    w.at(BODY_SUM).le32(Integer.toUnsignedLong(bodySum)); // 1408 body_sum
    w.at(SCRIPT_ADDRESS).le32(scriptAddress); // 140C script_src
    w.at(SCRIPT_LENGTH).le32(scriptLength); // 1410 script_len
    w.at(PAYLOAD_LENGTH).le32(payloadLength); // 1414 payload_len
    w.at(SAVED).raw(instruction).zeros(1); // 1418 saved
    w.at(TARGET).le16(target); // 141C target
    w.at(HOOK_AT).le16(hookAt); // 141E hook_at
    w.at(LKRN_HEADER).raw(header).zeros(3); // 1420 lkrn_header
    return w.endsAt(SIZE);
  }

  /** Reads the contents out of a frame. */
  static BlobContents read(SpecReader frame) {
    return new BlobContents(
        frame.le32(OFFSET + BODY_LENGTH),
        (int) frame.le32(OFFSET + BODY_SUM),
        frame.le32(OFFSET + SCRIPT_ADDRESS),
        frame.le32(OFFSET + SCRIPT_LENGTH),
        frame.le32(OFFSET + PAYLOAD_LENGTH),
        frame.bytes(OFFSET + SAVED, 3),
        frame.le16(OFFSET + TARGET),
        frame.le16(OFFSET + HOOK_AT),
        frame.bytes(OFFSET + LKRN_HEADER, 13));
  }
}
