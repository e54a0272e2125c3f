package zeroboot.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.core.IpxeCore;

/** Which iPXE goes into the image. */
final class CoreOption {
  @Option(
      names = "--core",
      paramLabel = "CORE",
      description = "Another iPXE: imported version, .deb or folder.")
  private @Nullable String core;

  /** The core that was asked for, or the one that zboot carries. */
  IpxeCore load(Cores cores) {
    return core == null ? cores.bundled() : cores.load(core);
  }
}
