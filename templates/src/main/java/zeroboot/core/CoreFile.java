package zeroboot.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.Sha256;
import zeroboot.spec.BootPath;

/**
 * The file of a core for one way of booting. Those that the build has checked are read when
 * somebody asks for their bytes: the UEFI file is a megabyte that goes into no image as it is.
 */
public final class CoreFile {
  /**
   * The UEFI file that drives one card alone, the one that it came by, through the firmware's own
   * driver. Debian's packages have it, others need not.
   */
  static final String CHAINED = "snponly.efi";

  static final String CHAINED_SHA256 = "snponly-sha256";

  private final Supplier<byte[]> source;
  private final String sha256;
  private final Optional<String> rootSha256;
  private byte @Nullable [] read;

  private CoreFile(Supplier<byte[]> source, String sha256, Optional<String> rootSha256) {
    this.source = source;
    this.sha256 = sha256;
    this.rootSha256 = rootSha256;
  }

  /**
   * One that is there, checked.
   *
   * @param origin for the error
   * @throws zeroboot.ground.ZbootException if zboot could not boot it
   */
  static CoreFile of(BootPath path, String origin, byte[] bytes) {
    switch (path) {
      case BIOS -> CoreCheck.checkLkrn(origin, bytes);
      case UEFI_X64 -> CoreCheck.checkEfi(origin, bytes);
    }
    return new CoreFile(() -> bytes, Sha256.hex(bytes), Optional.empty());
  }

  /** One that was checked when zboot was built, and what it was found to trust. */
  static CoreFile checked(Supplier<byte[]> source, String sha256, Optional<String> rootSha256) {
    return new CoreFile(source, sha256, rootSha256);
  }

  /** What the file for one way is called, in Debian's packages and in those of others. */
  static List<String> names(BootPath path) {
    return switch (path) {
      case BIOS -> List.of("ipxe.lkrn");
      case UEFI_X64 -> List.of("ipxe-amd64.efi", "ipxe.efi");
    };
  }

  /** Under this key a core's facts have the hash of its file. */
  static String sha256Key(BootPath path) {
    return path.coreFile() + "-sha256";
  }

  /** The file; not to be changed. */
  public synchronized byte[] bytes() {
    if (read == null) {
      read = source.get();
    }
    return read;
  }

  /** Lower-case hexadecimal; carried along, since hashing takes longer than making an image. */
  public String sha256() {
    return sha256;
  }

  /** The root certificate in it, if that is known without a look into it. */
  Optional<String> knownRootSha256() {
    return rootSha256;
  }
}
