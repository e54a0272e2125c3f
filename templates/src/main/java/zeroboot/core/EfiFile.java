package zeroboot.core;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The UEFI file of a core: a megabyte that goes into no image as it is. The one that the build has
 * checked is read when somebody asks for its bytes; most runs do not.
 */
public final class EfiFile {
  private final Supplier<byte[]> source;
  private final Optional<String> rootSha256;
  private byte @Nullable [] read;

  private EfiFile(Supplier<byte[]> source, Optional<String> rootSha256) {
    this.source = source;
    this.rootSha256 = rootSha256;
  }

  /**
   * One that is there, checked.
   *
   * @param origin for the error
   * @throws zeroboot.ground.ZbootException if zboot could not boot it
   */
  static EfiFile of(String origin, byte[] bytes) {
    CoreCheck.checkEfi(origin, bytes);
    return new EfiFile(() -> bytes, Optional.empty());
  }

  /** One that was checked when zboot was built, and what it was found to trust. */
  static EfiFile checked(Supplier<byte[]> source, Optional<String> rootSha256) {
    return new EfiFile(source, rootSha256);
  }

  /** The file; not to be changed. */
  public synchronized byte[] bytes() {
    if (read == null) {
      read = source.get();
    }
    return read;
  }

  /** The root certificate in it, if that is known without a look into it. */
  Optional<String> knownRootSha256() {
    return rootSha256;
  }
}
