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
import java.util.HexFormat;
import java.util.Optional;
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
        PACKED.encoder(),
        PACKED.example(),
        PACKED.size(),
        PACKED.packedSize(),
        code,
        PACKED.root(),
        0);
  }

  /** Nor would it put a root there. */
  @Test
  void rootBeyondTheCoreIsNeverPacked() {
    int size = PACKED.size();
    assertEquals(size, with(size - RootField.SIZE).root().at() + RootField.SIZE);
    assertThrows(IllegalArgumentException.class, () -> with(size - RootField.SIZE + 1));
    assertThrows(IllegalArgumentException.class, () -> with(-1));
    assertThrows(IllegalArgumentException.class, () -> new RootField(0, new byte[31]));
  }

  private static PackedCore with(int rootAt) {
    RootField root = new RootField(rootAt, new byte[RootField.SIZE]);
    return new PackedCore(
        PACKED.encoder(),
        PACKED.example(),
        PACKED.size(),
        PACKED.packedSize(),
        PACKED.code(),
        root,
        0);
  }

  /** So that another root costs no time and no room. */
  @Test
  void anotherRootChangesNothingInTheStream() throws IOException {
    TrustRoot root = new TrustRoot("0123456789abcdef".repeat(4));
    IpxeCore changed = root.in(CORE);
    PackedCore packed = PackedCores.of(changed);
    assertArrayEquals(PACKED.with(SCRIPT), packed.with(SCRIPT));
    assertEquals(root.sha256(), HexFormat.of().formatHex(packed.root().bytes()));
    assertEquals(PackedCore.crc32(changed.efi()), packed.crc32());
    assertUnpacks(changed.efi(), packed);
    assertArrayEquals(
        PACKED.with(SCRIPT), CorePacker.pack(CORE.efi(), PACKED.example()).with(SCRIPT));
  }

  @Test
  void coreThatDiffersElsewhereIsPackedAnew() throws IOException {
    int at = PACKED.root().at();
    for (int place : new int[] {CORE.efi().length / 2, at - 1, at + RootField.SIZE}) {
      byte[] efi = CORE.efi().clone();
      efi[place] ^= 0x5A;
      IpxeCore other = IpxeCore.of("a folder", CORE.lkrn(), efi);
      assertEquals(Optional.empty(), StoredCore.packed(other));
    }
  }

  /** A core that was built to trust something else: its first bytes stand where a root would. */
  @Test
  void coreWithoutIpxesRootIsPackedWithItsBeginningApart() throws IOException {
    byte[] efi = CORE.efi().clone();
    efi[PACKED.root().at()] ^= 1;
    PackedCore packed = CorePacker.pack(efi, PACKED.example());
    assertEquals(0, packed.root().at());
    assertUnpacks(efi, packed);
  }

  private static void assertUnpacks(byte[] efi, PackedCore packed) throws IOException {
    byte[] stream = packed.with(SCRIPT);
    int size = packed.unpackedSize(SCRIPT.length);
    try (LZMAInputStream in =
        new LZMAInputStream(new ByteArrayInputStream(stream), size, (byte) 4, 1 << 24)) {
      byte[] all = in.readAllBytes();
      assertEquals(size, all.length);
      byte[] coded = Arrays.copyOf(all, packed.size());
      assertArrayEquals(efi, packed.root().restore(packed.code().decode(coded)));
      int script = size - SCRIPT.length;
      assertArrayEquals(packed.example(), Arrays.copyOfRange(all, packed.size(), script));
      assertArrayEquals(SCRIPT, Arrays.copyOfRange(all, script, size));
    }
  }
}
