package zeroboot.image.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import zeroboot.image.BootParts;
import zeroboot.image.plan.BiosBootCode;
import zeroboot.image.plan.FileTree;
import zeroboot.image.plan.Gap;
import zeroboot.image.plan.Layout;
import zeroboot.script.ImageId;

/** Trees and boot codes to build images from. Their bytes mean nothing; their sizes are real. */
public final class SampleMedia {
  public static final ImageId ID = ImageId.of("sample");
  private static final String NAME_LETTERS = "ABCXYZ019_";

  private SampleMedia() {}

  /** Bytes that look like no other ones. */
  public static byte[] noise(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** What a medium for both firmwares holds. */
  public static FileTree tree() {
    return FileTree.of(
        Map.of(
            "EFI/BOOT/BOOTX64.EFI", noise(1, 525_824),
            "README.TXT", noise(2, 1_700),
            "ZBOOT.JSN", noise(3, 900)));
  }

  public static BootParts parts() {
    return new BootParts(tree(), Optional.of(new FakeBios(358_400)), ID);
  }

  /** A tree of random shape; the same for the same seed. */
  public static Map<String, byte[]> randomFiles(int seed) {
    Random random = new Random(seed);
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<String> folders = new ArrayList<>(List.of(""));
    for (int i = random.nextInt(6); i > 0; i--) {
      String above = folders.get(random.nextInt(folders.size()));
      if (above.chars().filter(c -> c == '/').count() < 6) {
        folders.add(above + "D" + name(random, 7) + "/");
      }
    }
    for (int i = random.nextInt(120); i >= 0; i--) {
      String folder = folders.get(random.nextInt(folders.size()));
      String extension = random.nextInt(4) == 0 ? "" : "." + name(random, 3);
      byte[] bytes = new byte[random.nextInt(5) == 0 ? 0 : random.nextInt(6000)];
      random.nextBytes(bytes);
      files.put(folder + "F" + name(random, 7) + extension, bytes);
    }
    return files;
  }

  /** The same files, put in in another order. */
  public static Map<String, byte[]> shuffled(Map<String, byte[]> files, int seed) {
    List<String> paths = new ArrayList<>(files.keySet());
    Collections.shuffle(paths, new Random(seed));
    Map<String, byte[]> shuffled = new LinkedHashMap<>();
    paths.forEach(path -> shuffled.put(path, files.getOrDefault(path, new byte[0])));
    return shuffled;
  }

  private static String name(Random random, int longest) {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(longest); i >= 0; i--) {
      name.append(NAME_LETTERS.charAt(random.nextInt(NAME_LETTERS.length())));
    }
    return name.toString();
  }

  /** A boot code that notes at 400 what it was told: the medium and the place. */
  public record FakeBios(int size) implements BiosBootCode {
    @Override
    public byte[] onDisk(long lba, Gap gap) {
      return told('D', lba + ":" + gap.at() + "+" + gap.bytes());
    }

    @Override
    public byte[] onCd(long block, Gap gap) {
      return told('C', block + ":" + gap.at() + "+" + gap.bytes());
    }

    @Override
    public byte[] file() {
      return told('F', "");
    }

    @Override
    public Layout layout() {
      return new Layout.Builder().build(size);
    }

    private byte[] told(char medium, String place) {
      byte[] bytes = noise(4, size);
      Arrays.fill(bytes, 400, 500, (byte) 0);
      byte[] note = (medium + place).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(note, 0, bytes, 400, note.length);
      return bytes;
    }
  }
}
