package zeroboot.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.image.BootImage;
import zeroboot.image.BootParts;
import zeroboot.image.plan.Extent;
import zeroboot.image.read.ByteSource;

/**
 * Whichever byte of a medium is changed, the verdict names it and what lies there. {@code
 * -Dzboot.bytes.step=1} tries every byte of every medium, which takes days; {@code
 * -Dzboot.bytes.step=1000 -Dzboot.bytes.first=7} tries every thousandth, from the seventh on;
 * {@code tools/every-byte.sh} runs that, and tries the ends of every region of every medium
 * besides.
 */
class EveryByteTest {
  /**
   * Of every structure one: here the ends of each region are tried that those before do not have,
   * elsewhere chance decides.
   */
  private static final List<String> THOROUGHLY =
      List.of("usb both signed", "iso both signed", "efi uefi signed", "lkrn bios", "script");

  private static final int STEP = Integer.getInteger("zboot.bytes.step", 0);

  /** Apart from the ends of regions, so many places of each. */
  private static final int RANDOM_PLACES = 2;

  static Stream<String> media() {
    return Media.ALL.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("media")
  void aChangedByteIsNamed(String name) {
    BootImage image = Media.image(name);
    Random random = new Random(name.hashCode());
    for (int at : places(image, random, regions(name))) {
      assertNamed(name, image, at, (byte) (1 << random.nextInt(8)));
    }
  }

  /** Those whose ends are tried. */
  private static List<Extent> regions(String name) {
    List<Extent> regions = new ArrayList<>(all(name));
    int at = THOROUGHLY.indexOf(name);
    if (STEP == 0) {
      Set<String> tried = new HashSet<>();
      for (String before : THOROUGHLY.subList(0, Math.max(0, at))) {
        all(before).forEach(region -> tried.add(region.name()));
      }
      regions.removeIf(region -> at < 0 || tried.contains(region.name()));
    }
    return regions;
  }

  private static List<Extent> all(String name) {
    List<Extent> regions = new ArrayList<>(Media.image(name).layout().extents());
    regions.addAll(Media.image(name).layout().views());
    return regions;
  }

  /** The first and last byte of these regions, those of the partition table, and some others. */
  private static Iterable<Integer> places(BootImage image, Random random, List<Extent> regions) {
    TreeSet<Integer> places = new TreeSet<>();
    int first = Integer.getInteger("zboot.bytes.first", 0);
    for (int at = first; STEP > 0 && at < image.bytes().length; at += STEP) {
      places.add(at);
    }
    if (!regions.isEmpty()) {
      places.addAll(List.of(440, 446, 450, 510, 511));
    }
    for (Extent region : regions) {
      places.add((int) region.offset());
      places.add((int) region.end() - 1);
    }
    for (int i = 0; i < RANDOM_PLACES; i++) {
      places.add(random.nextInt(image.bytes().length));
    }
    return STEP > 0 ? places.headSet(image.bytes().length) : places;
  }

  /** The byte itself; in a signature, of which no byte can be told, the signature. */
  private static void assertNamed(String name, BootImage image, int at, byte bits) {
    byte[] changed = image.bytes().clone();
    changed[at] ^= bits;
    String what = name + ": byte " + at + " ^ " + bits;
    Verdict verdict;
    try {
      verdict = Media.judge(changed);
    } catch (RuntimeException e) {
      throw new AssertionError(what, e);
    }
    assertFalse(verdict.isAsMade(), what);
    List<Finding> named =
        verdict.failures().stream()
            .filter(finding -> finding.where().map(place -> isAt(place, at)).orElse(false))
            .toList();
    assertFalse(named.isEmpty(), what + ": " + verdict.failures());
    boolean inSignature =
        image.layout().find(BootParts.UEFI_SIGNATURE).stream()
            .anyMatch(extent -> extent.contains(new Extent("", at, 1)));
    assertTrue(
        inSignature || named.stream().anyMatch(f -> f.where().orElseThrow().length() == 1),
        what + ": " + verdict.failures());
  }

  private static boolean isAt(Finding.Place place, int at) {
    return place.offset() <= at && at < place.offset() + place.length();
  }

  @ParameterizedTest
  @ValueSource(strings = {"usb both", "usb both signed", "usb both rack"})
  void theRegionIsThatOfTheLayout(String name) {
    BootImage image = Media.image(name);
    for (String region :
        List.of("iPXE (BIOS)", "script (BIOS)", "iPXE (UEFI), compressed", "README.TXT")) {
      Extent there = image.layout().find(region).orElseThrow();
      int at = (int) (there.offset() + there.length() / 2);
      byte[] changed = image.bytes().clone();
      changed[at] ^= 1;
      Finding finding =
          Media.judge(changed).failures().stream()
              .filter(one -> one.kind() == Finding.Kind.CHANGED_BYTE)
              .findFirst()
              .orElseThrow();
      assertEquals(new Finding.Place(at, 1, region), finding.where().orElseThrow());
    }
  }

  /** Two changes, of which the first is named, and whole sectors that were lost. */
  @Test
  void theFirstOfManyIsNamed() {
    for (String name : List.of("usb both", "iso both", "efi uefi", "lkrn bios")) {
      byte[] changed = Media.bytes(name);
      changed[9000] ^= 0x40;
      changed[changed.length - 2000] ^= 0x01;
      assertEquals(9000, firstChanged(changed), name);
      byte[] lost = Media.bytes(name);
      java.util.Arrays.fill(lost, 100_000, 100_000 + 65_536, (byte) 0);
      assertEquals(100_000, firstChanged(lost) / 16 * 16, name);
    }
  }

  /** On a device that goes on with what was there before. */
  @Test
  void aDeviceIsJudgedLikeAFile() {
    byte[] stick = new byte[2 << 20];
    new Random(7).nextBytes(stick);
    byte[] image = Media.bytes("usb both signed");
    System.arraycopy(image, 0, stick, 0, image.length);
    Verdict sound = Judge.of(ByteSource.ofDevice("stick", stick), Media.KNOWN);
    assertTrue(sound.isAsMade(), sound.findings().toString());
    for (int at : List.of(0, 450, 510, 9000, 357_000, 600_000)) {
      byte[] changed = stick.clone();
      changed[at] ^= 2;
      Verdict verdict = Judge.of(ByteSource.ofDevice("stick", changed), Media.KNOWN);
      assertTrue(
          verdict.failures().stream()
              .flatMap(finding -> finding.where().stream())
              .anyMatch(place -> place.offset() == at),
          at + ": " + verdict.failures());
    }
  }

  private static long firstChanged(byte[] bytes) {
    return Media.judge(bytes).failures().stream()
        .filter(finding -> finding.kind() == Finding.Kind.CHANGED_BYTE)
        .findFirst()
        .flatMap(Finding::where)
        .orElseThrow()
        .offset();
  }
}
