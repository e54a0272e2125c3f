package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.PeSection;
import zeroboot.image.pe.PeWriter;
import zeroboot.image.pe.SectionHeader;
import zeroboot.testing.ForeignTool;

/**
 * UEFI files of the first generation: the loader starts its core through the firmware as it is, so
 * that core had to be signed. It is today's loader without what came later (the checksum of the
 * core, the hooks, the page of data that they need), assembled by the test.
 */
final class FirstSticks {
  private static final Path SOURCES = Path.of("../templates/src/main/stage/efi");

  /** In today's source, and what stood there then; each once. */
  private static final String[][] THEN = {
    {".set PAYLOAD_RVA,              0x3000", ".set PAYLOAD_RVA, 0x2000"},
    {"        ja      load\n", "        ja      known\n"},
    {
      "        lea     rdi, [rip + m_load]\n        lea     rcx, [rsp + handle]\n",
      "known:  lea     rdi, [rip + m_load]\n        lea     rcx, [rsp + handle]\n"
    },
    {"        jne     start_load\n", "        jmp     start_load\n"},
    {
      "        call    [rbx + LoadImage]\n        call    unhook\n",
      "        call    [rbx + LoadImage]\n"
    },
  };

  private FirstSticks() {}

  /**
   * The same core and script, unsigned.
   *
   * @param sealed a file of today's, whose core is signed
   */
  static byte[] like(byte[] sealed, Path scratch) throws IOException {
    byte[] payload = section(sealed, ".rdata");
    ByteBuffer fields = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    fields.putInt(28, 0); // no checksum of the core
    CRC32 crc = new CRC32();
    crc.update(payload, 12, payload.length - 12);
    fields.putInt(8, (int) crc.getValue());
    int code = SectionHeader.CODE | SectionHeader.EXECUTE | SectionHeader.READ;
    int data = SectionHeader.INITIALIZED_DATA | SectionHeader.READ;
    return PeWriter.write(
        List.of(
            new PeSection(".text", loader(scratch), code), new PeSection(".rdata", payload, data)));
  }

  private static byte[] section(byte[] efi, String name) {
    SectionHeader header = PeImage.read(name, efi).section(name).orElseThrow();
    int start = header.pointerToRawData();
    return Arrays.copyOfRange(efi, start, start + header.virtualSize());
  }

  private static byte[] loader(Path scratch) throws IOException {
    String source = Files.readString(SOURCES.resolve("loader.S"));
    for (String[] change : THEN) {
      assertEquals(2, source.split(Pattern.quote(change[0]), -1).length, change[0]);
      source = source.replace(change[0], change[1]);
    }
    Path changed = Files.writeString(scratch.resolve("first.S"), source);
    Path object = scratch.resolve("first.o");
    Path binary = scratch.resolve("first.bin");
    ForeignTool.require("as")
        .run("--64", "--fatal-warnings", "-I", SOURCES + "", "-o", object + "", changed + "")
        .ok();
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
