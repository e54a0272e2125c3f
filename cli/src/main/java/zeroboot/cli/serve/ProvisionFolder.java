package zeroboot.cli.serve;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.cli.console.StandardInput;
import zeroboot.ground.Warning;
import zeroboot.ground.ZbootException;
import zeroboot.profile.KernelProof;
import zeroboot.profile.Profile;
import zeroboot.profile.ProfileFile;
import zeroboot.server.service.Provisioning;
import zeroboot.spec.BootSpec;
import zeroboot.spec.MacAddress;

/**
 * Profiles that nodes are told by: one file, or all in a folder. They are taken over together or
 * not at all.
 */
final class ProvisionFolder implements Provisioning {
  private static final String FILES = "*.{yaml,yml}";

  private final Path place;
  private volatile Map<MacAddress, BootSpec> nodes;
  private String seen;

  private ProvisionFolder(Path place) {
    this.place = place;
    seen = state();
    nodes = read();
  }

  /**
   * Reads them.
   *
   * @throws ZbootException (settings) if one is not acceptable, or two have the same node
   */
  static ProvisionFolder open(Path place) {
    return new ProvisionFolder(place);
  }

  @Override
  public Optional<BootSpec> of(MacAddress node) {
    return Optional.ofNullable(nodes.get(node));
  }

  /** Looks whether anything changed; what is to be told of it. */
  Optional<String> look() {
    String now = state();
    if (now.equals(seen)) {
      return Optional.empty();
    }
    seen = now;
    try {
      nodes = read();
      return Optional.of(place + ": taken over, " + nodes.size() + " nodes");
    } catch (ZbootException e) {
      return Optional.of(
          Warning.of("Nodes are told what they were told before. " + e.getMessage()));
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(place, FILES)) {
      all.forEach(files::add);
    }
    Collections.sort(files);
    return files;
  }

  private String state() {
    StringBuilder state = new StringBuilder();
    try {
      for (Path file : files()) {
        state
            .append(file)
            .append(' ')
            .append(Files.getLastModifiedTime(file))
            .append(' ')
            .append(Files.size(file))
            .append('\n');
      }
    } catch (IOException e) {
      return state + "gone";
    }
    return state.toString();
  }

  private Map<MacAddress, BootSpec> read() {
    Map<MacAddress, BootSpec> read = new HashMap<>();
    Map<MacAddress, String> where = new HashMap<>();
    try {
      for (Path file : files()) {
        Profile profile = ProfileFile.read(file, StandardInput::open);
        for (Profile.Node node : profile.nodes()) {
          MacAddress mac = mac(node);
          String before = where.put(mac, node.origin());
          if (before != null) {
            throw ZbootException.settings(
                node.origin(), "the node " + mac + " is in " + before, "leave one of them out");
          }
          BootSpec spec =
              new BootSpec(profile.settings().and(node.settings()), Optional.of(node.name()));
          refuseProvisioning(node, spec);
          refuseProof(profile.proof().and(node.proof()));
          read.put(mac, spec);
        }
      }
    } catch (IOException e) {
      throw ZbootException.io(
          place.toString(), "cannot be read (" + e.getMessage() + ")", "look at the disk");
    }
    return Map.copyOf(read);
  }

  private static MacAddress mac(Profile.Node node) {
    return node.mac()
        .orElseThrow(
            () ->
                ZbootException.settings(
                    node.origin(),
                    "the node " + node.name() + " has no mac, by which it is known",
                    "add it"));
  }

  private static void refuseProvisioning(Profile.Node node, BootSpec spec) {
    if (spec.provisionUrl().isPresent()) {
      throw ZbootException.settings(
          node.origin(), "the node would ask a server again", "leave provision-url out");
    }
  }

  private static void refuseProof(KernelProof proof) {
    if (!proof.values().isEmpty()) {
      throw ZbootException.settings(
          proof.origin(),
          "kernels are proved by a mirror alone, and these nodes fetch past it",
          "leave it out, or serve this profile with zboot serve --config FILE --mirror DIR");
    }
  }
}
