package zeroboot.image.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootImage;
import zeroboot.image.plan.Extent;
import zeroboot.image.testing.Refusal;
import zeroboot.image.uefi.SealedEfi;
import zeroboot.testing.Fuzz;

/** Whatever somebody puts on a stick, reading it ends well or in one clear line. */
class MediumFuzzTest {
  private static final int FRAME = 0x2000;
  private static final int FRAME_SUM = 0x1B4;

  @Test
  void hostileMedia() {
    Fuzz.of("medium", 300).run(seeds(), MediumFuzzTest::repair, MediumFuzzTest::read);
  }

  /** What other people's tools write, and what firmware would follow in it. */
  @Test
  void hostileForeignMedia(@TempDir Path folder) {
    List<Fuzz.Seed> seeds =
        List.of(
            new Fuzz.Seed(
                bytes(ForeignMedia.iso(folder)), List.of(0x1B8, 0x8000, 0x8028, 0x8800, 0x8847)),
            new Fuzz.Seed(
                bytes(ForeignMedia.hybridIso(folder)), List.of(0, 0x1B8, 0x200, 0x8000, 0x8800)),
            new Fuzz.Seed(
                bytes(ForeignMedia.gpt(folder)), List.of(0x1B8, 0x1C0, 0x200, 0x248, 0x400)),
            new Fuzz.Seed(bytes(ForeignMedia.mbr(folder)), List.of(0, 0x1B8, 1 << 20)),
            new Fuzz.Seed(bytes(ForeignMedia.fatStick(folder)), List.of(0, 0x200, 0xA00, 0x2000)),
            new Fuzz.Seed(
                bytes(ForeignMedia.signedEfi(folder)), List.of(0, 0x80, 0x108, 0x180, 0xF3600)));
    Fuzz.of("foreign-medium", 400).run(seeds, input -> {}, MediumFuzzTest::read);
  }

  /** Sticks of people's own, each small, with our UEFI file in them. */
  @Test
  void hostileOwnSticks(@TempDir Path folder) {
    OwnSticks sticks = new OwnSticks(folder);
    List<Fuzz.Seed> seeds = new ArrayList<>();
    for (int bits : List.of(12, 16, 32)) {
      int size = (bits == 12 ? 2 : bits == 16 ? 4 : OwnSticks.FAT32) * OwnSticks.MIB;
      seeds.add(ownStick(sticks.bare("bare" + bits, bits, size), sticks, bits, 0));
    }
    seeds.add(ownStick(sticks.mbr("mbr", 12, 4 * OwnSticks.MIB), sticks, 12, 1));
    seeds.add(ownStick(sticks.gpt("gpt", 32, 40 * OwnSticks.MIB), sticks, 32, 2));
    Fuzz.of("own-stick", 40).run(seeds, MediumFuzzTest::repair, MediumFuzzTest::read);
  }

  /** Its boot sector, its FAT, the directories on the way, the file and the partition tables. */
  private static Fuzz.Seed ownStick(Path stick, OwnSticks sticks, int bits, int atMib) {
    byte[] whole = bytes(sticks.with(stick, atMib, MadeMedia.bytes("efi uefi")));
    byte[] bytes = Arrays.copyOf(whole, Math.min(whole.length, 4 * OwnSticks.MIB)); // else empty
    int base = atMib * OwnSticks.MIB;
    BrokenStick volume = new BrokenStick(Arrays.copyOfRange(bytes, base, bytes.length), bits);
    List<Integer> spots = new ArrayList<>(List.of(0x1B8, 0x200, 0x400, base, base + 11, base + 32));
    for (String place : List.of("root", "folder", "entry", "chain", "file")) {
      spots.add(base + volume.offsetOf(place));
    }
    return new Fuzz.Seed(bytes, spots);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Fuzz.Seed> seeds() {
    List<Fuzz.Seed> seeds = new ArrayList<>();
    MadeMedia.ALL.values().forEach(image -> seeds.add(seed(image)));
    seeds.add(new Fuzz.Seed(MadeMedia.SCRIPT.bytes(), List.of(0)));
    seeds.add(new Fuzz.Seed(MadeMedia.CORE.efi(), List.of(0, 0x80, 0x180)));
    seeds.add(new Fuzz.Seed(MadeMedia.CORE.lkrn(), List.of(0x1F0, 0x200)));
    return seeds;
  }

  private static Fuzz.Seed seed(BootImage image) {
    List<Integer> spots = new ArrayList<>(List.of(0x1A8, 0x1B8, 0x1400, 0x8000, 0x8800));
    for (Extent extent : image.layout().extents()) {
      spots.add((int) extent.offset());
    }
    for (Extent view : image.layout().views()) {
      spots.add((int) view.offset());
    }
    spots.removeIf(spot -> spot >= image.bytes().length);
    return new Fuzz.Seed(image.bytes(), spots);
  }

  private static void read(byte[] input) {
    try {
      Medium medium = MediumReader.read(ByteSource.of("medium", input));
      assertFalse(medium.layout().size() < 0);
    } catch (ZbootException e) {
      assertEquals(ZbootException.Kind.SETTINGS, e.kind());
      assertEquals(1, String.valueOf(e.getMessage()).lines().count());
    }
  }

  /** Makes the checksums of both boot codes fit what lies there now. */
  private static void repair(byte[] input) {
    ByteBuffer b = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + FRAME <= input.length; at += 512) {
      if (startsWith(input, at + 4, "ZBOOT-03")) {
        repairPayload(input, b, at);
      }
      if (startsWith(input, at + 0x1400, "ZBT3")) {
        int sum = 0;
        for (int word = at + 0x200; word < at + FRAME; word += 4) {
          sum = Integer.rotateLeft(sum, 1) + b.getInt(word);
        }
        b.putInt(at + FRAME_SUM, sum);
      }
    }
  }

  private static void repairPayload(byte[] input, ByteBuffer b, int at) {
    long end = 76 + Integer.toUnsignedLong(b.getInt(at + 12));
    if (at + end <= input.length) {
      CRC32 crc = new CRC32();
      crc.update(input, at + 4, (int) end - 4);
      b.putInt(at, (int) crc.getValue());
    }
  }

  /** Where a changed payload is behind a right checksum, something else has to find the change. */
  @Test
  void repairedPayloadsPassTheirChecksum() {
    byte[] file = MadeMedia.bytes("efi uefi").clone();
    String text = new String(file, StandardCharsets.ISO_8859_1);
    file[text.indexOf("ZBOOT-03") + 40] ^= 1; // of the trusted root
    Refusal.assertRefused("checksum does not match", () -> SealedEfi.read("x.efi", file));
    repair(file);
    Refusal.assertRefused("another core than went in", () -> SealedEfi.read("x.efi", file));
  }

  private static boolean startsWith(byte[] input, int at, String text) {
    return new String(input, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }
}
