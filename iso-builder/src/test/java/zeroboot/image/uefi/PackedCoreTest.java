package zeroboot.image.uefi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.image.testing.Refusal;
import zeroboot.spec.BootPath;

class PackedCoreTest {
  private static final IpxeCore CORE = BundledCore.load();

  @Test
  void theBuildsResourceIsAFreshCompressionOfTheCore() throws IOException {
    try (InputStream in =
        PackedCore.class.getResourceAsStream("core-" + CORE.sha256(BootPath.UEFI_X64) + ".bin")) {
      assertNotNull(in);
      byte[] resource = in.readAllBytes();
      assertArrayEquals(PackedCore.compress(CORE.efi()), resource);
      assertArrayEquals(resource, PackedCore.of(CORE).compressed());
    }
    assertArrayEquals(CORE.efi(), PackedCore.of(CORE).unpack());
  }

  /** The build notes what it finds in the core, so that no run has to read it. */
  @Test
  void theBuildsFactsAreThoseOfTheCore() {
    PackedCore stored = PackedCore.of(CORE);
    assertEquals(PackedCore.CodeRange.of(CORE.efi()), stored.code());
    assertEquals(PackedCore.crc32(CORE.efi()), stored.crc32());
    assertEquals(TrustRoot.of(CORE.efi()), TrustRoot.of(CORE));
  }

  /** The prototype had 523,991; the media have no room for a step back. */
  @Test
  void coreStaysSmall() {
    int size = PackedCore.of(CORE).compressed().length;
    assertTrue(size <= 478_000, size + " bytes");
  }

  @Test
  void coreThatTheBuildDoesNotKnowIsCompressed() {
    byte[] efi = CORE.efi().clone();
    efi[efi.length - 1] ^= 1;
    PackedCore packed = PackedCore.of(IpxeCore.of("a folder", CORE.lkrn(), efi));
    assertArrayEquals(efi, packed.unpack());
  }

  /** There the loader would write: the pool it takes for the core has no byte more. */
  @Test
  void codeBeyondTheCoreIsNeverPacked() {
    byte[] compressed = PackedCore.of(CORE).compressed();
    int size = CORE.efi().length;
    assertEquals(size, new PackedCore(compressed, range(0, size), 0).code().end());
    for (int[] wrong : new int[][] {{0, size + 1}, {size, Integer.MAX_VALUE}, {-4, 8}, {9, 8}}) {
      PackedCore.CodeRange range = range(wrong[0], wrong[1]);
      assertThrows(
          IllegalArgumentException.class, () -> new PackedCore(compressed, range, 0), "" + range);
    }
    PackedCore.CodeRange one = range(0, 1);
    assertThrows(IllegalArgumentException.class, () -> new PackedCore(new byte[7], one, 0));
  }

  private static PackedCore.CodeRange range(int start, int end) {
    return new PackedCore.CodeRange(start, end);
  }

  /** What a trust root does: a few bytes in the middle. */
  @Test
  void changedCoreIsAboutAsSmall() {
    byte[] changed = CORE.efi().clone();
    for (int i = 0; i < 32; i++) {
      changed[changed.length / 2 + i] ^= 0x5A;
    }
    PackedCore packed = PackedCore.of(IpxeCore.of("a folder", CORE.lkrn(), changed));
    assertArrayEquals(changed, packed.unpack());
    int growth = packed.compressed().length - PackedCore.of(CORE).compressed().length;
    assertTrue(growth < 256, "grew by " + growth);
  }

  @Test
  void anotherCoreThanTheOneThatWentInIsRefused() {
    PackedCore packed = PackedCore.of(CORE);
    PackedCore other = new PackedCore(packed.compressed(), packed.code(), packed.crc32() ^ 1);
    Refusal.assertRefused("is not the core that went in", other::unpack);
  }
}
