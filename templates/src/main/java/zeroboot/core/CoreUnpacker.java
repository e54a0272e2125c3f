package zeroboot.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import zeroboot.spec.ZbootException;

/** Build step: unpacks the pinned iPXE package into the module's resources. */
public final class CoreUnpacker {
  private CoreUnpacker() {}

  /** Arguments: the package file, the folder of compiled classes. */
  public static void main(String[] args) throws IOException {
    Path deb = Path.of(args[0]);
    if (!Files.isRegularFile(deb)) {
      throw ZbootException.io(
          deb.toString(),
          "the iPXE package is not there",
          "./zboot and ./check fetch it, or set ZBOOT_IPXE_DEB to a copy of it");
    }
    String sha256 = IpxeCore.sha256(Files.readAllBytes(deb));
    if (!sha256.equals(BundledCore.PACKAGE_SHA256)) {
      throw ZbootException.settings(
          deb.toString(),
          "has SHA-256 " + sha256 + ", not " + BundledCore.PACKAGE_SHA256,
          "remove the file, so that the right one is fetched");
    }
    BundledCore.store(
        CoreReader.readPackage(deb, "Debian ipxe " + BundledCore.PACKAGE_VERSION),
        Path.of(args[1]));
  }
}
