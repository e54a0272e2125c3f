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
  private final Supplier<Optional<TrustRoot>> root;
  private byte @Nullable [] read;

  private EfiFile(Supplier<byte[]> source, Supplier<Optional<TrustRoot>> root) {
    this.source = source;
    this.root = root;
  }

  /**
   * One that is there, checked.
   *
   * @param origin for the error
   * @throws zeroboot.ground.ZbootException if zboot could not boot it
   */
  static EfiFile of(String origin, byte[] bytes) {
    CoreCheck.checkEfi(origin, bytes);
    return new EfiFile(() -> bytes, () -> TrustRoot.of(bytes));
  }

  /** One that was checked when zboot was built, and what it was found to trust. */
  static EfiFile checked(Supplier<byte[]> source, Optional<TrustRoot> root) {
    return new EfiFile(source, () -> root);
  }

  /** The file; not to be changed. */
  public synchronized byte[] bytes() {
    if (read == null) {
      read = source.get();
    }
    return read;
  }

  /** What it trusts; empty if it was built to trust something else than iPXE's own root. */
  Optional<TrustRoot> trustRoot() {
    return root.get();
  }
}
