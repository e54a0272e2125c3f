package zeroboot.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.ZbootException;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.plan.EfiSigner;
import zeroboot.image.read.ByteSource;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.Trust;
import zeroboot.spec.BootPath;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;
import zeroboot.spec.testing.RandomRacks;

/**
 * What was made is as made, and with one bit changed it is not: in all forms, for every firmware,
 * on cores that are packed in different ways, signed and not, for random nodes.
 */
class MadeOrChangedTest {
  /** The ways in which a core is known and packed. */
  enum Core {
    /** The build has packed it. */
    BUNDLED {
      @Override
      IpxeCore core() {
        return Media.CORE;
      }
    },
    /** The packing of the bundled one serves with a few bytes written anew. */
    WITH_ANOTHER_ROOT {
      @Override
      IpxeCore core() {
        return new TrustRoot("13579bdf02468ace".repeat(4)).in(Media.CORE);
      }
    },
    /** Nothing of it is packed; its BIOS file is the bundled one's. */
    IMPORTED {
      @Override
      IpxeCore core() {
        byte[] efi = Media.CORE.efi();
        byte[] longer = Arrays.copyOf(efi, efi.length + 512);
        return IpxeCore.of("somebody's", Media.CORE.lkrn(), longer);
      }
    };

    abstract IpxeCore core();
  }

  @ParameterizedTest
  @EnumSource
  void asMadeIfNothingIsChanged(Core kind) {
    IpxeCore core = kind.core();
    Random random = new Random(kind.name().hashCode());
    int media = 0;
    for (Form form : Forms.ALL) {
      for (TargetFirmware firmware : TargetFirmware.values()) {
        for (boolean isSigned : signed(kind, firmware, random)) {
          if (form.isFor(firmware) && (kind == Core.BUNDLED || firmware == form.firmware())) {
            Rack rack = new RandomRacks(random.nextLong()).next();
            BootScript script = BootScripts.render(rack, core);
            EfiSigner signer = isSigned ? Media.loaderSigner() : EfiSigner.NONE;
            byte[] bytes = new ImageMaker(core, signer).make(form, firmware, rack, script).bytes();
            String what = form.shown() + " " + firmware.shown() + (isSigned ? " signed" : "");
            check(what, kind, core, rack, isSigned, bytes, random);
            media++;
          }
        }
      }
    }
    assertTrue(media >= Forms.ALL.size(), media + " media");
  }

  /** Both ways on the bundled core, and one or the other on those that take longer. */
  private static List<Boolean> signed(Core kind, TargetFirmware firmware, Random random) {
    if (!firmware.paths().contains(BootPath.UEFI_X64)) {
      return List.of(false);
    }
    return kind == Core.BUNDLED ? List.of(false, true) : List.of(random.nextBoolean());
  }

  private static void check(
      String what,
      Core kind,
      IpxeCore core,
      Rack rack,
      boolean isSigned,
      byte[] bytes,
      Random random) {
    Optional<byte[]> signature =
        isSigned
            ? Optional.of(DetachedSignature.make(bytes, Media.key(KeyRole.SIGN), Optional.empty()))
            : Optional.empty();
    Verdict made = verdict(core, bytes, signature);
    assertEquals(List.of(), made.failures(), what);
    assertTrue(made.isAsMade(), what);
    assertEquals(Optional.of(rack), made.facts().rack(), what);

    int at = random.nextInt(bytes.length);
    byte[] changed = bytes.clone();
    changed[at] ^= (byte) (1 << random.nextInt(8));
    what += " with byte " + at + " changed";
    try {
      Verdict verdict = verdict(core, changed, signature);
      assertFalse(verdict.isAsMade(), what);
      // A root that nobody knows, and that cannot be read any more, cannot be made anew.
      assertTrue(
          kind == Core.WITH_ANOTHER_ROOT
              || verdict.failures().stream()
                  .flatMap(finding -> finding.where().stream())
                  .anyMatch(place -> place.offset() <= at && at < place.offset() + place.length()),
          what + ": " + verdict.failures());
    } catch (ZbootException e) {
      assertEquals(Core.WITH_ANOTHER_ROOT, kind, what + ": " + e.getMessage());
      assertTrue(String.valueOf(e.getMessage()).contains("is damaged"), what + e.getMessage());
    }
  }

  private static Verdict verdict(IpxeCore core, byte[] bytes, Optional<byte[]> signature) {
    List<IpxeCore> known = new ArrayList<>(List.of(Media.CORE));
    if (!core.origin().equals(Media.CORE.origin())) {
      known.add(core);
    }
    ByteSource source = ByteSource.of("x", bytes);
    if (signature.isEmpty()) {
      return Judge.of(source, known);
    }
    Trust trust =
        new Trust(
            List.of(Media.KEYS.certificate(KeyRole.SIGN), Media.KEYS.certificate(KeyRole.DB)));
    return Judge.knowing(known)
        .trusting(trust, Media.NOW)
        .of(source, Beside.signature("x.sig", signature.get(), Optional.of(bytes)));
  }
}
