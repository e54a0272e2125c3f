package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.image.read.Medium;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.Rack;

/** Which iPXE is in a medium: one of the known ones, or the one that its two halves make. */
final class CoreSearch {
  private final Medium medium;
  private final List<IpxeCore> known;
  private final Optional<byte[]> lkrn;
  private final Optional<byte[]> efi;
  private final List<IpxeCore> candidates;
  private Optional<IpxeCore> recognised;
  private Optional<IpxeCore> core;

  CoreSearch(Medium medium, List<IpxeCore> known) {
    this.medium = medium;
    this.known = known;
    lkrn = medium.bios().map(Medium.Half::core).filter(bytes -> bytes.length > 0);
    efi = medium.uefi().map(Medium.Half::core).map(UnsignedPe::of);
    Optional<String> lkrnSha256 = lkrn.map(Sha256::hex);
    Optional<String> efiSha256 = efi.map(Sha256::hex);
    boolean any = lkrn.isPresent() || efi.isPresent();
    candidates =
        Stream.concat(known.stream(), withOtherRoot())
            .filter(one -> any)
            .filter(one -> lkrnSha256.isEmpty() || lkrnSha256.get().equals(one.lkrnSha256()))
            .filter(one -> efiSha256.isEmpty() || efiSha256.get().equals(one.efiSha256()))
            .toList();
    recognised = candidates.stream().findFirst();
    core = recognised.or(this::ofBothHalves);
  }

  /**
   * The known cores as {@code --trust-root} changes them, where that makes the one that is here.
   */
  private Stream<IpxeCore> withOtherRoot() {
    return efi.stream()
        .flatMap(
            bytes ->
                known.stream()
                    .flatMap(
                        one ->
                            TrustRoot.inPlaceOfIpxes(one, bytes).stream()
                                .filter(root -> !root.equals(TrustRoot.IPXE))
                                .map(root -> root.in(one))));
  }

  private Optional<IpxeCore> ofBothHalves() {
    if (lkrn.isEmpty() || efi.isEmpty()) {
      return Optional.empty();
    }
    try {
      String origin = medium.recorded().flatMap(RecordCheck::origin).orElse(medium.name());
      return Optional.of(IpxeCore.of(origin, lkrn.get(), efi.get()));
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

  /** Of the BIOS file, which may be known from the UEFI file beside it in its package. */
  Optional<String> lkrnSha256() {
    return core.map(IpxeCore::lkrnSha256).or(() -> lkrn.map(Sha256::hex));
  }

  /** Of the UEFI file, likewise. */
  Optional<String> efiSha256() {
    return core.map(IpxeCore::efiSha256).or(() -> efi.map(Sha256::hex));
  }

  /**
   * The script that this version makes for {@code rack}, if it is {@code text}. A script alone does
   * not hold its core, but only one core gives its image ID.
   */
  Optional<BootScript> scriptOf(Rack rack, String text) {
    List<IpxeCore> candidates =
        medium instanceof Medium.Script ? known : core.map(List::of).orElse(List.of());
    for (IpxeCore candidate : candidates) {
      BootScript script = BootScripts.render(rack, candidate);
      if (script.text().equals(text)) {
        core = Optional.of(candidate);
        recognised = medium instanceof Medium.Script ? core : recognised;
        return Optional.of(script);
      }
    }
    return Optional.empty();
  }

  private Optional<TrustRoot> root(byte[] bytes) {
    return TrustRoot.of(bytes)
        .or(
            () ->
                known.stream()
                    .flatMap(one -> TrustRoot.inPlaceOfIpxes(one, bytes).stream())
                    .findFirst());
  }

  /** For people and programs. */
  Optional<Verdict.Core> found() {
    if (lkrn.isEmpty() && efi.isEmpty() && core.isEmpty()) {
      return Optional.empty();
    }
    String version =
        efi.map(IpxeCore::efiVersion)
            .or(() -> lkrn.map(IpxeCore::lkrnVersion))
            .or(() -> core.map(IpxeCore::version))
            .orElse("unknown");
    return Optional.of(
        new Verdict.Core(
            version,
            recognised.map(IpxeCore::origin),
            efi.flatMap(this::root).map(TrustRoot::sha256),
            lkrn.map(Sha256::hex),
            efi.map(Sha256::hex)));
  }
}
