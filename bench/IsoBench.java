import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Arrays;
import java.util.Locale;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.BootImage;
import zeroboot.image.Extent;
import zeroboot.image.ImageForm;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/**
 * One ISO made in process, warmed up, beside the pipeline mformat + mcopy + xorrisofs as whole
 * processes, in turn in the same run. Prints medians and their ratio; ends with 1 if the ratio
 * misses its target. Started by {@code bench/run}.
 */
final class IsoBench {
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 20;
  private static final double TARGET = 1.0 / 20;

  public static void main(String[] args) throws IOException, InterruptedException {
    Path pipeline = Path.of(args[0]);
    Path work = Files.createTempDirectory("zboot-bench");
    IpxeCore core = BundledCore.load();
    ImageMaker maker = new ImageMaker(core);
    for (int i = 0; i < WARM_UP; i++) {
      make(maker, core, i + 1);
    }
    storeParts(make(maker, core, 4242), work);
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      make(maker, core, 5000 + i);
      long between = System.nanoTime();
      run(pipeline.toString(), work.toString(), work.resolve("peer.iso").toString());
      theirs[i] = (System.nanoTime() - between) / 1e6;
      ours[i] = (between - start) / 1e6;
    }
    double ratio = median(ours) / median(theirs);
    System.out.printf(
        Locale.ROOT,
        "one ISO in process, warmed up: %.2f ms; mformat + mcopy + xorrisofs: %.1f ms;"
            + " ratio %.4f, target at most %.4f: %s%n",
        median(ours), median(theirs), ratio, TARGET, ratio <= TARGET ? "reached" : "MISSED");
    System.exit(ratio <= TARGET ? 0 : 1);
  }

  /** From settings to bytes, with another farm each time so that nothing can be remembered. */
  private static BootImage make(ImageMaker maker, IpxeCore core, long farm) {
    Rack rack = Rack.of(BootSpec.of(Settings.NONE.with(Setting.FARM_ID, Long.toString(farm))));
    BootScript script = BootScripts.render(rack, core);
    return maker.make(ImageForm.ISO, rack, script);
  }

  private static void storeParts(BootImage image, Path folder) throws IOException {
    for (Extent part : parts(image)) {
      String file =
          switch (part.name()) {
            case "BIOS boot code" -> "bios.bin";
            case "EFI/BOOT/BOOTX64.EFI" -> "bootx64.efi";
            case "README.TXT" -> "readme.txt";
            case "ZBOOT.JSN" -> "record.jsn";
            default -> null;
          };
      if (file != null) {
        int from = (int) part.offset();
        Files.write(
            folder.resolve(file),
            Arrays.copyOfRange(image.bytes(), from, from + (int) part.length()));
      }
    }
  }

  private static List<Extent> parts(BootImage image) {
    List<Extent> all = new ArrayList<>(image.layout().extents());
    all.addAll(image.layout().views());
    return all;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exitCode != 0) {
      throw new IOException(command[0] + " ended with " + exitCode);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private IsoBench() {}
}
