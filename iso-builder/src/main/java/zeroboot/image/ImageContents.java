package zeroboot.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import zeroboot.core.IpxeCore;
import zeroboot.image.plan.BiosBootCode;
import zeroboot.image.plan.BootCode;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.FileTree;
import zeroboot.image.plan.Gap;
import zeroboot.script.BootScript;
import zeroboot.script.MediumReadme;
import zeroboot.spec.BootPath;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/**
 * What every form is made of.
 *
 * @param firmware what the medium shall boot
 * @param rack what it is made for
 * @param script what it runs
 * @param core its iPXE
 * @param codes what the firmware of each way starts
 */
record ImageContents(
    TargetFirmware firmware,
    Rack rack,
    BootScript script,
    IpxeCore core,
    Map<BootPath, BootCode> codes) {

  /** What the firmware of one way starts, alone. */
  BootImage alone(BootPath path) {
    BootCode code = Objects.requireNonNull(codes.get(path));
    return BootImage.within(code.file(), code.layout());
  }

  /** The parts of a medium with a file system. */
  BootParts parts() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("README.TXT", MediumReadme.render(rack, script, core, firmware));
    files.put("ZBOOT.JSN", SettingsRecord.file(rack, script, core));
    Optional<BiosBootCode> bios = Optional.empty();
    for (Map.Entry<BootPath, BootCode> code : codes.entrySet()) {
      if (code.getValue() instanceof BiosBootCode raw) {
        bios = Optional.of(raw); // it lies outside of file systems
      } else {
        files.put(BootParts.region(code.getKey()), code.getValue().file());
      }
    }
    return new BootParts(FileTree.of(files), bios, script.imageId());
  }

  /** Names what lies inside the boot codes of an image of {@link #parts}. */
  BootImage detailed(BootImage image) {
    List<Extent> inside = new ArrayList<>();
    codes.forEach(
        (path, code) ->
            image
                .layout()
                .find(BootParts.region(path))
                .ifPresent(
                    at ->
                        inside.addAll(
                            code.views(at, Gap.in(image.layout(), BootParts.region(path))))));
    return new BootImage(image.bytes(), image.layout().withViews(inside));
  }
}
