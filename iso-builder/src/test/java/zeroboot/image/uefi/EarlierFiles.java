package zeroboot.image.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import zeroboot.core.IpxeCore;
import zeroboot.image.compress.UefiCompressor;
import zeroboot.image.pe.PeSection;
import zeroboot.image.pe.PeWriter;
import zeroboot.image.pe.SectionHeader;
import zeroboot.lzma.LzmaEncoder;
import zeroboot.lzma.LzmaParser;

/** UEFI files as earlier versions made them, but for their loader. */
final class EarlierFiles {
  private static final int CORE = 32;

  private EarlierFiles() {}

  /**
   * A file with the firmware's compression.
   *
   * @param vouches whether the payload has the core's CRC-32, as the later ones did
   * @param characters UTF-16LE at first, ASCII later
   */
  static byte[] efi(IpxeCore core, String script, boolean vouches, Charset characters) {
    PackedCore.CodeRange code = PackedCore.CodeRange.of(core.efi());
    byte[] compressed = UefiCompressor.compress(code.encode(core.efi()));
    byte[] options = ("ipxe.efi " + script + "\0").getBytes(characters);
    int at = (CORE + compressed.length + 7) & -8;
    byte[] payload = new byte[at + options.length];
    ByteBuffer fields = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    fields.put("ZBSEALED".getBytes(StandardCharsets.US_ASCII));
    fields.putInt(12, compressed.length).putInt(16, options.length);
    fields.putInt(20, code.start()).putInt(24, code.end());
    fields.putInt(28, vouches ? PackedCore.crc32(core.efi()) : 0);
    fields.position(CORE).put(compressed).position(at).put(options);
    CRC32 crc = new CRC32();
    crc.update(payload, 12, payload.length - 12);
    fields.putInt(8, (int) crc.getValue());
    return file(payload);
  }

  /** A file whose stream is the whole core, its root with it. */
  static byte[] withoutRootField(IpxeCore core, String script) {
    PackedCore.CodeRange code = PackedCore.CodeRange.of(core.efi());
    byte[] coded = code.encode(core.efi());
    byte[] options = LoadOptions.of(script).getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(coded, coded.length + options.length);
    System.arraycopy(options, 0, all, coded.length, options.length);
    LzmaEncoder encoder = LzmaEncoder.of(CorePacker.LITERAL_CONTEXT_BITS);
    LzmaParser.parse(encoder, all, 0);
    byte[] stream = encoder.finish();
    byte[] payload = new byte[40 + stream.length];
    ByteBuffer fields = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    fields.position(4).put("ZBOOT-02".getBytes(StandardCharsets.US_ASCII));
    fields.putInt(stream.length).putInt(all.length).putInt(coded.length).putInt(options.length);
    fields.putInt(code.start()).putInt(code.end()).putInt(PackedCore.crc32(core.efi()));
    fields.put(stream);
    CRC32 crc = new CRC32();
    crc.update(payload, 4, payload.length - 4);
    fields.putInt(0, (int) crc.getValue());
    return file(payload);
  }

  private static byte[] file(byte[] payload) {
    return PeWriter.write(
        List.of(
            new PeSection(
                ".text",
                new byte[2024],
                SectionHeader.CODE | SectionHeader.EXECUTE | SectionHeader.READ),
            new PeSection(".rdata", payload, SectionHeader.INITIALIZED_DATA | SectionHeader.READ)));
  }
}
