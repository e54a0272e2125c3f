package zeroboot.image.pe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.ground.ZbootException;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.JudgeOf;
import zeroboot.testing.SelfSigned;

class PeWriterTest {
  private static final byte[] CODE = {0x31, (byte) 0xC0, (byte) 0xC3}; // xor eax, eax; ret
  private static final byte[] IMAGE = image();

  @TempDir Path folder;

  private static byte[] image() {
    byte[] data = new byte[5001];
    new Random(3).nextBytes(data);
    return PeWriter.write(
        List.of(
            new PeSection(
                ".text", CODE, SectionHeader.CODE | SectionHeader.EXECUTE | SectionHeader.READ),
            PeSection.zeros(".bss", 64),
            new PeSection(".rdata", data, SectionHeader.INITIALIZED_DATA | SectionHeader.READ)));
  }

  @JudgeOf("efi")
  @Test
  void objdumpReadsTheHeaders() throws IOException {
    String dump = ForeignTool.require("objdump").run("-x", write(IMAGE)).ok();
    assertFalse(dump.contains("warning"), dump);
    assertTrue(dump.contains("file format pei-x86-64"), dump);
    assertTrue(dump.contains("start address 0x0000000000001000"), dump);
    assertTrue(dump.contains("Subsystem\t\t0000000a\t(EFI application)"), dump);
    assertTrue(dump.contains("NX_COMPAT"), dump);
    assertTrue(dump.contains("SizeOfImage\t\t00005000"), dump);
    assertTrue(dump.matches("(?s).*\\.text +00000003 +0{12}1000.*CODE.*"), dump);
    assertTrue(dump.matches("(?s).*SizeOfUninitializedData\\s+0+200\n.*"), dump);
    assertTrue(dump.matches("(?s).*\\.bss +00000040 +0{12}2000 +0{12}2000 +0{8} .*"), dump);
    assertTrue(dump.matches("(?s).*\\.rdata +00001389 +0{12}3000.*READONLY, DATA.*"), dump);
  }

  @Test
  void fileKnowsTheType() throws IOException {
    String type = ForeignTool.require("file").run("-b", write(IMAGE)).ok();
    assertTrue(type.startsWith("PE32+ executable (EFI application) x86-64"), type);
  }

  @Test
  void onlyTheZerosAreWritableAndOnlyTheCodeIsExecutable() {
    for (SectionHeader section : PeImage.read("image", IMAGE).sections()) {
      assertEquals(
          section.name().equals(".bss"),
          (section.characteristics() & SectionHeader.WRITE) != 0,
          section.name());
      assertEquals(
          section.name().equals(".text"),
          (section.characteristics() & SectionHeader.EXECUTE) != 0,
          section.name());
      assertEquals(0, section.virtualAddress() % 4096, section.name());
    }
  }

  /** sbsign computes the check sum of the file that it writes; so do we of ours. */
  @Test
  void sbsignSignsItWithoutAWordAndAgreesOnTheCheckSum() throws IOException {
    SelfSigned signer = SelfSigned.create(folder, "test", "rsa:2048");
    String key = signer.key().toString();
    String certificate = signer.certificate().toString();
    String signed = folder.resolve("signed.efi").toString();
    String plain = write(IMAGE);
    ForeignTool sbverify = ForeignTool.require("sbverify");
    assertEquals("No signature table present", sbverify.run("--list", plain).ok().strip());
    String said =
        ForeignTool.require("sbsign")
            .run("--key", key, "--cert", certificate, "--output", signed, plain)
            .ok();
    assertEquals("Signing Unsigned original image", said.strip());
    sbverify.run("--cert", certificate, signed).ok();

    byte[] bytes = Files.readAllBytes(Path.of(signed));
    PeImage image = PeImage.read("signed", bytes);
    assertEquals(IMAGE.length, image.certificates().address());
    assertEquals(bytes.length, image.certificates().address() + image.certificates().size());
    assertEquals(checkSum(bytes), PeChecksum.of(bytes, image.checkSum()));
    byte[] unsigned = Arrays.copyOf(bytes, IMAGE.length);
    Arrays.fill(unsigned, image.certificateEntry(), image.certificateEntry() + 8, (byte) 0);
    ByteBuffer.wrap(unsigned)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(image.checkSum(), PeChecksum.of(unsigned, image.checkSum()));
    assertArrayEquals(IMAGE, unsigned);
  }

  @Test
  void readsWhatOthersWrote() {
    PeImage core = PeImage.read("core", BundledCore.load().efi());
    assertEquals(0x8664, core.machine());
    SectionHeader text = core.section(".text").orElseThrow();
    assertEquals(0x400, text.pointerToRawData());
    assertEquals(0, core.certificates().size());
  }

  @Test
  void everyTruncationAndAnyDamageOfTheHeadersEndsCleanly() {
    for (int size = 0; size < IMAGE.length; size += size < 600 ? 1 : 511) {
      byte[] part = Arrays.copyOf(IMAGE, size);
      assertThrows(ZbootException.class, () -> PeImage.read("part", part), size + " bytes");
    }
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = IMAGE.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        damaged[random.nextInt(512)] = (byte) random.nextInt();
      }
      endsCleanly(damaged);
    }
  }

  private static void endsCleanly(byte[] file) {
    try {
      for (SectionHeader section : PeImage.read("damaged", file).sections()) {
        assertTrue(section.endOfRawData() <= file.length);
      }
    } catch (ZbootException e) {
      assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    }
  }

  private static int checkSum(byte[] file) {
    return ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt(PeImage.read("file", file).checkSum());
  }

  private String write(byte[] image) throws IOException {
    return Files.write(folder.resolve("image.efi"), image).toString();
  }
}
