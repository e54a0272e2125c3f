package zeroboot.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Everything that was asked for, checked. What is in here can go into a script as it is.
 *
 * @param farmId whose node this will be
 * @param network the grid network it joins
 * @param kernelUrls tried in this order; never empty
 * @param kernelArguments the user's own words for the kernel command line
 * @param onFailure what the node does when no kernel could be started
 */
public record BootSpec(
    FarmId farmId,
    GridNetwork network,
    List<KernelUrl> kernelUrls,
    List<KernelArgument> kernelArguments,
    FailureAction onFailure) {

  /** Fills in the network's own kernel URL where none is given; checks the command line. */
  public BootSpec {
    kernelUrls =
        kernelUrls.isEmpty()
            ? List.of(network.kernelUrl())
            : List.copyOf(new LinkedHashSet<>(kernelUrls));
    kernelArguments = List.copyOf(kernelArguments);
    KernelCommandLine.of(farmId, network, kernelArguments);
  }

  /** What the kernel will be told. */
  public KernelCommandLine commandLine() {
    return KernelCommandLine.of(farmId, network, kernelArguments);
  }

  /** What is allowed, but what the user should know about: whole sentences. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (KernelUrl url : kernelUrls) {
      if (!url.encrypted()) {
        warnings.add(
            url
                + " is plain HTTP: whoever sits between the node and that server can replace the"
                + " kernel.");
      }
    }
    if (onFailure == FailureAction.SHELL) {
      warnings.add("After a failure this node opens a command line to whoever stands before it.");
    }
    return warnings;
  }
}
