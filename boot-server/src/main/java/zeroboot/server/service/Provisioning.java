package zeroboot.server.service;

import java.util.Optional;
import zeroboot.spec.BootSpec;
import zeroboot.spec.MacAddress;

/** Tells nodes by their MAC addresses what to do. */
public interface Provisioning {
  /** What a node is told; empty if nobody knows it. */
  Optional<BootSpec> of(MacAddress node);
}
