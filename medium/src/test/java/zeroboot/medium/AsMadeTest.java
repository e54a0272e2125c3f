package zeroboot.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.image.BootImage;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.read.ByteSource;
import zeroboot.medium.Verdict.Author;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.Trust;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;
import zeroboot.spec.testing.RandomRacks;

/** The property: what was made is as made, and what is as made comes out as it went in. */
class AsMadeTest {
  @Test
  void everyMediumIsAsMade() {
    Media.ALL.forEach(
        (name, image) -> {
          Verdict verdict = Media.judge(image.bytes());
          assertEquals(List.of(), verdict.failures(), name);
          assertTrue(verdict.isAsMade(), name);
          assertEquals(Author.UNCHANGED, verdict.facts().author(), name);
          Rack rack = name.endsWith(" rack") ? Media.RACK : Media.FARM;
          assertEquals(Optional.of(rack), verdict.facts().rack(), name);
          assertEquals(image.layout(), verdict.facts().layout(), name);
        });
  }

  /** Whoever is trusted has to have signed all of it. */
  @Test
  void everySignedMediumIsVouchedFor() {
    Judge judge =
        Judge.knowing(Media.KNOWN)
            .trusting(
                new Trust(
                    List.of(
                        Media.KEYS.certificate(KeyRole.SIGN), Media.KEYS.certificate(KeyRole.DB))),
                Media.NOW);
    Media.ALL.forEach(
        (name, image) -> {
          byte[] bytes = image.bytes();
          byte[] signature =
              DetachedSignature.make(bytes, Media.key(KeyRole.SIGN), Optional.empty());
          Beside beside = Beside.signature("x.sig", signature, Optional.of(bytes));
          assertTrue(judge.of(ByteSource.of("x", bytes), beside).isAsMade(), name);
          boolean alone = name.startsWith("efi") && name.contains("signed");
          Verdict without = judge.of(ByteSource.of("x", bytes), Beside.nothing(Optional.of(bytes)));
          assertEquals(alone, without.isAsMade(), name + without.failures());
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatWentInComesOutAgain(int seed) {
    comesOutAgain(seed);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void soDoFurtherRacks(int seed) {
    comesOutAgain(seed);
  }

  private static void comesOutAgain(int seed) {
    ImageMaker maker = new ImageMaker(Media.CORE);
    Rack rack = new RandomRacks(seed).next();
    BootScript script = BootScripts.render(rack, Media.CORE);
    assertComesBack(rack, script, script.bytes());
    for (Form form : Forms.ALL) {
      for (TargetFirmware firmware : TargetFirmware.values()) {
        if (form.isFor(firmware)) {
          BootImage image = maker.make(form, firmware, rack, script);
          assertComesBack(rack, script, image.bytes());
        }
      }
    }
  }

  private static Verdict assertComesBack(Rack rack, BootScript script, byte[] bytes) {
    Verdict verdict = Media.judge(bytes);
    assertEquals(List.of(), verdict.failures());
    assertEquals(Author.UNCHANGED, verdict.facts().author());
    assertEquals(Optional.of(rack), verdict.facts().rack());
    assertEquals(
        Optional.of(script.imageId().shown()),
        verdict.facts().imageId().map(Verdict.ImageIdCheck::stated));
    return verdict;
  }

  /** The same where HTTPS servers have to lead to a root of the owner's. */
  @Test
  void anotherTrustRootIsSeenInTheCoreThatIsKnown() {
    TrustRoot root = new TrustRoot("0123456789abcdef".repeat(4));
    IpxeCore pinned = root.in(Media.CORE);
    ImageMaker maker = new ImageMaker(pinned, Media.loaderSigner());
    Rack rack = new RandomRacks(1).next();
    BootScript script = BootScripts.render(rack, pinned);
    for (Form form : Forms.ALL) {
      byte[] image = maker.make(form, rack, script).bytes();
      Verdict.Core core = assertComesBack(rack, script, image).facts().core().orElseThrow();
      assertEquals(Optional.of(root.sha256()), core.trustRootSha256());
      assertEquals(form.firmware().paths().size(), core.trustRoots().size());
      assertEquals(Optional.of(Media.CORE.origin()), core.origin());
    }
    Verdict.Core plain = Media.judge(Media.bytes("efi uefi")).facts().core().orElseThrow();
    assertEquals(Optional.of(TrustRoot.IPXE.sha256()), plain.trustRootSha256());
    Verdict.Core bios = Media.judge(Media.bytes("usb bios")).facts().core().orElseThrow();
    assertEquals(Optional.of(TrustRoot.IPXE.sha256()), bios.trustRootSha256());
  }

  /**
   * In every form and for every firmware, a medium on an imported core is as made for who knows it:
   * the image ID tells which it is, as two cores may have the same BIOS file.
   */
  @Test
  void coresThatShareAFileAreToldApart() {
    IpxeCore other = anotherCore();
    ImageMaker maker = new ImageMaker(other);
    BootScript script = BootScripts.render(Media.FARM, other);
    for (Form form : Forms.ALL) {
      for (TargetFirmware firmware : TargetFirmware.values()) {
        if (form.isFor(firmware)) {
          byte[] bytes = maker.make(form, firmware, Media.FARM, script).bytes();
          Verdict verdict = Judge.of(ByteSource.of("x", bytes), List.of(Media.CORE, other));
          assertTrue(verdict.isAsMade(), form + " " + firmware + verdict.failures());
          assertEquals(
              Optional.of("somebody's"), verdict.facts().core().flatMap(Verdict.Core::origin));
        }
      }
    }
  }

  private static IpxeCore anotherCore() {
    byte[] efi = Media.CORE.efi().clone();
    efi[efi.length - 100] ^= 1;
    return IpxeCore.of("somebody's", Media.CORE.lkrn(), efi);
  }

  /** An imported core is as good as the bundled one for who knows it, and for nobody else. */
  @ParameterizedTest
  @ValueSource(strings = {"BOTH", "UEFI"})
  void aCoreIsKnownOrNot(TargetFirmware firmware) {
    IpxeCore other = anotherCore();
    BootScript script = BootScripts.render(Media.FARM, other);
    byte[] usb = new ImageMaker(other).make(Forms.USB, firmware, Media.FARM, script).bytes();
    Verdict verdict = Media.judge(usb);
    assertEquals(Optional.of(Media.FARM), verdict.facts().rack());
    assertEquals(List.of(), verdict.damage());
    assertEquals(
        List.of(Finding.Kind.OTHER_CORE), verdict.failures().stream().map(Finding::kind).toList());
    assertEquals(Optional.empty(), verdict.facts().core().flatMap(Verdict.Core::origin));
    Verdict known = Judge.of(ByteSource.of("x", usb), List.of(Media.CORE, other));
    assertEquals(Optional.of("somebody's"), known.facts().core().flatMap(Verdict.Core::origin));
    assertTrue(known.isAsMade());
    int at = new Random(1).nextInt(usb.length);
    usb[at] ^= 4;
    Verdict changed = Judge.of(ByteSource.of("x", usb), List.of(Media.CORE, other));
    assertTrue(
        changed.failures().stream()
            .flatMap(finding -> finding.where().stream())
            .anyMatch(place -> place.offset() == at),
        changed.failures().toString());
  }
}
