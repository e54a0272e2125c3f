package zeroboot.medium;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.image.read.Medium;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootPath;
import zeroboot.spec.Rack;

/** Which iPXE is in a medium: one of the known ones, or the one that its halves make. */
final class CoreSearch {
  private final Medium medium;
  private final List<IpxeCore> known;
  private final Map<BootPath, byte[]> files = new EnumMap<>(BootPath.class);
  private final Map<BootPath, String> hashes = new EnumMap<>(BootPath.class);
  private final List<IpxeCore> candidates;
  private Optional<IpxeCore> recognised;
  private Optional<IpxeCore> core;

  CoreSearch(Medium medium, List<IpxeCore> known) {
    this.medium = medium;
    this.known = known;
    medium
        .halves()
        .forEach((path, half) -> file(path, half.core()).ifPresent(one -> files.put(path, one)));
    files.forEach((path, file) -> hashes.put(path, Sha256.hex(file)));
    candidates =
        Stream.concat(known.stream(), withOtherRoot())
            .filter(one -> !files.isEmpty())
            .filter(this::hasTheseFiles)
            .toList();
    recognised = candidates.stream().findFirst();
    core = recognised.or(this::ofItsHalves);
  }

  /** As iPXE's maker made it; a script alone has none. */
  private static Optional<byte[]> file(BootPath path, byte[] there) {
    byte[] file = path == BootPath.BIOS ? there : UnsignedPe.of(there);
    return Optional.of(file).filter(bytes -> bytes.length > 0);
  }

  private boolean hasTheseFiles(IpxeCore one) {
    return hashes.entrySet().stream()
        .allMatch(file -> one.sha256(file.getKey()).equals(file.getValue()));
  }

  /**
   * The known cores as {@code --trust-root} changes them, where that makes the one that is here.
   */
  private Stream<IpxeCore> withOtherRoot() {
    BootPath path = files.containsKey(BootPath.UEFI_X64) ? BootPath.UEFI_X64 : BootPath.BIOS;
    return Stream.ofNullable(files.get(path))
        .flatMap(
            bytes ->
                known.stream()
                    .filter(one -> !one.sha256(path).equals(hashes.get(path)))
                    .flatMap(
                        one ->
                            TrustRoot.inPlaceOfIpxes(one, path, bytes).stream()
                                .filter(root -> !root.equals(TrustRoot.IPXE))
                                .map(root -> root.in(one))));
  }

  private Optional<IpxeCore> ofItsHalves() {
    if (files.size() < BootPath.values().length) {
      return Optional.empty();
    }
    try {
      String origin = medium.recorded().flatMap(RecordCheck::origin).orElse(medium.name());
      return Optional.of(IpxeCore.of(origin, files));
    } catch (ZbootException e) {
      return Optional.empty();
    }
  }

  /** Whether it is one of the known cores, whatever root it trusts. */
  boolean isKnown() {
    return recognised.isPresent();
  }

  /** All that it may be; what its halves make, if none is known. */
  List<IpxeCore> candidates() {
    return candidates.isEmpty() ? core.stream().toList() : candidates;
  }

  /** The core, if all of it is known. */
  Optional<IpxeCore> core() {
    return core;
  }

  /** Of one file, which may be known from another one that lies beside it in its package. */
  Optional<String> sha256(BootPath path) {
    return core.map(one -> one.sha256(path)).or(() -> Optional.ofNullable(hashes.get(path)));
  }

  /** Whether all hashes are known. */
  boolean isWhole() {
    return Arrays.stream(BootPath.values()).allMatch(path -> sha256(path).isPresent());
  }

  /**
   * The script that this version makes for {@code rack}, if it is {@code text}. A script alone does
   * not hold its core, and two cores may share the file that a medium holds, but only one core
   * gives its image ID.
   */
  Optional<BootScript> scriptOf(Rack rack, String text) {
    boolean isScript = medium instanceof Medium.Script;
    for (IpxeCore candidate : isScript ? known : candidates()) {
      BootScript script = BootScripts.render(rack, candidate);
      if (script.text().equals(text)) {
        core = Optional.of(candidate);
        recognised = isScript || isKnown() ? core : recognised;
        return Optional.of(script);
      }
    }
    return Optional.empty();
  }

  private Optional<TrustRoot> root(BootPath path, byte[] bytes) {
    return TrustRoot.of(path, bytes)
        .or(
            () ->
                known.stream()
                    .flatMap(one -> TrustRoot.inPlaceOfIpxes(one, path, bytes).stream())
                    .findFirst());
  }

  /** What each file trusts, where that is known. */
  private Map<BootPath, String> roots() {
    Map<BootPath, String> roots = new EnumMap<>(BootPath.class);
    files.forEach(
        (path, file) -> root(path, file).ifPresent(root -> roots.put(path, root.sha256())));
    return roots;
  }

  /** For people and programs. */
  Optional<Verdict.Core> found() {
    if (files.isEmpty() && core.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict.Core(version(), recognised.map(IpxeCore::origin), roots(), hashes));
  }

  /** The UEFI file tells it best: it is not compressed. */
  private String version() {
    for (BootPath path : List.of(BootPath.UEFI_X64, BootPath.BIOS)) {
      byte[] file = files.get(path);
      if (file != null) {
        return IpxeCore.version(path, file);
      }
    }
    return core.map(IpxeCore::version).orElse("unknown");
  }
}
