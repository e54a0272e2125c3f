package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.plan.Layout;
import zeroboot.image.read.Medium;
import zeroboot.medium.Verdict.Author;
import zeroboot.medium.Verdict.Facts;
import zeroboot.medium.Verdict.ImageIdCheck;
import zeroboot.script.BootScripts;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.BootPath;
import zeroboot.spec.Rack;
import zeroboot.stage.BootStages;

/** Tells what a medium is, whether it is as it should be or not. */
final class FactFinder {
  private FactFinder() {}

  static Facts facts(Reading reading, Optional<Remake> remake, List<IpxeCore> known) {
    Optional<Medium> medium = reading.medium();
    Optional<String> script = medium.flatMap(Medium::script);
    Optional<CoreSearch> cores = medium.map(one -> new CoreSearch(one, known));
    Optional<ScriptSettings> settings = script.flatMap(FactFinder::settings);
    Optional<Rack> rack = settings.flatMap(FactFinder::rack);
    if (rack.isPresent()) {
      cores.orElseThrow().scriptOf(rack.get(), script.get()); // tells the core of a script alone
    }
    boolean isWhole =
        remake.isPresent()
            && remake.get().isIn(reading.bytes())
            && (reading.isDevice() || remake.get().bytes().length == reading.bytes().length);
    Layout layout =
        remake
            .filter(made -> made.isIn(reading.bytes()))
            .map(Remake::layout)
            .or(() -> medium.map(Medium::layout))
            .orElse(new Layout(0, List.of(), List.of()));
    return new Facts(
        reading.name(),
        medium,
        settings,
        rack,
        cores.flatMap(CoreSearch::found),
        settings.map(read -> imageId(medium.orElseThrow(), cores.orElseThrow(), read)),
        author(
            script.filter(
                text -> settings.isPresent() || medium.orElseThrow().ownForm().isPresent()),
            remake,
            isWhole && cores.orElseThrow().isKnown()),
        layout);
  }

  private static Author author(
      Optional<String> script, Optional<Remake> remake, boolean isUnchanged) {
    if (script.isEmpty()) {
      return Author.FOREIGN;
    }
    if (isUnchanged) {
      return Author.UNCHANGED;
    }
    boolean same = remake.map(made -> made.script().text()).equals(script);
    return same ? Author.SCRIPT_UNCHANGED : Author.OTHER;
  }

  private static Optional<ScriptSettings> settings(String script) {
    try {
      return Optional.of(ScriptSettings.read("script", script));
    } catch (ZbootException e) {
      return Optional.empty(); // none of zboot's
    }
  }

  private static Optional<Rack> rack(ScriptSettings settings) {
    try {
      return Optional.of(settings.rack("script"));
    } catch (ZbootException e) {
      return Optional.empty(); // what cannot be read so is shown as it stands
    }
  }

  private static ImageIdCheck imageId(Medium medium, CoreSearch cores, ScriptSettings settings) {
    if (!cores.isWhole()) {
      return new ImageIdCheck(settings.imageId(), Optional.empty());
    }
    String computed =
        BootScripts.imageId(
                medium.script().orElseThrow(),
                path -> cores.sha256(path).orElseThrow(),
                BootStages.fingerprint(path -> stage(medium, path)))
            .shown();
    return new ImageIdCheck(settings.imageId(), Optional.of(computed));
  }

  /** What is there, else what this version has: a medium for one firmware has no other. */
  private static byte[] stage(Medium medium, BootPath path) {
    return medium
        .on(path)
        .map(Medium.Half::stage)
        .filter(there -> there.length > 0)
        .orElseGet(() -> BootStages.of(path));
  }
}
