package zeroboot.image.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.image.plan.Extent;
import zeroboot.lzma.DamagedLzmaException;
import zeroboot.lzma.LzmaDecoder;

/**
 * What the sealed loader finds behind its data; {@code loader.S} names the same fields.
 *
 * @param core the packed core, and an example of load options behind it
 * @param options the load options, a byte a character, with a NUL at the end
 */
record SealedPayload(PackedCore core, byte[] options) {
  static final String MAGIC = "ZBOOT-03";

  /**
   * Of those whose stream is the whole core: no root, the checksum in its place, then the stream.
   */
  static final String MAGIC_WITHOUT_ROOT = "ZBOOT-02";

  static final int MAGIC_AT = 4;
  static final int PACKED_SIZE = 12;
  private static final int UNPACKED_SIZE = 16;
  private static final int CORE_SIZE = 20;
  private static final int SCRIPT_SIZE = 24;
  private static final int CODE_START = 28;
  private static final int CODE_END = 32;
  private static final int ROOT_AT = 36;
  private static final int CORE_CRC32 = 40;
  private static final int ROOT = 44;
  static final int STREAM = ROOT + RootField.SIZE;

  /** More than any core; a header that claims more is damaged. */
  private static final int MAX_UNPACKED = 1 << 24;

  /** What the decoder keeps beside the data, in bytes: WORK_SIZE of {@code lzma-layout.inc}. */
  private static final int WORK_SIZE = 26_608;

  static SealedPayload of(PackedCore core, String script) {
    return new SealedPayload(core, LoadOptions.of(script).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What the loader needs in memory behind the payload, in bytes: all unpacked, and UTF-16. */
  int room() {
    return WORK_SIZE + core.unpackedSize(options.length) + options.length;
  }

  byte[] toBytes() {
    byte[] bytes = core.with(options, STREAM);
    byte[] header =
        new SpecWriter(STREAM)
            .at(0)
            .le32(0) // CRC-32 of everything from the next field on, patched below
            .at(MAGIC_AT)
            .ascii(MAGIC)
            .at(PACKED_SIZE)
            .le32(bytes.length - STREAM) // bytes of the stream
            .at(UNPACKED_SIZE)
            .le32(core.unpackedSize(options.length)) // bytes that it stands for
            .at(CORE_SIZE)
            .le32(core.size()) // of them the core, which comes first
            .at(SCRIPT_SIZE)
            .le32(options.length) // and the load options, which come last
            .at(CODE_START)
            .le32(core.code().start()) // coded part of the unpacked core: first byte
            .at(CODE_END)
            .le32(core.code().end()) // and the byte after it
            .at(ROOT_AT)
            .le32(core.root().at()) // place in the core of the bytes at ROOT
            .at(CORE_CRC32)
            .le32(
                Integer.toUnsignedLong(
                    core.crc32())) // CRC-32 of the unpacked core: what the loader vouches for
            .at(ROOT)
            .raw(core.root().bytes()) // for which the stream has zeros
            .endsAt(STREAM);
    System.arraycopy(header, 0, bytes, 0, STREAM);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, PayloadContent.crc32(bytes, MAGIC_AT));
    return bytes;
  }

  /** Whether a payload of any generation may begin here. */
  static boolean claims(SpecReader r) {
    return isMarked(r, MAGIC) || isMarked(r, MAGIC_WITHOUT_ROOT) || EarlierPayload.claims(r);
  }

  /** Whether it is marked as one that this version's loader takes. */
  static boolean isThis(SpecReader r) {
    return isMarked(r, MAGIC);
  }

  private static boolean isMarked(SpecReader r, String magic) {
    return r.size() >= STREAM && r.text(MAGIC_AT, magic.length()).equals(magic);
  }

  /** Reads a payload as strictly as the loader does; the bytes may go on after its end. */
  static PayloadContent read(SpecReader r) {
    if (EarlierPayload.claims(r)) {
      return EarlierPayload.read(r);
    }
    boolean hasRoot = isThis(r);
    r.require(hasRoot || isMarked(r, MAGIC_WITHOUT_ROOT), "is not a UEFI file made by zboot");
    int stream = hasRoot ? STREAM : ROOT_AT + Integer.BYTES;
    long packed = r.le32(PACKED_SIZE);
    long unpacked = r.le32(UNPACKED_SIZE);
    long coreSize = r.le32(CORE_SIZE);
    long optionsSize = r.le32(SCRIPT_SIZE);
    long codeStart = r.le32(CODE_START);
    long codeEnd = r.le32(CODE_END);
    r.require(
        packed <= r.size() - stream
            && unpacked <= MAX_UNPACKED
            && coreSize <= unpacked
            && optionsSize <= unpacked,
        "has damaged lengths in its payload");
    r.require(codeStart <= codeEnd && codeEnd <= coreSize, "has code beyond the end of its iPXE");
    PackedCore.CodeRange code = new PackedCore.CodeRange((int) codeStart, (int) codeEnd);
    long rootAt = hasRoot ? r.le32(ROOT_AT) : 0;
    r.require(
        !hasRoot || rootAt + RootField.SIZE <= coreSize,
        "has a trust root beyond the end of its iPXE");
    int size = stream + (int) packed;
    PayloadContent.requireChecksum(r, 0, MAGIC_AT, size);
    try {
      LzmaDecoder decoder =
          LzmaDecoder.of(
              CorePacker.LITERAL_CONTEXT_BITS, r.bytes(0, size), stream, size, (int) unpacked);
      decoder.readTo((int) coreSize);
      int boundary = decoder.position();
      byte[] all = decoder.readAll();
      byte[] core = code.decode(Arrays.copyOf(all, (int) coreSize));
      if (hasRoot) {
        core = new RootField((int) rootAt, r.bytes(ROOT, RootField.SIZE)).restore(core);
      }
      int checksum = (int) r.le32(hasRoot ? CORE_CRC32 : ROOT_AT);
      r.require(PackedCore.crc32(core) == checksum, "has another core than went in");
      String text =
          new String(
              all, (int) (unpacked - optionsSize), (int) optionsSize, StandardCharsets.ISO_8859_1);
      return new PayloadContent(
          core,
          LoadOptions.script(r, text),
          PayloadContent.extents(stream, boundary, boundary, size));
    } catch (DamagedLzmaException e) {
      throw r.damaged("cannot be unpacked: " + e.getMessage());
    }
  }

  /**
   * What lies where.
   *
   * @param size of the payload, in bytes
   */
  List<Extent> extents(int size) {
    int boundary = STREAM + core.packedSize();
    return PayloadContent.extents(STREAM, boundary, boundary, size);
  }
}
