package zeroboot.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import zeroboot.image.pe.PeSection;
import zeroboot.image.pe.PeWriter;
import zeroboot.image.pe.SectionHeader;
import zeroboot.testing.ForeignTool;

/**
 * UEFI files of the first generation: the loader has the firmware unpack its core and start it as
 * any other program, so that core had to be signed. The loader is assembled of its own source.
 */
final class FirstSticks {
  private static final Path SOURCE = Path.of("src/test/stage/first/loader.S");
  private static final int CORE = 32;
  private static final int MOST_CHARACTERS = 0xFFFF;

  private FirstSticks() {}

  /** An unsigned file with this core, which may be signed, and this script. */
  static byte[] efi(byte[] core, String script, Path scratch) throws IOException {
    int code = SectionHeader.CODE | SectionHeader.EXECUTE | SectionHeader.READ;
    int data = SectionHeader.INITIALIZED_DATA | SectionHeader.READ;
    return PeWriter.write(
        List.of(
            new PeSection(".text", loader(scratch), code),
            new PeSection(".rdata", payload(core, script), data)));
  }

  /** No part of the core has coded operands, which the loader would turn back. */
  private static byte[] payload(byte[] core, String script) {
    byte[] packed = packed(core);
    byte[] options = ("ipxe.efi " + script + "\0").getBytes(StandardCharsets.UTF_16LE);
    int at = (CORE + packed.length + 7) & -8;
    byte[] payload = new byte[at + options.length];
    ByteBuffer fields = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    fields.put("ZBSEALED".getBytes(StandardCharsets.US_ASCII));
    fields.putInt(12, packed.length).putInt(16, options.length);
    fields.position(CORE).put(packed).position(at).put(options);
    CRC32 crc = new CRC32();
    crc.update(payload, 12, payload.length - 12);
    fields.putInt(8, (int) crc.getValue());
    return payload;
  }

  /**
   * As the firmware unpacks it (UEFI specification 2.10, section 19.2), and no smaller: a code of
   * eight bits for each byte, and no string that stands for an earlier one.
   */
  private static byte[] packed(byte[] core) {
    Bits bits = new Bits();
    for (int from = 0; from < core.length; from += MOST_CHARACTERS) {
      int to = Math.min(core.length, from + MOST_CHARACTERS);
      bits.put(to - from, 16); // Block Size
      bits.put(0, 5); // Extra Set: one symbol alone, which takes no bits
      bits.put(8 + 2, 5); // it stands for a length of eight bits
      bits.put(256, 9); // Char&Len Set: that many lengths, all the same
      bits.put(0, 4); // Position Set: one symbol, never used
      bits.put(0, 4);
      for (int i = from; i < to; i++) {
        bits.put(core[i] & 0xFF, 8);
      }
    }
    bits.put(0, 15); // the last byte filled up, and the terminator
    byte[] blocks = bits.bytes.toByteArray();
    return ByteBuffer.allocate(8 + blocks.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(blocks.length)
        .putInt(core.length)
        .put(blocks)
        .array();
  }

  /** The most significant bit first. */
  private static final class Bits {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int pending;
    private int count;

    void put(int value, int width) {
      pending = (pending << width) | value;
      for (count += width; count >= 8; count -= 8) {
        bytes.write(pending >>> (count - 8));
      }
    }
  }

  private static byte[] loader(Path scratch) throws IOException {
    Path object = scratch.resolve("first.o");
    Path binary = scratch.resolve("first.bin");
    ForeignTool.require("as").run("--64", "--fatal-warnings", "-o", object + "", SOURCE + "").ok();
    ForeignTool.require("ld")
        .run(
            "-m",
            "elf_x86_64",
            "-Ttext",
            "0x1000",
            "-e",
            "_start",
            "--oformat",
            "binary",
            "-o",
            binary + "",
            object + "")
        .ok();
    return Files.readAllBytes(binary);
  }
}
