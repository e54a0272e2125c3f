package zeroboot.image.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootImage;
import zeroboot.image.plan.Extent;
import zeroboot.image.testing.Refusal;
import zeroboot.spec.BootPath;
import zeroboot.stage.BootStages;

class MediumReaderTest {
  static Set<String> forms() {
    return MadeMedia.ALL.keySet();
  }

  private static Medium read(byte[] bytes) {
    return MediumReader.read(ByteSource.of("medium", bytes));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyFormIsReadFromItsBootCodes(String name) {
    BootImage image = MadeMedia.image(name);
    Medium medium = read(image.bytes());
    assertEquals(name, medium.kind() + " " + medium.firmware().orElseThrow().shown());
    assertEquals(List.of(), medium.defects());
    assertEquals(image.bytes().length, medium.imageSize());
    assertEquals(Optional.of(Sha256.hex(image.bytes())), medium.sha256());
    medium.bios().ifPresent(half -> assertArrayEquals(MadeMedia.CORE.lkrn(), half.core()));
    medium.bios().ifPresent(half -> assertArrayEquals(BootStages.of(BootPath.BIOS), half.stage()));
    medium.uefi().ifPresent(half -> assertArrayEquals(MadeMedia.CORE.efi(), half.core()));
    medium.uefi().ifPresent(half -> assertEquals(List.of(), half.signers()));
    medium.bios().ifPresent(half -> assertEquals(MadeMedia.SCRIPT.text(), half.script()));
    medium.uefi().ifPresent(half -> assertEquals(MadeMedia.SCRIPT.text(), half.script()));
    boolean disk = medium.ownForm().orElseThrow().start().isDisk();
    assertEquals(disk, medium.recorded().isPresent());
    boolean isGpt = name.startsWith("usb-gpt") && medium.bios().isPresent();
    assertEquals(disk ? isGpt ? 2 : 1 : 0, medium.partitions().size());
  }

  /** What is found again lies where the maker says it put it. */
  @ParameterizedTest
  @MethodSource("forms")
  void layoutIsFoundAgain(String name) {
    BootImage image = MadeMedia.image(name);
    Medium medium = read(image.bytes());
    assertEquals(image.bytes().length, medium.layout().size());
    for (String part :
        List.of("script (BIOS)", "script (UEFI)", "ZBOOT.JSN", "EFI/BOOT/BOOTX64.EFI")) {
      assertEquals(image.layout().find(part), medium.layout().find(part), part);
    }
  }

  /** A stick is larger than its image. */
  @ParameterizedTest
  @CsvSource({"iso both", "usb both", "usb uefi", "lkrn bios"})
  void whatFollowsTheImageIsNotPartOfIt(String name) {
    BootImage image = MadeMedia.image(name);
    byte[] stick = Arrays.copyOf(image.bytes(), 16 << 20);
    Arrays.fill(stick, image.bytes().length, stick.length, (byte) 0xA5);
    Medium medium = read(stick);
    assertEquals(List.of(), medium.defects());
    assertEquals(image.bytes().length, medium.imageSize());
    assertEquals(Optional.of(Sha256.hex(image.bytes())), medium.sha256());
    assertEquals(16 << 20, medium.size());
  }

  @Test
  void aScriptIsItsOwnMedium() {
    Medium medium = read(MadeMedia.SCRIPT.bytes());
    assertEquals("script", medium.kind());
    assertEquals(Optional.of(MadeMedia.SCRIPT.text()), medium.script());
  }

  @ParameterizedTest
  @CsvSource({"iso both", "usb both"})
  void oneHalfIsReadWhenTheOtherIsDamaged(String name) {
    BootImage image = MadeMedia.image(name);
    byte[] biosDamaged = damaged(image, "script (BIOS)");
    assertTrue(read(biosDamaged).bios().isEmpty());
    assertTrue(read(biosDamaged).uefi().isPresent());
    assertTrouble("BIOS part: ", read(biosDamaged));
    byte[] uefiDamaged = damaged(image, "script (UEFI)");
    assertTrue(read(uefiDamaged).bios().isPresent());
    assertTrue(read(uefiDamaged).uefi().isEmpty());
    assertTrouble("UEFI part: ", read(uefiDamaged));
  }

  /** Where nothing of it can be read, one line says once that it is damaged, and how. */
  @ParameterizedTest
  @MethodSource("forms")
  void damageIsSaidOnce(String name) {
    BootImage image = MadeMedia.image(name);
    for (String part : List.of("script (BIOS)", "BIOS stage, part 2", "UEFI loader")) {
      if (image.layout().find(part).isEmpty()) {
        continue;
      }
      byte[] bytes = damaged(image, part);
      image.layout().find("script (UEFI)").ifPresent(at -> bytes[(int) at.offset() + 20] ^= 1);
      List<String> said = new ArrayList<>();
      try {
        read(bytes).defects().forEach(each -> said.add(each.says()));
      } catch (ZbootException e) {
        said.add(e.found());
        assertTrue(said.get(0).startsWith("medium: is damaged: "), said.get(0));
      }
      for (String line : said) {
        String words = line.replaceFirst("is damaged", "");
        assertFalse(words.contains("damaged"), line);
        assertFalse(words.replaceFirst("BIOS part", "").contains("BIOS part"), line);
      }
    }
  }

  @Test
  void damageReadsWell() {
    byte[] bytes = damaged(MadeMedia.image("lkrn bios"), "script (BIOS)");
    ZbootException e = assertThrows(ZbootException.class, () -> read(bytes));
    assertEquals(
        "medium: is damaged: BIOS part: the checksum of iPXE and script does not match;"
            + " make the image again",
        e.getMessage());
  }

  private static byte[] damaged(BootImage image, String part) {
    byte[] bytes = image.bytes().clone();
    Extent place = image.layout().find(part).orElseThrow();
    bytes[(int) place.offset() + 20] ^= 1;
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aMediumCutShortIsNeverWhole(String name) {
    byte[] whole = MadeMedia.bytes(name);
    for (int part = 1; part < 8; part++) {
      byte[] cut = Arrays.copyOf(whole, whole.length * part / 8);
      try {
        Medium medium = read(cut);
        assertFalse(medium.defects().isEmpty(), name + " cut to " + part + "/8");
      } catch (ZbootException e) {
        Refusal.assertRefused("medium", () -> read(cut));
      }
    }
  }

  @Test
  void anIsoWhoseCdEntryLeadsElsewhereSaysSo() {
    byte[] iso = MadeMedia.bytes("iso both");
    Extent catalog =
        MadeMedia.image("iso both").layout().find("El Torito boot catalog").orElseThrow();
    iso[(int) catalog.offset() + 32 + 8] ^= 4; // load RBA of the initial entry
    assertTrouble("As a CD this boots BIOS machines from block", read(iso));
  }

  @Test
  void aStrangersUefiFileIsTold() {
    byte[] usb = MadeMedia.bytes("usb both");
    Extent file = MadeMedia.image("usb both").layout().find("EFI/BOOT/BOOTX64.EFI").orElseThrow();
    byte[] core = MadeMedia.CORE.efi();
    System.arraycopy(core, 0, usb, (int) file.offset(), (int) file.length());
    Medium medium = read(usb);
    assertTrouble("UEFI machines run something else", medium);
    assertTrue(medium.bios().isPresent());
  }

  private static void assertTrouble(String says, Medium medium) {
    assertTrue(
        medium.defects().stream().anyMatch(defect -> defect.says().contains(says)),
        medium.defects().toString());
  }

  @Test
  void whatHoldsNothingIsRefused() {
    Refusal.assertRefused("is empty", () -> read(new byte[0]));
    Refusal.assertRefused("nothing that zboot knows", () -> read(new byte[100]));
    Refusal.assertRefused(
        "nothing that zboot knows", () -> read("hello".getBytes(StandardCharsets.US_ASCII)));
  }
}
