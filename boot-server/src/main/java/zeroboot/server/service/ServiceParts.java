package zeroboot.server.service;

import java.util.Optional;

/**
 * What a public service has besides images.
 *
 * @param seals what vouches for images
 * @param kernels that it gives out
 * @param nodes whom it tells what to do; empty if nobody
 */
public record ServiceParts(Seals seals, KernelOptions kernels, Optional<Provisioning> nodes) {
  /** Images alone, unsigned. */
  public static final ServiceParts NONE =
      new ServiceParts(Seals.NONE, KernelOptions.NONE, Optional.empty());
}
