import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.BootImage;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.plan.Extent;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/**
 * One ISO made in process, warmed up, as a batch makes it, beside the pipeline mformat + mcopy +
 * xorrisofs as whole processes.
 */
final class MakerBench {
  private static final int WARM_UP = 1500;
  private static final int ROUNDS = 21;

  /** Made in a row in each round: the first after a pause finds the processor's caches cold. */
  private static final int IN_A_ROW = 10;

  private final IpxeCore core = BundledCore.load();
  private final ImageMaker maker = new ImageMaker(core);
  private long farm = 1;

  Row row(Path pipeline, Path parts, Path folder) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      make();
    }
    List<Measure> times =
        Runs.alternating(
            ROUNDS,
            Runs.here(IN_A_ROW, this::make),
            Runs.process(pipeline, parts, folder.resolve("peer.iso")));
    String peer = "mformat + mcopy + xorrisofs";
    return Row.atMost(1 / 60.0, "one ISO more, in process", times.get(0), peer, times.get(1));
  }

  /** From settings to bytes, with another farm each time so that nothing can be remembered. */
  private BootImage make() {
    farm++;
    Rack rack = Rack.of(BootSpec.of(Settings.NONE.with(Setting.FARM_ID, Long.toString(farm))));
    BootScript script = BootScripts.render(rack, core);
    return maker.make(Forms.ISO, rack, script);
  }

  /** What the pipeline puts together: the parts of an ISO of ours. */
  void storeParts(Path folder) throws Exception {
    BootImage image = make();
    for (Extent part :
        Stream.concat(image.layout().extents().stream(), image.layout().views().stream())
            .toList()) {
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
}
