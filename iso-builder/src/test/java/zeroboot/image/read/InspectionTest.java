package zeroboot.image.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.image.BootImage;
import zeroboot.image.Extent;
import zeroboot.image.ImageForm;
import zeroboot.image.ImageMaker;
import zeroboot.image.bios.BiosBlob;
import zeroboot.image.read.Inspection.Verdict;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;
import zeroboot.spec.testing.RandomRacks;
import zeroboot.stage.BootStages;

class InspectionTest {
  private static final List<IpxeCore> KNOWN = List.of(MadeMedia.CORE);

  private static Inspection inspect(byte[] bytes) {
    return Inspection.of(MediumReader.read(ByteSource.of("medium", bytes)), KNOWN);
  }

  /** The property: what went into any form comes out of it again. */
  @Test
  void inspectingGivesBackWhatWasMade() {
    ImageMaker maker = new ImageMaker(MadeMedia.CORE);
    for (int seed = 0; seed < 12; seed++) {
      Rack rack = new RandomRacks(seed).next();
      BootScript script = BootScripts.render(rack, MadeMedia.CORE);
      assertComesBack(rack, script, Optional.empty(), script.bytes());
      for (ImageForm form : ImageForm.values()) {
        for (TargetFirmware firmware : TargetFirmware.values()) {
          if (form.firmware() == TargetFirmware.BOTH || form.firmware() == firmware) {
            BootImage image = maker.make(form, firmware, rack, script);
            assertComesBack(rack, script, Optional.of(image), image.bytes());
          }
        }
      }
    }
  }

  /** The same where HTTPS servers have to lead to a root of the owner's. */
  @Test
  void anotherTrustRootIsSeenInTheCoreThatIsKnown() {
    TrustRoot root = new TrustRoot("0123456789abcdef".repeat(4));
    IpxeCore pinned = root.in(MadeMedia.CORE);
    ImageMaker maker = new ImageMaker(pinned);
    for (int seed = 0; seed < 3; seed++) {
      Rack rack = new RandomRacks(seed).next();
      BootScript script = BootScripts.render(rack, pinned);
      for (ImageForm form : List.of(ImageForm.ISO, ImageForm.USB, ImageForm.EFI)) {
        BootImage image = maker.make(form, TargetFirmware.UEFI, rack, script);
        assertComesBack(rack, script, Optional.of(image), image.bytes());
        Inspection.Core core = inspect(image.bytes()).core().orElseThrow();
        assertEquals(Optional.of(root.sha256()), core.trustRootSha256());
        assertEquals(Optional.of(MadeMedia.CORE.origin()), core.origin());
      }
    }
    Inspection.Core plain = inspect(MadeMedia.bytes("efi uefi")).core().orElseThrow();
    assertEquals(Optional.of(TrustRoot.IPXE.sha256()), plain.trustRootSha256());
    Inspection.Core bios = inspect(MadeMedia.bytes("usb bios")).core().orElseThrow();
    assertEquals(Optional.empty(), bios.trustRootSha256());
  }

  /** Both halves together are a core; what the owner did not import has no name here. */
  @Test
  void aCoreThatNobodyKnowsIsReadAllTheSame() {
    byte[] efi = MadeMedia.CORE.efi().clone();
    efi[efi.length - 100] ^= 1;
    IpxeCore other = IpxeCore.of("somebody's", MadeMedia.CORE.lkrn(), efi);
    BootScript script = BootScripts.render(MadeMedia.RACK, other);
    ImageMaker maker = new ImageMaker(other);
    for (TargetFirmware firmware : List.of(TargetFirmware.BOTH, TargetFirmware.UEFI)) {
      byte[] usb = maker.make(ImageForm.USB, firmware, MadeMedia.RACK, script).bytes();
      Inspection inspection = inspect(usb);
      assertEquals(Optional.of(MadeMedia.RACK), inspection.rack());
      assertEquals(List.of(), inspection.troubles());
      assertEquals(Optional.empty(), inspection.core().flatMap(Inspection.Core::origin));
      boolean whole = firmware == TargetFirmware.BOTH;
      assertEquals(whole ? Verdict.UNCHANGED : Verdict.OTHER, inspection.verdict());
      Inspection known =
          Inspection.of(
              MediumReader.read(ByteSource.of("medium", usb)), List.of(MadeMedia.CORE, other));
      assertEquals(Optional.of("somebody's"), known.core().flatMap(Inspection.Core::origin));
      assertEquals(Verdict.UNCHANGED, known.verdict());
    }
  }

  private static void assertComesBack(
      Rack rack, BootScript script, Optional<BootImage> image, byte[] bytes) {
    Inspection inspection = inspect(bytes);
    assertEquals(Optional.of(rack), inspection.rack());
    assertEquals(Verdict.UNCHANGED, inspection.verdict());
    assertEquals(List.of(), inspection.troubles());
    assertEquals(
        Optional.of(script.imageId().shown()), inspection.imageId().map(id -> id.stated()));
    image.ifPresent(
        made -> {
          assertEquals(made.layout(), inspection.layout());
          assertEquals(
              Optional.of(script.imageId().shown()),
              inspection.imageId().flatMap(id -> id.computed()));
          assertEquals(
              Optional.of(MadeMedia.CORE.version()), inspection.core().map(core -> core.version()));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "farmId,4242,4243,farmId is 4243",
    "network,main,test,network is test",
    "imageId,-,_,imageId is"
  })
  void aRecordThatWasEditedIsFoundOut(String field, String was, String is, String says) {
    byte[] usb = MadeMedia.bytes("usb both");
    Extent place = MadeMedia.image("usb both").layout().find("ZBOOT.JSN").orElseThrow();
    String json =
        new String(usb, (int) place.offset(), (int) place.length(), StandardCharsets.US_ASCII);
    int at = json.indexOf(was, json.indexOf("\"" + field + "\": "));
    byte[] edited = is.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(edited, 0, usb, (int) place.offset() + at, edited.length);
    Inspection inspection = inspect(usb);
    assertTrue(inspection.troubles().toString().contains(says), inspection.troubles().toString());
    assertEquals(Verdict.SCRIPT_UNCHANGED, inspection.verdict());
    assertEquals(Optional.of(MadeMedia.RACK), inspection.rack());
  }

  /**
   * A BIOS half made for another farm, put into a medium for farm 4242 with all checksums right.
   */
  @Test
  void twoHalvesThatDisagreeAreFoundOut() {
    byte[] usb = MadeMedia.bytes("usb both");
    String other = MadeMedia.SCRIPT.text().replace("set farm 4242", "set farm 4243");
    BiosBlob blob =
        BiosBlob.of(
            BootStages.biosStage(),
            MadeMedia.CORE.lkrn(),
            other.getBytes(StandardCharsets.US_ASCII));
    byte[] disk = blob.onDisk(0);
    System.arraycopy(disk, 0, usb, 0, 440);
    System.arraycopy(disk, 512, usb, 512, disk.length - 512);
    List<String> troubles = inspect(usb).troubles();
    assertTrue(
        troubles.toString().contains("\"set farm 4243\" on BIOS and \"set farm 4242\" on UEFI"),
        troubles.toString());
    assertTrue(troubles.toString().contains("The node will show image"), troubles.toString());
    assertTrue(troubles.toString().contains("ZBOOT.JSN says"), troubles.toString());
    assertEquals(Verdict.OTHER, inspect(usb).verdict());
  }

  @Test
  void aScriptThatWasEditedIsNotOurs() {
    String edited = MadeMedia.SCRIPT.text().replace("sleep", "Sleep");
    Inspection inspection = inspect(edited.getBytes(StandardCharsets.US_ASCII));
    assertEquals(Verdict.OTHER, inspection.verdict());
    assertEquals(Optional.of(MadeMedia.RACK), inspection.rack());
    Inspection foreign = inspect("#!ipxe\nshell\n".getBytes(StandardCharsets.US_ASCII));
    assertEquals(Verdict.OTHER, foreign.verdict());
    assertTrue(foreign.settings().isEmpty());
  }
}
