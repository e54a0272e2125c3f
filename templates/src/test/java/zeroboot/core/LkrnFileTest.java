package zeroboot.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.ground.ZbootException;
import zeroboot.lzma.LzmaEncoder;
import zeroboot.spec.BootPath;
import zeroboot.testing.SecondCore;

class LkrnFileTest {
  private static final TrustRoot ROOT =
      new TrustRoot("e8e9".repeat(16)); // moves the filter's steps

  static Stream<IpxeCore> cores() {
    return Stream.concat(
        Stream.of(BundledCore.load()),
        SecondCore.find().stream().map(file -> CoreReader.readPackage(file, "second")));
  }

  @ParameterizedTest
  @MethodSource("cores")
  void isTakenApartAndPutTogetherAgain(IpxeCore core) {
    LkrnFile file = LkrnFile.read("x", core.lkrn());
    byte[] filtered = file.last().filtered();
    for (int at : new int[] {0, 1000, filtered.length / 2, filtered.length - 1}) {
      LkrnFile.Block last = file.last();
      byte[] stream = last.repacked("x", filtered, last.before("x", at));
      assertArrayEquals(core.lkrn(), LkrnFile.with(core.lkrn(), last.offset(), stream));
    }
    assertEquals(Optional.of(TrustRoot.IPXE), TrustRoot.of(BootPath.BIOS, core.lkrn()));
  }

  @ParameterizedTest
  @MethodSource("cores")
  void nothingButTheRootChanges(IpxeCore core) {
    for (TrustRoot root : new TrustRoot[] {ROOT, new TrustRoot("0123456789abcdef".repeat(4))}) {
      IpxeCore changed = root.in(core);
      byte[] before = LkrnFile.read("x", core.lkrn()).plain();
      byte[] after = LkrnFile.read("x", changed.lkrn()).plain();
      assertEquals(before.length, after.length);
      int first = Arrays.mismatch(before, after);
      byte[] bytes = HexFormat.of().parseHex(root.sha256());
      assertArrayEquals(bytes, Arrays.copyOfRange(after, first, first + bytes.length));
      System.arraycopy(before, first, after, first, bytes.length);
      assertArrayEquals(before, after);
      assertTrue(Math.abs(changed.lkrn().length - core.lkrn().length) < 64);
      for (BootPath path : BootPath.values()) {
        byte[] file = changed.file(path).bytes();
        assertEquals(Optional.of(root), TrustRoot.inPlaceOfIpxes(core, path, file));
      }
      assertArrayEquals(core.lkrn(), TrustRoot.IPXE.equals(root) ? changed.lkrn() : core.lkrn());
    }
  }

  /** From wherever it is packed anew, and not from behind the change. */
  @Test
  void whatTheBuildKeptGivesTheSameBytes() {
    IpxeCore core = BundledCore.load();
    LkrnFile file = LkrnFile.read("x", core.lkrn());
    RootBlock kept = BundledCore.rootBlock(core).orElseThrow();
    RootBlock anew = RootBlock.of("x", core.lkrn());
    assertArrayEquals(anew.save(), kept.save());
    assertArrayEquals(file.last().stream(), kept.block().stream());
    byte[] root = HexFormat.of().parseHex(ROOT.sha256());
    byte[] lkrn = anew.with("x", core.lkrn(), root);
    assertArrayEquals(lkrn, kept.with("x", core.lkrn(), root));
    assertArrayEquals(lkrn, ROOT.in(core).lkrn());
    byte[] changed = LkrnFile.read("x", lkrn).last().filtered();
    LkrnFile.Block last = file.last();
    int first = Arrays.mismatch(last.filtered(), changed);
    int at = kept.before().at();
    assertTrue(at <= first && first - at < 2 * LzmaEncoder.MAX_LENGTH);
    byte[] stream = last.repacked("x", changed, last.before("x", 0));
    assertArrayEquals(lkrn, LkrnFile.with(core.lkrn(), last.offset(), stream));
    LzmaEncoder late = last.before("x", first + 2 * LzmaEncoder.MAX_LENGTH);
    assertThrows(ZbootException.class, () -> last.repacked("x", changed, late));
    assertEquals(Optional.empty(), BundledCore.rootBlock(ROOT.in(core)));
  }

  /** A wrong byte anywhere but in the code of the setup part, and a byte more or less. */
  @Test
  void whatIsNotAsKnownIsRefused() {
    byte[] whole = BundledCore.load().lkrn();
    LkrnFile file = LkrnFile.read("x", whole);
    Random random = new Random(6);
    for (int i = 0; i < 60; i++) {
      int at =
          switch (i) {
            case 0 -> 0x1F1;
            case 1 -> 0x1F4;
            case 2 -> 0x1FE;
            case 3 -> 0x202;
            case 4 -> 0x206;
            case 5 -> 0x211;
            default -> file.setup() + random.nextInt(whole.length - file.setup());
          };
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      assertThrows(ZbootException.class, () -> LkrnFile.read("x", changed), "byte " + at);
    }
    for (int size : new int[] {0, 100, 1024, file.setup(), whole.length - 1, whole.length + 1}) {
      byte[] part = Arrays.copyOf(whole, size);
      ZbootException e = assertThrows(ZbootException.class, () -> LkrnFile.read("x", part));
      assertTrue(e.toString().contains("its trust root cannot be replaced"), e.toString());
    }
  }

  /** Without iPXE's own root there is no place for another. */
  @Test
  void coreWithAnotherRootKeepsIt() {
    IpxeCore pinned = ROOT.in(BundledCore.load());
    IpxeCore half = BundledCore.load().with(Map.of(BootPath.BIOS, pinned.lkrn()));
    ZbootException e = assertThrows(ZbootException.class, () -> ROOT.in(half));
    assertTrue(e.toString().contains("does not hold iPXE's own root exactly once"), e.toString());
  }

  @Test
  void filterTakesEveryOperandBack() {
    Random random = new Random(9);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      for (int at = 0; at < bytes.length; at += 1 + random.nextInt(7)) {
        bytes[at] = (byte) (0xE8 + random.nextInt(2));
        if (at + 4 < bytes.length && random.nextBoolean()) {
          int near = random.nextInt(200) - 100;
          for (int k = 0; k < 4; k++) {
            bytes[at + 1 + k] = (byte) (near >> (8 * k));
          }
        }
      }
      assertArrayEquals(bytes, BranchFilter.decode(BranchFilter.encode(bytes)));
      byte[] other = bytes.clone();
      byte[] part = new byte[random.nextInt(bytes.length + 1)];
      random.nextBytes(part);
      int at = random.nextInt(bytes.length - part.length + 1);
      System.arraycopy(part, 0, other, at, part.length);
      assertArrayEquals(
          BranchFilter.encode(other), BranchFilter.replace(BranchFilter.encode(bytes), at, part));
    }
  }
}
