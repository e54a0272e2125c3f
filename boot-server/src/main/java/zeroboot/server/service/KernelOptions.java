package zeroboot.server.service;

import java.nio.file.Path;
import java.util.Optional;
import zeroboot.server.mirror.KernelMirror;

/**
 * Where the service has kernels from.
 *
 * @param folder of kernels; empty for none
 * @param publishing how others put kernels there; empty if nobody may
 * @param mirror of the networks' kernels, where there is no folder; to be closed by who made it
 */
public record KernelOptions(
    Optional<Path> folder, Optional<Publishing> publishing, Optional<KernelMirror> mirror) {
  /** No kernels. */
  public static final KernelOptions NONE =
      new KernelOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /** Says whether a kernel may be published. */
  public interface Judge {
    /**
     * Looks at it.
     *
     * @throws zeroboot.ground.ZbootException (settings) if it may not
     */
    void judge(String name, Path file);
  }

  /**
   * Who may publish what.
   *
   * @param token that proves it
   */
  public record Publishing(String token, Judge judge) {}
}
