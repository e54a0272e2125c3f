package zeroboot.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.plan.FileTree;
import zeroboot.image.plan.SizeCap;
import zeroboot.image.testing.Judges;
import zeroboot.image.testing.SampleMedia;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootPath;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;
import zeroboot.spec.TargetFirmware;
import zeroboot.testing.JudgeOf;

/** What other people's programs say of our images. */
final class MediaJudgesTest {
  private static final String SERIAL = String.format("%08x", SampleMedia.ID.serial("MBR disk"));

  @JudgeOf("iso")
  @Test
  void isoIsSoundToEveryReader(@TempDir Path folder) throws IOException {
    String iso = write(folder, IsoImage.make(SampleMedia.parts()));
    String xorriso =
        Judges.content(
            "xorriso", "-indev", iso, "-report_el_torito", "plain", "-report_system_area", "plain");
    assertLine(xorriso, "Boot record  : El Torito , MBR cyl-align-off");
    assertLine(
        xorriso, "El Torito boot img :   1  BIOS  y   none  0x0000  0x00      4           1");
    assertLine(
        xorriso, "El Torito boot img :   2  UEFI  y   none  0x0000  0x00   1048         186");
    assertLine(xorriso, "El Torito catalog  : 15  1");
    assertLine(xorriso, "El Torito img path :   1  /BOOT/BIOS.BIN");
    assertLine(xorriso, "El Torito img path :   2  /BOOT/EFI.IMG");
    assertLine(xorriso, "MBR partition      :   1   0x80  0xef          744         1048");
    assertLine(xorriso, "MBR partition path :   1  /BOOT/EFI.IMG");
    assertLine(xorriso, "ISO image size/512 : 1792");

    assertLine(Judges.content("isoinfo", "-d", "-l", "-i", iso), "Volume id: ZEROBOOT");
    String listing = Judges.content("isoinfo", "-l", "-i", iso);
    assertTrue(listing.contains("525824 Jan  1 1980 [    189 00]  BOOTX64.EFI;1"), listing);
    assertLine(Judges.content("isovfy", iso), "No errors found");
    assertPathTable(Judges.content("isoinfo", "-p", "-i", iso));

    String blkid = Judges.content("blkid", "-p", iso);
    assertTrue(blkid.contains("LABEL=\"ZEROBOOT\" TYPE=\"iso9660\""), blkid);
    assertTrue(blkid.contains("PTUUID=\"" + SERIAL + "\" PTTYPE=\"dos\""), blkid);
    String file = Judges.content("file", iso);
    assertTrue(
        file.endsWith(
            "ISO 9660 CD-ROM filesystem data (DOS/MBR boot sector) 'ZEROBOOT' (bootable)\n"),
        file);
    assertPartition(iso, 744, 1048);
  }

  private static void assertPathTable(String isoinfo) {
    assertTrue(isoinfo.contains("   1:    1 15 "), isoinfo);
    assertTrue(isoinfo.contains("   2:    1 16 BOOT"), isoinfo);
    assertTrue(isoinfo.contains("   3:    1 17 EFI"), isoinfo);
    assertTrue(isoinfo.contains("   4:    3 18 BOOT"), isoinfo);
  }

  @JudgeOf("usb")
  @Test
  void usbImageIsSoundToEveryReader(@TempDir Path folder) throws IOException {
    String usb = write(folder, UsbImage.make(SampleMedia.parts()));
    assertPartition(usb, 700, 1044);
    String blkid = Judges.content("blkid", "-p", usb);
    assertTrue(blkid.contains("PTUUID=\"" + SERIAL + "\" PTTYPE=\"dos\""), blkid);
    assertTrue(Judges.content("file", usb).contains("ID=0xef, active"), usb);
    String archive = Judges.content("7z", "t", usb);
    assertTrue(archive.contains("Type = MBR"), archive);
    assertTrue(archive.contains("File System = FAT12"), archive);
    Judges.content("mdir", "-/", "-i", usb + "@@" + 700 * 512, "::");
    Judges.content("minfo", "-i", usb + "@@" + 700 * 512, "::");
  }

  @JudgeOf("usb-gpt")
  @ParameterizedTest
  @ValueSource(strings = {"both", "bios", "uefi"})
  void usbImageWithGptIsSoundToEveryReader(String firmware, @TempDir Path folder)
      throws IOException {
    TargetFirmware chosen = TargetFirmware.parse(firmware);
    IpxeCore core = BundledCore.load();
    Rack rack = Rack.of(BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "4242")));
    BootImage image =
        new ImageMaker(core).make(Forms.USB_GPT, chosen, rack, BootScripts.render(rack, core));
    String disk = write(folder, image);
    String sgdisk = Judges.content("sgdisk", "-v", disk);
    assertTrue(sgdisk.contains("No problems found."), sgdisk);
    assertFalse(sgdisk.contains("Caution") || sgdisk.contains("Warning"), sgdisk);
    Judges.content("sfdisk", "-V", disk);
    String parted = Judges.content("parted", "-s", "-m", disk, "unit", "s", "print");
    long sectors = image.bytes().length / 512;
    assertTrue(parted.contains(disk + ":" + sectors + "s:file:512:512:gpt::;"), parted);
    assertEquals(
        chosen.paths().contains(BootPath.UEFI_X64),
        parted.contains(":ZEROBOOT:boot, esp;"),
        parted);
    assertEquals(
        chosen.paths().contains(BootPath.BIOS), parted.contains(":BIOS boot:bios_grub;"), parted);
    String blkid = Judges.content("blkid", "-p", disk);
    assertTrue(blkid.contains("PTTYPE=\"gpt\""), blkid);
    Judges.content("mdir", "-/", "-i", disk + "@@" + 40 * 512, "::");
    assertTrue(image.bytes().length < SizeCap.BYTES);
  }

  private static void assertPartition(String image, int start, int size) {
    Judges.content("sfdisk", "-V", image);
    String json = Judges.content("sfdisk", "-J", image).replaceAll("\\s", "");
    assertTrue(json.contains("\"label\":\"dos\",\"id\":\"0x" + SERIAL + "\""), json);
    String partition = "\"start\":%d,\"size\":%d,\"type\":\"ef\",\"bootable\":true}]";
    assertTrue(json.contains(partition.formatted(start, size)), json);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyFileOfAnIsoIsReadByForeignReaders(int seed, @TempDir Path folder) throws IOException {
    Map<String, byte[]> files = SampleMedia.randomFiles(seed);
    BootParts parts =
        new BootParts(
            FileTree.of(files), Optional.of(new SampleMedia.FakeBios(4096)), SampleMedia.ID);
    String iso = write(folder, IsoImage.make(parts));
    String archive = Judges.content("7z", "t", iso);
    assertTrue(archive.contains("Files: " + (files.size() + 3)), archive); // with [BOOT]
    Judges.content("7z", "x", "-o" + folder.resolve("7z"), iso);
    Path out = folder.resolve("xorriso");
    Judges.content("xorriso", "-osirrox", "on", "-indev", iso, "-extract", "/", out.toString());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String path = file.getKey();
      assertArrayEquals(file.getValue(), Files.readAllBytes(folder.resolve("7z/" + path)), path);
      assertArrayEquals(file.getValue(), Files.readAllBytes(out.resolve(path)), path);
    }
  }

  private static void assertLine(String output, String line) {
    assertEquals(1, output.lines().filter(line::equals).count(), output);
  }

  private static String write(Path folder, BootImage image) throws IOException {
    return Files.write(folder.resolve("image"), image.bytes()).toString();
  }
}
