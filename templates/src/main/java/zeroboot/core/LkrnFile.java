package zeroboot.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import zeroboot.ground.ZbootException;
import zeroboot.lzma.DamagedLzmaException;
import zeroboot.lzma.LzmaDecoder;
import zeroboot.lzma.LzmaEncoder;
import zeroboot.lzma.LzmaReuse;

/**
 * {@code ipxe.lkrn} taken apart: a Linux kernel file (Linux/x86 boot protocol 2.07) whose payload
 * are three packed blocks, of which the last one is iPXE itself. Whatever is not exactly as in the
 * builds that are known is refused, since a mistake would show on a farmer's machine alone.
 *
 * @param bytes the file; not to be changed
 * @param setup where the payload begins
 * @param blocks of the payload
 */
record LkrnFile(byte[] bytes, int setup, List<Block> blocks) {
  /** iPXE packs with these literal context bits; position bits are 0, and the end is marked. */
  static final int LITERAL_CONTEXT_BITS = 2;

  private static final int SETUP_SECTORS = 0x1F1;
  private static final int SYSTEM_SIZE = 0x1F4;
  private static final int PARAGRAPH = 16;
  private static final int SECTOR = 512;
  private static final int BLOCKS = 3;

  /** Of a block's length and of its checksum. */
  private static final int FIELD = 4;

  /** Between blocks. */
  private static final byte FILL = (byte) 0xFF;

  /** More than any block unpacks to. */
  private static final int MAX_UNPACKED = 1 << 23;

  /**
   * A packed block.
   *
   * @param offset in the file
   * @param stream as it is packed
   * @param filtered what that stands for: code with its operands coded
   */
  record Block(int offset, byte[] stream, byte[] filtered) {
    byte[] plain() {
      return BranchFilter.decode(filtered);
    }

    /**
     * The encoder as it is when its next string might reach a byte. What begins alike is packed
     * once.
     *
     * @param at the byte's place in {@link #filtered}
     * @throws ZbootException (settings) unless the same data give the same stream: then parameters,
     *     model and end are not as they are known
     */
    LzmaEncoder before(String origin, int at) {
      try {
        LzmaDecoder from =
            LzmaDecoder.of(LITERAL_CONTEXT_BITS, stream, 0, stream.length, filtered.length);
        LzmaEncoder same = LzmaEncoder.of(LITERAL_CONTEXT_BITS);
        LzmaReuse.copy(from, same, filtered, at - LzmaEncoder.MAX_LENGTH);
        LzmaEncoder before = same.copy();
        LzmaReuse.copyMarked(from, same, filtered);
        require(origin, Arrays.equals(same.finish(), stream), "is packed otherwise");
        return before;
      } catch (DamagedLzmaException e) {
        throw new IllegalStateException(e); // it was read before
      }
    }

    /**
     * The stream for other data of the same length, by the same decisions.
     *
     * @param start the encoder somewhere before the first difference; not changed
     * @throws ZbootException (settings) if the result does not stand for these data
     */
    byte[] repacked(String origin, byte[] changed, LzmaEncoder start) {
      require(
          origin,
          Arrays.equals(filtered, 0, start.at(), changed, 0, start.at()),
          "differs sooner than is known");
      try {
        LzmaEncoder encoder = start.copy();
        LzmaReuse.copyMarked(LzmaDecoder.at(start, stream, filtered), encoder, changed);
        byte[] other = encoder.finish();
        byte[] known = Arrays.copyOf(Arrays.copyOf(changed, start.at()), changed.length);
        require(
            origin,
            Arrays.equals(LzmaDecoder.at(start, other, known).readMarked(), changed),
            "reads otherwise when it is packed again");
        return other;
      } catch (DamagedLzmaException e) {
        throw new IllegalStateException(e); // it was read before
      }
    }
  }

  /**
   * Takes a file apart.
   *
   * @param origin names it in an error
   * @throws ZbootException (settings) if anything in it is not as it is known
   */
  static LkrnFile read(String origin, byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    require(origin, bytes.length > 2 * SECTOR, "is too short");
    String magic = new String(bytes, 0x202, 4, StandardCharsets.ISO_8859_1);
    require(
        origin,
        file.getShort(0x1FE) == (short) 0xAA55
            && magic.equals("HdrS")
            && file.getShort(0x206) == 0x0207
            && bytes[0x211] == 1,
        "has another kernel header");
    int setup = setup(bytes);
    require(origin, setup < bytes.length, "ends before its payload");
    require(
        origin, file.getInt(SYSTEM_SIZE) == paragraphs(bytes.length - setup), "has another size");
    List<Block> blocks = new ArrayList<>();
    int at = setup;
    while (at < bytes.length) {
      Block block = block(origin, file, at);
      blocks.add(block);
      int end = at + block.stream().length + 2 * FIELD;
      at = (end + PARAGRAPH - 1) & -PARAGRAPH;
      require(origin, at < bytes.length || end == bytes.length, "goes on after its last block");
      for (int i = end; i < Math.min(at, bytes.length); i++) {
        require(origin, bytes[i] == FILL, "has something between its blocks");
      }
    }
    require(origin, blocks.size() == BLOCKS, "has " + blocks.size() + " blocks");
    return new LkrnFile(bytes, setup, List.copyOf(blocks));
  }

  private static Block block(String origin, ByteBuffer file, int at) {
    int left = file.capacity() - at - 2 * FIELD;
    require(origin, left > 0, "has a block that is cut short");
    int length = file.getInt(at) - FIELD;
    require(origin, length > 0 && length <= left, "has a block of another length");
    byte[] stream = new byte[length];
    file.get(at + FIELD, stream);
    require(
        origin,
        file.getInt(at + FIELD + length) == checksum(stream),
        "has a block that is damaged");
    try {
      byte[] filtered =
          LzmaDecoder.of(LITERAL_CONTEXT_BITS, stream, 0, length, MAX_UNPACKED).readMarked();
      require(
          origin,
          Arrays.equals(BranchFilter.encode(BranchFilter.decode(filtered)), filtered),
          "is filtered otherwise");
      return new Block(at, stream, filtered);
    } catch (DamagedLzmaException e) {
      throw refused(origin, "has a block that cannot be unpacked: " + e.getMessage());
    }
  }

  /** The block that is iPXE itself. */
  Block last() {
    return blocks.get(BLOCKS - 1);
  }

  /** What all blocks stand for, one behind the other. */
  byte[] plain() {
    byte[] all = new byte[blocks.stream().mapToInt(block -> block.filtered().length).sum()];
    int at = 0;
    for (Block block : blocks) {
      System.arraycopy(block.plain(), 0, all, at, block.filtered().length);
      at += block.filtered().length;
    }
    return all;
  }

  /** The stream of the block at an offset of a file that is as it should be. */
  static byte[] stream(byte[] lkrn, int offset) {
    int length = ByteBuffer.wrap(lkrn).order(ByteOrder.LITTLE_ENDIAN).getInt(offset) - FIELD;
    return Arrays.copyOfRange(lkrn, offset + FIELD, offset + FIELD + length);
  }

  /**
   * A file with another last block.
   *
   * @param offset of that block
   * @param stream packed
   */
  static byte[] with(byte[] lkrn, int offset, byte[] stream) {
    ByteBuffer file =
        ByteBuffer.allocate(offset + stream.length + 2 * FIELD).order(ByteOrder.LITTLE_ENDIAN);
    file.put(lkrn, 0, offset).putInt(stream.length + FIELD).put(stream).putInt(checksum(stream));
    return file.putInt(SYSTEM_SIZE, paragraphs(file.capacity() - setup(lkrn))).array();
  }

  /** Where the payload begins. */
  private static int setup(byte[] lkrn) {
    return ((lkrn[SETUP_SECTORS] & 0xFF) + 1) * SECTOR;
  }

  private static int paragraphs(int size) {
    return (size + PARAGRAPH - 1) / PARAGRAPH;
  }

  /** A CRC-32 without its last step. */
  private static int checksum(byte[] stream) {
    CRC32 crc = new CRC32();
    crc.update(stream);
    return ~(int) crc.getValue();
  }

  private static void require(String origin, boolean condition, String why) {
    if (!condition) {
      throw refused(origin, why);
    }
  }

  static ZbootException refused(String origin, String why) {
    return ZbootException.settings(
        origin,
        "its BIOS file " + why + ", so its trust root cannot be replaced",
        "leave --core out, or build that iPXE with TRUST=FILE");
  }
}
