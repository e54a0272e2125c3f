package zeroboot.image.uefi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;

/** Build step: packs the cores that zboot carries into the module's resources. */
public final class BundledCorePacker {
  private BundledCorePacker() {}

  /** Argument: the folder of compiled classes. */
  public static void main(String[] args) throws IOException {
    IpxeCore core = BundledCore.load();
    Path folder = Path.of(args[0], BundledCorePacker.class.getPackageName().split("\\.", -1));
    Files.createDirectories(folder);
    StoredCore.store(core, LoadOptions.example(core), folder);
    if (core.chained().isPresent()) {
      IpxeCore chained = core.chained().get();
      StoredCore.store(chained, LoadOptions.example(chained), folder);
    }
  }
}
