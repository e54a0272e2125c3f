package zeroboot.image.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.image.compress.UefiDecompressor;

/**
 * What the sealed loader finds at {@link #ADDRESS} of its image; {@code loader.S} names the same
 * fields. Both parts start at a multiple of 8.
 *
 * @param core the compressed core and its coded part
 * @param options the load options with a NUL at the end, in ASCII: the loader makes CHAR16 of them
 */
record SealedPayload(PackedCore core, byte[] options) {
  /** Relative virtual address: the third page of the image after the headers. */
  static final int ADDRESS = 0x3000;

  static final String MAGIC = "ZBSEALED";
  static final int CRC32_COVERS_FROM = 12;
  static final int CORE = 32;

  private static final int CRC32 = 8;
  private static final int OPTIONS_SIZE = 16;
  private static final int CODE_START = 20;
  private static final int CODE_END = 24;
  private static final int CORE_CRC32 = 28;

  /** iPXE drops the first word, the name it was started by, and runs the rest as a script. */
  private static final String PROGRAM_NAME = "ipxe.efi ";

  static byte[] options(String script) {
    return (PROGRAM_NAME + script + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  int optionsOffset() {
    return optionsOffset(core.compressed().length);
  }

  int size() {
    return optionsOffset() + options.length;
  }

  byte[] toBytes() {
    byte[] bytes =
        new SpecWriter(size())
            .at(0)
            .ascii(MAGIC)
            .at(CRC32)
            .le32(0) // CRC-32 of everything from the next field on, patched below
            .at(CRC32_COVERS_FROM)
            .le32(core.compressed().length) // bytes of the compressed core
            .at(OPTIONS_SIZE)
            .le32(options.length) // bytes of the load options
            .at(CODE_START)
            .le32(core.code().start()) // coded part of the unpacked core: first byte
            .at(CODE_END)
            .le32(core.code().end()) // and the byte after it
            .at(CORE_CRC32)
            .le32(
                Integer.toUnsignedLong(
                    core.crc32())) // CRC-32 of the unpacked core: what the loader vouches for
            .at(CORE)
            .raw(core.compressed())
            .zerosTo(optionsOffset())
            .raw(options)
            .endsAt(size());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(CRC32, crc32(bytes));
    return bytes;
  }

  /** Reads a payload as strictly as the loader does; the bytes may go on after its end. */
  static SealedPayload read(SpecReader r) {
    r.require(
        r.size() >= CORE && r.text(0, MAGIC.length()).equals(MAGIC),
        "is not a UEFI file made by zboot");
    long coreSize = r.le32(CRC32_COVERS_FROM);
    long optionsSize = r.le32(OPTIONS_SIZE);
    long start = r.le32(CODE_START);
    long end = r.le32(CODE_END);
    long coreCrc32 = r.le32(CORE_CRC32);
    r.require(
        coreSize <= r.size()
            && optionsSize <= r.size()
            && optionsOffset((int) coreSize) + optionsSize <= r.size()
            && start <= end
            && end <= UefiDecompressor.MAX_ORIGINAL_SIZE,
        "has damaged lengths in its payload");
    byte[] core = r.bytes(CORE, (int) coreSize);
    PackedCore.CodeRange code = new PackedCore.CodeRange((int) start, (int) end);
    r.require(
        code.isWithin(UefiDecompressor.declaredSize(core)), "has code beyond the end of its iPXE");
    SealedPayload payload =
        new SealedPayload(
            new PackedCore(core, code, (int) coreCrc32),
            r.bytes(optionsOffset((int) coreSize), (int) optionsSize));
    r.require(
        Integer.toUnsignedLong(crc32(r.bytes(0, payload.size()))) == r.le32(CRC32),
        "is damaged: its checksum does not match");
    return payload;
  }

  /**
   * The script in the load options, which the first sticks had in UTF-16LE; {@code r} only names
   * the file in an error.
   */
  String script(SpecReader r) {
    boolean isWide = options.length > 1 && options[1] == 0;
    String text =
        new String(options, isWide ? StandardCharsets.UTF_16LE : StandardCharsets.US_ASCII);
    r.require(
        text.startsWith(PROGRAM_NAME) && text.indexOf('\0') == text.length() - 1,
        "has load options that hold no script");
    return text.substring(PROGRAM_NAME.length(), text.length() - 1);
  }

  private static int optionsOffset(int coreSize) {
    return (CORE + coreSize + 7) & -8;
  }

  /** The CRC that {@code EFI_BOOT_SERVICES.CalculateCrc32()} computes (section 7.5). */
  private static int crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, CRC32_COVERS_FROM, bytes.length - CRC32_COVERS_FROM);
    return (int) crc.getValue();
  }
}
