package zeroboot.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.core.BundledCore;
import zeroboot.core.CoreReader;
import zeroboot.core.IpxeCore;

/** Which iPXE goes into the image. */
final class CoreOption {
  @Option(
      names = "--core",
      paramLabel = "FILE.deb|DIR",
      description = "Use this iPXE: a Debian ipxe package, or a folder with its files.")
  private @Nullable Path core;

  /** The core that was asked for, or the one that zboot carries. */
  IpxeCore load() {
    return core == null ? BundledCore.load() : CoreReader.read(core);
  }
}
