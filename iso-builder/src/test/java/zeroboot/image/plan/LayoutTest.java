package zeroboot.image.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import zeroboot.image.testing.Refusal;

final class LayoutTest {
  @Test
  void everyByteHasOneOwner() {
    List<Extent> overlap = List.of(new Extent("a", 0, 10), new Extent("b", 9, 1));
    List<Extent> gap = List.of(new Extent("a", 0, 5), new Extent("b", 6, 4));
    List<Extent> shorter = List.of(new Extent("a", 0, 9));
    for (List<Extent> wrong : List.of(overlap, gap, shorter)) {
      assertThrows(IllegalStateException.class, () -> new Layout(10, wrong, List.of()));
    }
  }

  @Test
  void aViewLiesInOneExtent() {
    Layout.Builder across = new Layout.Builder().extent("a", 0, 5).extent("b", 5, 5);
    across.view("both", 4, 2);
    assertThrows(IllegalStateException.class, () -> across.build(10));
  }

  @Test
  void holesArePadding() {
    Layout layout = new Layout.Builder().extent("b", 6, 2).extent("a", 1, 3).build(10);
    assertEquals(
        List.of(
            new Extent("padding", 0, 1),
            new Extent("a", 1, 3),
            new Extent("padding", 4, 2),
            new Extent("b", 6, 2),
            new Extent("padding", 8, 2)),
        layout.extents());
  }

  @Test
  void aMillionBytesAreTheLimit() {
    assertDoesNotThrow(() -> SizeCap.check(new Layout.Builder().build(1_000_000)));
    Layout over =
        new Layout.Builder()
            .extent("BIOS boot code", 0, 358_400)
            .extent("FAT file system", 358_400, 641_601)
            .view("EFI/BOOT/BOOTX64.EFI", 360_000, 630_000)
            .view("README.TXT", 990_000, 2_000)
            .build(1_000_001);
    Refusal.assertRefused(
        "image: 1,000,001 bytes, the limit is 1,000,000; largest: EFI/BOOT/BOOTX64.EFI 630,000,"
            + " BIOS boot code 358,400, README.TXT 2,000; ",
        () -> SizeCap.check(over));
  }
}
