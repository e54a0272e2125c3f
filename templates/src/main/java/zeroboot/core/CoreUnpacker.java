package zeroboot.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;

/** Build step: unpacks the pinned iPXE package into the module's resources. */
public final class CoreUnpacker {
  private CoreUnpacker() {}

  /** Arguments: the package file, its version and SHA-256, the folder of compiled classes. */
  public static void main(String[] args) throws IOException {
    unpack(Path.of(args[0]), args[1], args[2], Path.of(args[3]));
  }

  private static void unpack(Path deb, String version, String pinned, Path classes)
      throws IOException {
    if (!Files.isRegularFile(deb)) {
      throw ZbootException.io(
          deb.toString(),
          "the iPXE package is not there",
          "./zboot and ./check fetch it, or set ZBOOT_IPXE_DEB to a copy of it");
    }
    String sha256 = Sha256.hex(BoundedReader.file(deb, InputKind.PACKAGE));
    if (!sha256.equals(pinned)) {
      throw ZbootException.settings(
          deb.toString(),
          "has SHA-256 " + sha256 + ", not " + pinned,
          "remove the file, so that the right one is fetched");
    }
    BundledCore.store(CoreReader.readPackage(deb, "Debian ipxe " + version), classes);
  }
}
