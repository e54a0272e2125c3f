package zeroboot.cli;

import picocli.CommandLine.IVersionProvider;
import zeroboot.core.BundledCore;
import zeroboot.script.ZbootVersion;

/** What {@code zboot --version} says. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "zboot " + ZbootVersion.current(), "iPXE core: " + BundledCore.load().origin()
    };
  }
}
