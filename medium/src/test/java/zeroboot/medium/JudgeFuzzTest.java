package zeroboot.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootImage;
import zeroboot.image.plan.Extent;
import zeroboot.image.read.ByteSource;
import zeroboot.testing.Fuzz;

/** Whatever a medium holds, the verdict is findings or one line, and never that it is as made. */
class JudgeFuzzTest {
  @Test
  void hostileMedia() {
    List<Fuzz.Seed> seeds = new ArrayList<>();
    for (String name : List.of("usb both signed", "iso both", "efi uefi signed", "lkrn bios")) {
      seeds.add(seed(Media.image(name)));
    }
    seeds.add(new Fuzz.Seed(FindingsTest.withPartition("usb both", 0xEF), List.of(446, 462)));
    Fuzz.of("judge", 15).run(seeds, input -> {}, JudgeFuzzTest::judge);
  }

  private static Fuzz.Seed seed(BootImage image) {
    List<Integer> spots = new ArrayList<>();
    for (Extent view : image.layout().views()) {
      spots.add((int) view.offset());
    }
    return new Fuzz.Seed(image.bytes(), spots);
  }

  private static void judge(byte[] input) {
    try {
      Verdict verdict = Judge.of(ByteSource.of("medium", input), Media.KNOWN);
      boolean isMade =
          Media.ALL.values().stream().anyMatch(one -> Arrays.equals(one.bytes(), input));
      assertEquals(isMade, verdict.isAsMade(), verdict.findings().toString());
      verdict.findings().forEach(one -> assertFalse(one.says().contains("\n"), one.says()));
    } catch (ZbootException e) {
      assertEquals(ZbootException.Kind.SETTINGS, e.kind());
      assertEquals(1, String.valueOf(e.getMessage()).lines().count());
    }
  }
}
