package zeroboot.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.fat.FatVolume;
import zeroboot.image.iso.BootCatalog;
import zeroboot.image.iso.BootEntry;
import zeroboot.image.iso.IsoVolume;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.mbr.PartitionRecord;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.FileTree;
import zeroboot.image.plan.Gap;
import zeroboot.image.testing.Refusal;
import zeroboot.image.testing.SampleMedia;

/** The USB image and the ISO image, read back. */
final class MediaTest {
  enum Form {
    USB,
    ISO;

    BootImage make(BootParts parts) {
      return this == USB ? UsbImage.make(parts) : IsoImage.make(parts);
    }
  }

  private static BootParts parts(Map<String, byte[]> files, boolean bios, boolean uefi) {
    Map<String, byte[]> all = new TreeMap<>(files);
    if (uefi) {
      all.put(BootParts.UEFI_FILE, SampleMedia.noise(9, 20_000));
    }
    return new BootParts(
        FileTree.of(all),
        bios ? Optional.of(new SampleMedia.FakeBios(10_240)) : Optional.empty(),
        SampleMedia.ID);
  }

  static Stream<Arguments> randomMedia() {
    return Arrays.stream(Form.values())
        .flatMap(
            form ->
                IntStream.range(0, 12)
                    .mapToObj(seed -> Arguments.of(form, seed, seed % 3 != 1, seed % 3 != 2)));
  }

  @ParameterizedTest
  @MethodSource("randomMedia")
  void everyFileIsWhereLayoutAndPartitionSay(Form form, int seed, boolean bios, boolean uefi) {
    Map<String, byte[]> files = SampleMedia.randomFiles(seed);
    BootParts parts = parts(files, bios, uefi);
    BootImage made = form.make(parts);

    assertArrayEquals(
        made.bytes(), form.make(parts(SampleMedia.shuffled(files, seed), bios, uefi)).bytes());
    SpecReader image = SpecReader.of("image", made.bytes());
    MasterBootRecord record = MasterBootRecord.read(image);
    assertEquals(SampleMedia.ID.serial("MBR disk"), record.diskSignature());
    PartitionRecord partition = record.partitions().get(0);
    assertEquals(List.of(partition), record.partitions());
    assertTrue(partition.isActive());
    assertEquals(uefi ? 0xEF : 0x01, partition.type());
    assertEquals(0, partition.startingLba() % 4);
    assertEquals(made.bytes().length, (partition.startingLba() + partition.sizeInLba()) * 512);

    SpecReader inside =
        image.part("partition", partition.startingLba() * 512, partition.sizeInLba() * 512);
    FatVolume volume = FatVolume.read(inside);
    assertEquals(partition.startingLba(), volume.bootSector().hiddenSectors());
    assertEquals(partition.sizeInLba(), volume.bootSector().totalSectors());
    assertEquals(SampleMedia.ID.serial("FAT volume"), volume.bootSector().volumeId());
    assertEquals(parts.files().files().keySet(), volume.files().keySet());
    for (Extent view : made.layout().views()) {
      byte[] content = parts.files().files().get(view.name());
      if (content != null) {
        assertArrayEquals(content, image.bytes((int) view.offset(), (int) view.length()));
      }
    }
  }

  @Test
  void biosBootCodeOfADiskBeginsInItsFirstSector() {
    BootImage usb = UsbImage.make(SampleMedia.parts());
    byte[] expected = new SampleMedia.FakeBios(358_400).onDisk(0);
    assertArrayEquals(Arrays.copyOf(expected, 440), Arrays.copyOf(usb.bytes(), 440));
    assertArrayEquals(
        Arrays.copyOfRange(expected, 512, expected.length),
        Arrays.copyOfRange(usb.bytes(), 512, expected.length));
    assertEquals(700, MasterBootRecord.read(image(usb)).partitions().get(0).startingLba());
  }

  @Test
  void isoBootsAsCdAndAsDisk() {
    BootImage iso = IsoImage.make(SampleMedia.parts());
    IsoVolume volume = IsoVolume.read(image(iso));
    Extent biosFile = volume.files().getOrDefault("BOOT/BIOS.BIN", new Extent("", 0, 0));
    Extent fatFile = volume.files().getOrDefault("BOOT/EFI.IMG", new Extent("", 0, 0));
    long block = biosFile.offset() / 2048;
    SampleMedia.FakeBios bios = new SampleMedia.FakeBios(358_400);

    BootEntry uefi = BootEntry.noEmulation((int) fatFile.length() / 512, fatFile.offset() / 2048);
    assertEquals(
        Optional.of(
            new BootCatalog(
                BootCatalog.X86,
                BootEntry.noEmulation(4, block),
                List.of(new BootCatalog.Section(BootCatalog.UEFI, List.of(uefi))))),
        volume.bootCatalog());
    Extent rest = volume.files().getOrDefault("BOOT/BIOS2.BIN", new Extent("", 0, 0));
    Gap gap = new Gap(14 * 2048, rest.offset() - 15 * 2048);
    assertEquals(new Extent("BOOT/BIOS.BIN", 2048, 14 * 2048), biosFile);
    assertEquals(bios.size(), biosFile.length() + rest.length());
    byte[] code = bios.onCd(1, gap);
    assertArrayEquals(
        Arrays.copyOf(code, 14 * 2048), Arrays.copyOfRange(iso.bytes(), 2048, 15 * 2048));
    assertArrayEquals(
        Arrays.copyOfRange(code, 14 * 2048, code.length),
        Arrays.copyOfRange(iso.bytes(), (int) rest.offset(), (int) rest.end()));

    MasterBootRecord record = MasterBootRecord.read(image(iso));
    assertArrayEquals(Arrays.copyOf(bios.onDisk(4, gap), 440), record.bootCode());
    assertEquals(fatFile.offset(), record.partitions().get(0).startingLba() * 512);
  }

  @Test
  void isoShowsTheFilesOfItsFatVolumeWithoutASecondCopy() {
    BootImage iso = IsoImage.make(SampleMedia.parts());
    IsoVolume volume = IsoVolume.read(image(iso));
    Map<String, byte[]> files = SampleMedia.tree().files();
    assertEquals(files.size() + 3, volume.files().size());
    files.forEach(
        (path, content) -> {
          Extent extent = volume.files().getOrDefault(path, new Extent("", 0, 0));
          assertTrue(iso.layout().views().contains(extent), path);
          assertArrayEquals(
              content,
              Arrays.copyOfRange(iso.bytes(), (int) extent.offset(), (int) extent.end()),
              path);
        });
  }

  @Test
  void imagesOfOneFirmwareNameTheOtherNowhere() {
    Map<String, byte[]> files = Map.of("README.TXT", new byte[10]);
    BootCatalog bios = catalog(parts(files, true, false));
    assertEquals(BootCatalog.X86, bios.platform());
    assertEquals(List.of(), bios.sections());
    BootCatalog uefi = catalog(parts(files, false, true));
    assertEquals(BootCatalog.UEFI, uefi.platform());
    assertEquals(List.of(), uefi.sections());
    assertThrows(IllegalArgumentException.class, () -> parts(files, false, false));
  }

  private static BootCatalog catalog(BootParts parts) {
    return IsoVolume.read(image(IsoImage.make(parts))).bootCatalog().orElseThrow();
  }

  @Test
  void imagesAreSmall() {
    assertEquals(892_928, UsbImage.make(SampleMedia.parts()).bytes().length);
    assertEquals(917_504, IsoImage.make(SampleMedia.parts()).bytes().length);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void anImageOverTheCapIsRefusedByItsLargestParts(Form form) {
    BootParts parts = parts(Map.of("BIG.BIN", new byte[990_000]), true, true);
    Refusal.assertRefused(
        "largest: BIG.BIN 990,000, EFI/BOOT/BOOTX64.EFI 20,000", () -> form.make(parts));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void bytesDependOnNoLocaleAndNoTimeZone(Form form) {
    byte[] here = form.make(SampleMedia.parts()).bytes();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      assertArrayEquals(here, form.make(SampleMedia.parts()).bytes());
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  private static SpecReader image(BootImage image) {
    return SpecReader.of("image", image.bytes());
  }
}
