package zeroboot.image.uefi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMAInputStream;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.spec.BootPath;

class PackedCoreTest {
  private static final IpxeCore CORE = BundledCore.load();
  private static final PackedCore PACKED = PackedCores.of(CORE);
  private static final byte[] SCRIPT =
      "ipxe.efi #!ipxe\necho packed\n\0".getBytes(StandardCharsets.US_ASCII);

  @Test
  void theBuildsResourceIsAFreshPackingOfTheCore() throws IOException {
    try (InputStream in =
        PackedCore.class.getResourceAsStream("core-" + CORE.sha256(BootPath.UEFI_X64) + ".bin")) {
      assertNotNull(in);
      PackedCore fresh = CorePacker.pack(CORE.efi(), LoadOptions.example(CORE));
      byte[] written = fresh.encoder().written();
      assertArrayEquals(written, in.readNBytes(written.length));
      assertArrayEquals(written, PACKED.encoder().written());
      assertArrayEquals(fresh.encoder().save(), PACKED.encoder().save());
      assertArrayEquals(fresh.example(), PACKED.example());
      assertEquals(fresh.packedSize(), PACKED.packedSize());
      assertArrayEquals(fresh.with(SCRIPT), PACKED.with(SCRIPT));
    }
  }

  /** XZ for Java is the judge of what stands there. */
  @Test
  void anotherReaderFindsCoreExampleAndScript() throws IOException {
    assertUnpacks(CORE.efi(), PACKED);
  }

  /** The build notes what it finds in the core, so that no run has to read it. */
  @Test
  void theBuildsFactsAreThoseOfTheCore() {
    assertEquals(PackedCore.CodeRange.of(CORE.efi()), PACKED.code());
    assertEquals(PackedCore.crc32(CORE.efi()), PACKED.crc32());
    assertEquals(TrustRoot.of(BootPath.UEFI_X64, CORE.efi()), TrustRoot.of(CORE));
  }

  /** The firmware's own format had 477,203; the media have no room for a step back. */
  @Test
  void coreStaysSmall() {
    int size = PACKED.packedSize();
    assertTrue(size <= 397_000, size + " bytes");
    int script = PACKED.with(LoadOptions.example(CORE)).length - size;
    assertTrue(script <= 4_400, script + " bytes");
  }

  @Test
  void coreThatTheBuildDoesNotKnowIsPacked() throws IOException {
    byte[] efi = Arrays.copyOf(CORE.efi(), CORE.efi().length + 5);
    assertUnpacks(efi, PackedCores.of(IpxeCore.of("a folder", CORE.lkrn(), efi)));
  }

  /** The loader would not start it. */
  @Test
  void codeBeyondTheCoreIsNeverPacked() {
    int size = PACKED.size();
    assertEquals(size, with(0, size).code().end());
    for (int[] wrong : new int[][] {{0, size + 1}, {size, Integer.MAX_VALUE}, {-4, 8}, {9, 8}}) {
      assertThrows(IllegalArgumentException.class, () -> with(wrong[0], wrong[1]));
    }
  }

  private static PackedCore with(int start, int end) {
    PackedCore.CodeRange code = new PackedCore.CodeRange(start, end);
    return new PackedCore(
        PACKED.encoder(), PACKED.example(), PACKED.size(), PACKED.packedSize(), code, 0);
  }

  /** What a trust root does: 32 bytes. */
  @Test
  void changedCoreIsAboutAsSmall() throws IOException {
    TrustRoot root = new TrustRoot("0123456789abcdef".repeat(4));
    assertChange(root.in(CORE).efi());
    byte[] early = CORE.efi().clone();
    for (int i = 0; i < 32; i++) {
      early[early.length / 2 + i] ^= 0x5A;
    }
    assertChange(early);
  }

  private static void assertChange(byte[] efi) throws IOException {
    PackedCore packed = PackedCores.of(IpxeCore.of("a folder", CORE.lkrn(), efi));
    assertUnpacks(efi, packed);
    int growth = packed.packedSize() - PACKED.packedSize();
    assertTrue(growth < 256, "grew by " + growth);
  }

  private static void assertUnpacks(byte[] efi, PackedCore packed) throws IOException {
    byte[] stream = packed.with(SCRIPT);
    int size = packed.unpackedSize(SCRIPT.length);
    try (LZMAInputStream in =
        new LZMAInputStream(new ByteArrayInputStream(stream), size, (byte) 4, 1 << 24)) {
      byte[] all = in.readAllBytes();
      assertEquals(size, all.length);
      byte[] coded = Arrays.copyOf(all, packed.size());
      assertArrayEquals(efi, packed.code().decode(coded));
      int script = size - SCRIPT.length;
      assertArrayEquals(packed.example(), Arrays.copyOfRange(all, packed.size(), script));
      assertArrayEquals(SCRIPT, Arrays.copyOfRange(all, script, size));
    }
  }
}
