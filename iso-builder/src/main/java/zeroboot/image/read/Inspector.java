package zeroboot.image.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.BootImage;
import zeroboot.image.ImageForm;
import zeroboot.image.ImageMaker;
import zeroboot.image.Layout;
import zeroboot.image.read.Inspection.ImageIdCheck;
import zeroboot.image.read.Inspection.Verdict;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;
import zeroboot.spec.ZbootException;
import zeroboot.stage.BootStages;

/** Compares all that a medium says of itself. */
final class Inspector {
  private final Medium medium;
  private final CoreSearch cores;
  private final List<String> troubles;

  Inspector(Medium medium, List<IpxeCore> known) {
    this.medium = medium;
    this.cores = new CoreSearch(medium, known);
    troubles = new ArrayList<>(medium.troubles());
  }

  Inspection inspect() {
    Optional<String> script = medium.script();
    if (script.isEmpty()) {
      return inspection(Optional.empty(), Optional.empty(), Optional.empty(), Verdict.FOREIGN);
    }
    compareHalves();
    Optional<ScriptSettings> settings = attempt(() -> ScriptSettings.read("script", script.get()));
    Optional<ImageIdCheck> imageId = settings.map(read -> imageId(read, script.get()));
    imageId.ifPresent(this::judge);
    if (settings.isEmpty()) {
      boolean alone = medium.kind() == Medium.Kind.SCRIPT;
      if (!alone) {
        troubles.add("Its script is none of zboot's");
      }
      return inspection(settings, Optional.empty(), imageId, Verdict.OTHER);
    }
    Optional<Rack> rack = attempt(() -> settings.get().rack("script"));
    Optional<BootScript> anew = rack.flatMap(r -> cores.scriptOf(r, script.get()));
    compareRecord(settings.get(), rack, anew);
    if (rack.isEmpty() || anew.isEmpty()) {
      return inspection(settings, rack, imageId, Verdict.OTHER);
    }
    Optional<BootImage> same = sameImage(rack.get(), anew.get());
    boolean unchanged = same.isPresent() || medium.kind() == Medium.Kind.SCRIPT;
    Verdict verdict = unchanged ? Verdict.UNCHANGED : Verdict.SCRIPT_UNCHANGED;
    Layout layout = same.map(BootImage::layout).orElse(medium.layout());
    return new Inspection(
        medium, settings, rack, cores.found(), imageId, verdict, layout, troubles);
  }

  private Inspection inspection(
      Optional<ScriptSettings> settings,
      Optional<Rack> rack,
      Optional<ImageIdCheck> imageId,
      Verdict verdict) {
    return new Inspection(
        medium, settings, rack, cores.found(), imageId, verdict, medium.layout(), troubles);
  }

  private void compareHalves() {
    if (medium.bios().isEmpty() || medium.uefi().isEmpty()) {
      return;
    }
    List<String> bios = medium.bios().get().script().lines().toList();
    List<String> uefi = medium.uefi().get().script().lines().toList();
    for (int i = 0; i < Math.max(bios.size(), uefi.size()); i++) {
      String onBios = i < bios.size() ? bios.get(i) : "";
      String onUefi = i < uefi.size() ? uefi.get(i) : "";
      if (!onBios.equals(onUefi)) {
        troubles.add(
            "BIOS and UEFI machines run different scripts; line "
                + (i + 1)
                + " is \""
                + onBios
                + "\" on BIOS and \""
                + onUefi
                + "\" on UEFI");
        return;
      }
    }
  }

  private ImageIdCheck imageId(ScriptSettings settings, String script) {
    if (cores.lkrnSha256().isEmpty() || cores.efiSha256().isEmpty()) {
      return new ImageIdCheck(settings.imageId(), Optional.empty());
    }
    byte[] stage =
        medium
            .bios()
            .map(Medium.Half::stage)
            .filter(s -> s.length > 0)
            .orElse(BootStages.biosStage());
    byte[] loader = medium.uefi().map(Medium.Half::stage).orElse(BootStages.efiLoader());
    String computed =
        BootScripts.imageId(
                script,
                cores.lkrnSha256().get(),
                cores.efiSha256().get(),
                BootStages.fingerprint(stage, loader))
            .shown();
    return new ImageIdCheck(settings.imageId(), Optional.of(computed));
  }

  private void judge(ImageIdCheck check) {
    check
        .computed()
        .filter(computed -> !computed.equals(check.stated()))
        .ifPresent(
            computed ->
                troubles.add(
                    "The node will show image "
                        + check.stated()
                        + ", but script, iPXE and boot code together are "
                        + computed));
  }

  private void compareRecord(
      ScriptSettings settings, Optional<Rack> rack, Optional<BootScript> anew) {
    if (medium.record().isEmpty()) {
      return;
    }
    RecordCheck check = new RecordCheck(medium.record().get());
    Optional<IpxeCore> core = cores.core();
    List<String> differences =
        rack.isPresent() && anew.isPresent() && core.isPresent()
            ? check.against(rack.get(), anew.get(), core.get())
            : check.against(settings.variables());
    troubles.addAll(differences);
  }

  /** The image made anew, if it is the same; a script alone has none. */
  private Optional<BootImage> sameImage(Rack rack, BootScript script) {
    Optional<IpxeCore> core = cores.core();
    Optional<TargetFirmware> firmware = medium.firmware();
    if (core.isEmpty() || firmware.isEmpty() || medium.kind() == Medium.Kind.SCRIPT) {
      return Optional.empty();
    }
    ImageForm form = ImageForm.valueOf(medium.kind().name());
    return attempt(() -> new ImageMaker(core.get()).make(form, firmware.get(), rack, script))
        .filter(made -> medium.sha256().equals(Optional.of(Sha256.hex(made.bytes()))));
  }

  private interface Action<T> {
    T run();
  }

  private static <T> Optional<T> attempt(Action<T> action) {
    try {
      return Optional.of(action.run());
    } catch (ZbootException e) {
      return Optional.empty(); // what cannot be read so is shown as it stands
    }
  }
}
