package zeroboot.medium;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.ZbootException;
import zeroboot.image.Form;
import zeroboot.image.read.Medium;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.BootPath;
import zeroboot.spec.Rack;

/**
 * Makes what was read anew. Where that gives other bytes, or the reader was lost, everything is
 * tried that could have been made of what is still there, and what comes nearest is taken.
 */
final class Anew {
  private final Reading reading;
  private final List<IpxeCore> known;
  private final Optional<CoreSearch> search;
  private final Remaker remaker;

  Anew(Reading reading, List<IpxeCore> known) {
    this.reading = reading;
    this.known = known;
    search = reading.medium().map(medium -> new CoreSearch(medium, known));
    Optional<byte[]> core = reading.medium().flatMap(Medium::uefi).map(Medium.Half::core);
    remaker =
        new Remaker(reading.bytes(), reading.isDevice(), new SignatureGraft(reading.bytes(), core));
  }

  /** What comes nearest; empty if it is nothing of zboot's. */
  Optional<Remake> nearest() {
    Optional<Remake> same = same();
    if (same.isPresent()
        && (same.get().isAlmostThere(reading.bytes()) || same.get().isIn(reading.bytes()))) {
      return same;
    }
    Set<String> texts = texts();
    Set<Rack> racks = new LinkedHashSet<>();
    texts.forEach(text -> rack(text).ifPresent(racks::add));
    Optional<byte[]> record =
        reading.medium().flatMap(Medium::recorded).or(() -> RecordedRack.hunt(reading.bytes()));
    record.flatMap(RecordedRack::of).ifPresent(racks::add);
    List<IpxeCore> cores = cores(record);
    Optional<Remake> best = remaker.nearest(racks, cores);
    if (best.isPresent() && texts.contains(best.get().script().text())) {
      return accepted(best);
    }
    for (String text : texts) {
      for (IpxeCore core : best.map(made -> List.of(made.core())).orElse(cores)) {
        Optional<Rack> repaired = ScriptRepair.of(text, core).flatMap(Anew::rack);
        if (repaired.isPresent()) {
          best = Remaker.nearer(best, remaker.nearest(Set.of(repaired.get()), List.of(core)));
        }
      }
    }
    return accepted(best);
  }

  /** What the reader recognised; all else has to be more alike than not. */
  private Optional<Remake> accepted(Optional<Remake> best) {
    return best.filter(made -> reading.isOurs() || made.isNear());
  }

  /** What the reader says that it is. */
  private Optional<Remake> same() {
    Optional<Medium> medium = reading.medium().filter(one -> reading.isOurs());
    Optional<Rack> rack = medium.flatMap(Medium::script).flatMap(Anew::rack);
    if (rack.isEmpty()) {
      return Optional.empty();
    }
    Optional<Form> form = medium.get().ownForm();
    if (form.isEmpty()) {
      return known.stream()
          .flatMap(core -> remaker.script(rack.get(), core).stream())
          .filter(made -> made.isIn(reading.bytes()))
          .findFirst();
    }
    CoreSearch cores = search.orElseThrow();
    cores.scriptOf(rack.get(), medium.get().script().orElseThrow()); // tells cores apart
    return cores
        .core()
        .flatMap(
            core ->
                remaker.make(form.get(), medium.get().firmware().orElseThrow(), rack.get(), core));
  }

  private Set<String> texts() {
    Set<String> texts = new LinkedHashSet<>();
    for (BootPath path : BootPath.values()) {
      reading
          .medium()
          .flatMap(medium -> medium.on(path))
          .ifPresent(half -> texts.add(half.script()));
    }
    texts.addAll(ScriptHunt.in(reading.bytes()));
    known.forEach(core -> texts.addAll(remaker.scripts(core)));
    return texts;
  }

  private static Optional<Rack> rack(String text) {
    try {
      return Optional.of(ScriptSettings.read("script", text).rack("script"));
    } catch (ZbootException e) {
      return Optional.empty(); // somebody's script, or one whose settings are damaged
    }
  }

  /**
   * Those that can be there, as far as it can be read; where nothing can, all that are known. A
   * root that was recorded is tried, too.
   */
  private List<IpxeCore> cores(Optional<byte[]> record) {
    List<IpxeCore> there = search.map(CoreSearch::candidates).orElse(List.of());
    List<IpxeCore> cores = new ArrayList<>(there.isEmpty() ? known : there);
    record
        .flatMap(RecordCheck::trustRoot)
        .filter(root -> !root.equals(TrustRoot.IPXE))
        .ifPresent(
            root -> List.copyOf(cores).forEach(core -> with(root, core).ifPresent(cores::add)));
    return cores;
  }

  private static Optional<IpxeCore> with(TrustRoot root, IpxeCore core) {
    try {
      return Optional.of(root.in(core));
    } catch (ZbootException e) {
      return Optional.empty(); // a core that has no place for it
    }
  }
}
