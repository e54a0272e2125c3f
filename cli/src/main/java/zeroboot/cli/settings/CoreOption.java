package zeroboot.cli.settings;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.core.Cores;
import zeroboot.core.IpxeCore;

/** Which iPXE goes into the image. */
public final class CoreOption {
  @Option(
      names = "--core",
      paramLabel = "CORE",
      description = "Another iPXE: imported version, .deb or folder.")
  @Nullable String core;

  /** Whether another one was asked for. */
  public boolean isGiven() {
    return core != null;
  }

  /** The core that was asked for, or the one that zboot carries. */
  public IpxeCore load(Cores cores) {
    return core == null ? cores.bundled() : cores.load(core);
  }
}
