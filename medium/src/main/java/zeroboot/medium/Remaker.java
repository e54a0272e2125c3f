package zeroboot.medium;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootImage;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.plan.EfiSigner;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/** Makes media anew, and says how far they are from what was found. */
final class Remaker {
  private final byte[] found;
  private final boolean isPart;
  private final EfiSigner signer;
  private final IdentityHashMap<IpxeCore, ImageMaker> makers = new IdentityHashMap<>();

  /**
   * Compares with {@code found}.
   *
   * @param isPart whether something else may follow it, as on a device
   * @param signer puts the signatures that were found where a signer would put his
   */
  Remaker(byte[] found, boolean isPart, EfiSigner signer) {
    this.found = found;
    this.isPart = isPart;
    this.signer = signer;
  }

  /** One medium; empty if zboot would not make it. */
  Optional<Remake> make(Form form, TargetFirmware firmware, Rack rack, IpxeCore core) {
    try {
      BootScript script = BootScripts.render(rack, core);
      BootImage image = maker(core).make(form, firmware, rack, script);
      return Optional.of(
          remake(Optional.of(form), firmware, rack, script, core, image.bytes(), image.layout()));
    } catch (ZbootException e) {
      return Optional.empty(); // settings that do not go into this form
    }
  }

  private ImageMaker maker(IpxeCore core) {
    return makers.computeIfAbsent(core, one -> new ImageMaker(one, signer));
  }

  /** The scripts in UEFI halves with this core, as far as they can be made out. */
  Set<String> scripts(IpxeCore core) {
    return maker(core).scriptsIn(found);
  }

  /** A script alone. */
  Optional<Remake> script(Rack rack, IpxeCore core) {
    try {
      BootScript script = BootScripts.render(rack, core);
      byte[] bytes = script.bytes();
      Layout layout =
          new Layout.Builder()
              .extents(List.of(new Extent("script", 0, bytes.length)))
              .build(bytes.length);
      return Optional.of(
          remake(Optional.empty(), TargetFirmware.BOTH, rack, script, core, bytes, layout));
    } catch (ZbootException e) {
      return Optional.empty();
    }
  }

  /** What comes nearest of all that could be made of these. */
  Optional<Remake> nearest(Collection<Rack> racks, Collection<IpxeCore> cores) {
    Optional<Remake> best = Optional.empty();
    for (Rack rack : racks) {
      for (IpxeCore core : cores) {
        best = nearer(best, nearest(rack, core)); // all of them: two cores may be nearly the same
      }
      if (best.isPresent() && best.get().isAlmostThere(found)) {
        return best;
      }
    }
    return best;
  }

  private Optional<Remake> nearest(Rack rack, IpxeCore core) {
    Optional<Remake> best = script(rack, core);
    for (Form form : Forms.ALL) {
      for (TargetFirmware firmware : TargetFirmware.values()) {
        if (form.isFor(firmware) && (form == Forms.EFI || !core.isChained())) {
          best = nearer(best, make(form, firmware, rack, core));
          if (best.isPresent() && best.get().isAlmostThere(found)) {
            return best;
          }
        }
      }
    }
    return best;
  }

  static Optional<Remake> nearer(Optional<Remake> one, Optional<Remake> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return other.get().score() > one.get().score() ? other : one;
  }

  private Remake remake(
      Optional<Form> form,
      TargetFirmware firmware,
      Rack rack,
      BootScript script,
      IpxeCore core,
      byte[] bytes,
      Layout layout) {
    return new Remake(form, firmware, rack, script, core, bytes, layout, score(bytes));
  }

  private long score(byte[] bytes) {
    int length = Math.min(bytes.length, found.length);
    long score = isPart ? 0 : -Math.abs((long) bytes.length - found.length);
    for (int i = 0; i < length; i++) {
      score += bytes[i] == found[i] ? 1 : -1;
    }
    return score;
  }
}
