package zeroboot.image.uefi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.testing.Refusal;

class PackedCoreTest {
  private static final IpxeCore CORE = BundledCore.load();

  @Test
  void theBuildsResourceIsAFreshCompressionOfTheCore() throws IOException {
    try (InputStream in =
        PackedCore.class.getResourceAsStream("core-" + CORE.efiSha256() + ".bin")) {
      assertNotNull(in);
      byte[] resource = in.readAllBytes();
      assertArrayEquals(PackedCore.compress(CORE.efi()), resource);
      assertArrayEquals(resource, PackedCore.of(CORE).compressed());
    }
    assertArrayEquals(CORE.efi(), PackedCore.of(CORE).unpack());
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

  /** What a signature does: check sum, one data directory, some 2 KB at the end. */
  @Test
  void signedCoreTakesItsSignatureAndLittleMore() {
    PackedCore packed = PackedCore.of(CORE);
    byte[] signed = Arrays.copyOf(CORE.efi(), CORE.efi().length + 2048);
    System.arraycopy(UefiCompressorTest.random(2048, 256), 0, signed, CORE.efi().length, 2048);
    Arrays.fill(signed, 0x120, 0x12C, (byte) 0x5A);
    PackedCore changed = PackedCore.of(CORE, signed);
    assertArrayEquals(signed, changed.unpack());
    int growth = changed.compressed().length - packed.compressed().length;
    assertTrue(growth < 2048 + 256, "grew by " + growth);
  }

  @Test
  void codeThatEndsBeyondTheFileIsRefused() {
    int size = CORE.efi().length;
    PackedCore packed =
        new PackedCore(PackedCore.of(CORE).compressed(), new PackedCore.CodeRange(0, size + 1));
    Refusal.assertRefused("its code ends beyond its end", packed::unpack);
  }
}
