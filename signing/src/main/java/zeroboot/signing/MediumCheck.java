package zeroboot.signing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.image.BootImage;
import zeroboot.image.EfiSigner;
import zeroboot.image.Extent;
import zeroboot.image.ImageForm;
import zeroboot.image.ImageMaker;
import zeroboot.image.Layout;
import zeroboot.image.read.Medium;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.Rack;
import zeroboot.spec.ZbootException;
import zeroboot.stage.BootStages;

/**
 * Checks one of zboot's media against itself and against what zboot makes: from the settings that
 * its script tells the medium is made anew, with the signatures that were found put in their
 * places, and every byte has to be the same.
 */
final class MediumCheck {
  private static final String AGAIN = "make the image again";
  private static final String NOT_WRITTEN =
      "is not what this zboot writes for its settings; " + AGAIN;

  private final Medium medium;
  private final byte[] image;
  private final SignerCheck signers;
  private final List<IpxeCore> known;
  private final List<Check> checks = new ArrayList<>();

  MediumCheck(Medium medium, byte[] image, SignerCheck signers, List<IpxeCore> known) {
    this.medium = medium;
    this.image = image;
    this.signers = signers;
    this.known = known;
  }

  List<Check> run() {
    medium.troubles().forEach(trouble -> checks.add(Check.failed("layout", trouble)));
    medium.uefi().ifPresent(this::secureBoot);
    scripts();
    if (medium.kind() == Medium.Kind.SCRIPT) {
      scriptAlone(medium.script().orElseThrow());
    } else {
      bootCodes();
      core().ifPresent(this::everyByte);
    }
    return checks;
  }

  private void secureBoot(Medium.Half uefi) {
    List<Check> outside = signers.inside("UEFI file", uefiFile(uefi));
    List<Check> inside = signers.inside("iPXE in it", uefi.core());
    checks.addAll(outside);
    checks.addAll(inside);
    if (outside.isEmpty() && inside.isEmpty()) {
      checks.add(Check.note("UEFI file", "is not signed: it boots with Secure Boot off"));
    } else if (outside.isEmpty()) {
      checks.add(
          Check.failed(
              "Secure Boot", "the UEFI file is not signed, so that firmware refuses it; " + AGAIN));
    }
  }

  private byte[] uefiFile(Medium.Half uefi) {
    Extent place = uefi.place();
    return Arrays.copyOfRange(image, (int) place.offset(), (int) place.end());
  }

  private void scripts() {
    if (medium.bios().isEmpty() || medium.uefi().isEmpty()) {
      return;
    }
    boolean same = medium.bios().get().script().equals(medium.uefi().get().script());
    checks.add(
        same
            ? Check.ok("script", "BIOS and UEFI machines run the same")
            : Check.failed("script", "BIOS and UEFI machines run different ones; " + AGAIN));
  }

  /** A script for an iPXE of one's own. Somebody else's is worth what its signature is. */
  private void scriptAlone(String text) {
    ScriptSettings settings;
    try {
      settings = ScriptSettings.read("script", text);
    } catch (ZbootException e) {
      return;
    }
    boolean same = known.stream().anyMatch(core -> isWritten(text, settings, core));
    checks.add(
        same
            ? Check.ok("every byte", "is as zboot writes it for its settings")
            : Check.failed("script", NOT_WRITTEN));
  }

  private static boolean isWritten(String text, ScriptSettings settings, IpxeCore core) {
    try {
      return BootScripts.render(settings.rack("script"), core).text().equals(text);
    } catch (ZbootException e) {
      return false;
    }
  }

  private void bootCodes() {
    boolean bios =
        medium.bios().map(half -> Arrays.equals(half.stage(), BootStages.biosStage())).orElse(true);
    boolean uefi =
        medium.uefi().map(half -> Arrays.equals(half.stage(), BootStages.efiLoader())).orElse(true);
    checks.add(
        bios && uefi
            ? Check.ok("boot code", "is that of this zboot")
            : Check.failed(
                "boot code",
                (bios ? "the UEFI loader" : "the BIOS stage")
                    + " is not that of this zboot: changed, or of another version; verify with"
                    + " the zboot that made it, or "
                    + AGAIN));
  }

  /** The known core whose halves are those of the medium, with the root that it trusts. */
  private Optional<IpxeCore> core() {
    Optional<byte[]> efi = medium.uefi().map(half -> Authenticode.strip("iPXE core", half.core()));
    for (IpxeCore candidate : known) {
      Optional<IpxeCore> core = withRoot(candidate, efi);
      boolean same =
          core.isPresent()
              && efi.map(bytes -> Arrays.equals(bytes, core.get().efi())).orElse(true)
              && medium
                  .bios()
                  .map(half -> Arrays.equals(half.core(), core.get().lkrn()))
                  .orElse(true);
      if (same) {
        checks.add(Check.ok("iPXE", core.get().origin() + root(efi)));
        return core;
      }
    }
    checks.add(
        Check.failed(
            "iPXE",
            "is not the one of this zboot; if the image was made with --core, give the same here"));
    return Optional.empty();
  }

  private static Optional<IpxeCore> withRoot(IpxeCore core, Optional<byte[]> efi) {
    Optional<TrustRoot> root = efi.flatMap(TrustRoot::of);
    if (root.isEmpty() || root.get().equals(TrustRoot.IPXE)) {
      return Optional.of(core);
    }
    try {
      return Optional.of(root.get().in(core));
    } catch (ZbootException e) {
      return Optional.empty(); // a core that has no place for it
    }
  }

  private static String root(Optional<byte[]> efi) {
    return efi.flatMap(TrustRoot::of)
        .filter(root -> !root.equals(TrustRoot.IPXE))
        .map(root -> ", which trusts the root with SHA-256 " + root.sha256())
        .orElse("");
  }

  private void everyByte(IpxeCore core) {
    BootImage made;
    try {
      Rack rack = ScriptSettings.read("script", medium.script().orElseThrow()).rack("script");
      BootScript script = BootScripts.render(rack, core);
      if (!script.text().equals(medium.script().orElseThrow())) {
        checks.add(Check.failed("script", NOT_WRITTEN));
        return;
      }
      ImageForm form = ImageForm.valueOf(medium.kind().name());
      made =
          new ImageMaker(core, foundSignatures())
              .make(form, medium.firmware().orElseThrow(), rack, script);
    } catch (ZbootException e) {
      checks.add(Check.failed("script", String.valueOf(e.getMessage())));
      return;
    }
    int at = Arrays.mismatch(made.bytes(), image);
    checks.add(
        at < 0
            ? Check.ok("every byte", "is as zboot makes it: boot codes, records, ZBOOT.JSN, layout")
            : Check.failed(
                "every byte",
                "byte "
                    + at
                    + " ("
                    + part(made.layout(), at)
                    + ") is not as zboot makes it; "
                    + AGAIN));
  }

  /** Puts the signatures that were found where a signer would put his. */
  private EfiSigner foundSignatures() {
    List<byte[]> signed =
        medium.uefi().map(half -> List.of(half.core(), uefiFile(half))).orElse(List.of());
    return (where, efi) ->
        signed.stream()
            .filter(file -> Arrays.equals(efi, Authenticode.strip(where, file)))
            .findFirst()
            .map(file -> Authenticode.signedLike(where, efi, file))
            .orElse(efi);
  }

  private static String part(Layout layout, int at) {
    Extent here = new Extent("", at, 1);
    String name = "behind its end";
    long length = Long.MAX_VALUE;
    List<Extent> all = new ArrayList<>(layout.extents());
    all.addAll(layout.views());
    for (Extent extent : all) {
      if (extent.contains(here) && extent.length() <= length) {
        name = extent.name();
        length = extent.length();
      }
    }
    return name;
  }
}
