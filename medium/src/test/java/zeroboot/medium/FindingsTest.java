package zeroboot.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.image.BootParts;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.image.UsbImage;
import zeroboot.image.bios.BiosBlob;
import zeroboot.image.pe.PeChecksum;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.FileTree;
import zeroboot.image.read.ByteSource;
import zeroboot.medium.Finding.Kind;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.script.ImageId;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.efi.Authenticode;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.Trust;
import zeroboot.spec.BootPath;
import zeroboot.spec.TargetFirmware;
import zeroboot.stage.BootStages;

/** Every kind of finding is provoked here, by what it is there for. */
class FindingsTest {
  private static final int BLOCK = 2048;
  private static final Map<Kind, Attack> ATTACKS = attacks();

  /** Gives the verdict on a medium to which something was done. */
  private interface Attack {
    Verdict verdict();
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsProvoked(Kind kind) {
    Verdict verdict =
        Optional.ofNullable(ATTACKS.get(kind))
            .orElseThrow(() -> new AssertionError("nothing provokes " + kind))
            .verdict();
    Finding finding =
        verdict.findings().stream()
            .filter(one -> one.kind() == kind)
            .findFirst()
            .orElseThrow(() -> new AssertionError(kind + ": " + verdict.findings()));
    assertEquals(1, finding.says().lines().count());
    assertTrue(!finding.isFailed() || !verdict.isAsMade(), finding.toString());
    assertTrue(!kind.isDamage() || !verdict.damage().isEmpty(), finding.toString());
  }

  private static Map<Kind, Attack> attacks() {
    Map<Kind, Attack> all = new EnumMap<>(Kind.class);
    all.put(Kind.NO_SIGNATURE, () -> verify(Media.bytes("usb both"), Optional.empty()));
    all.put(
        Kind.SIGNATURE_REFUSED,
        () -> verify(Media.bytes("usb both"), Optional.of(signature(Media.bytes("iso both")))));
    all.put(
        Kind.SIGNER_UNFIT,
        () ->
            Judge.knowing(Media.KNOWN)
                .trusting(Trust.NOBODY, Media.NOW.plus(Duration.ofDays(11 * 366)))
                .of(
                    ByteSource.of("x", Media.bytes("usb both")),
                    beside(Media.bytes("usb both"), signature(Media.bytes("usb both")))));
    all.put(
        Kind.SIGNER_NOT_TRUSTED,
        () ->
            trusting(KeyRole.KEK)
                .of(
                    ByteSource.of("x", Media.bytes("usb both")),
                    beside(Media.bytes("usb both"), signature(Media.bytes("usb both")))));
    all.put(
        Kind.NOT_COVERED,
        () ->
            trusting(KeyRole.DB)
                .of(
                    ByteSource.of("x", Media.bytes("usb both signed")),
                    Beside.nothing(Optional.of(Media.bytes("usb both signed")))));
    all.put(
        Kind.SECURE_BOOT_REFUSED,
        () -> Media.judge(changed("efi uefi signed", BootParts.UEFI_SIGNATURE, 1000)));
    all.put(Kind.NOT_FOR_SECURE_BOOT, () -> Media.judge(Media.bytes("efi uefi")));
    all.put(Kind.SIGNED_CORE, () -> Media.judge(firstGeneration()));
    all.put(
        Kind.FOREIGN,
        () -> {
          byte[] text = "no medium".getBytes(StandardCharsets.US_ASCII);
          return verify(text, Optional.of(signature(text)));
        });
    all.put(Kind.DAMAGED_PART, () -> Media.judge(changed("usb both", "script (BIOS)", 5)));
    all.put(Kind.CUT_SHORT, () -> Media.judge(Arrays.copyOf(Media.bytes("usb both"), 700_000)));
    all.put(Kind.NO_UEFI_FILE, () -> Media.judge(withOtherUefiFile()));
    all.put(Kind.TWO_UEFI_FILES, () -> Media.judge(twoEsps()));
    all.put(Kind.NO_BOOT_CATALOG, () -> Media.judge(withoutCatalog()));
    all.put(Kind.CD_IS_ANOTHER, () -> Media.judge(withEntry(33L, 33L + 7)));
    all.put(Kind.MOVED_BOOT_FILE, () -> Media.judge(moved()));
    all.put(Kind.EXTRA_BOOT_ENTRY, () -> Media.judge(withSecondEntry()));
    all.put(Kind.SECOND_ESP, () -> Media.judge(withPartition("usb both", 0xEF)));
    all.put(Kind.EXTRA_PARTITION, () -> Media.judge(withPartition("iso both", 0x83)));
    all.put(Kind.FOREIGN_BOOT_CODE, () -> Media.judge(withOtherSectorZero()));
    all.put(Kind.DIFFERENT_SCRIPTS, () -> Media.judge(withOtherBiosHalf()));
    all.put(Kind.WRONG_IMAGE_ID, () -> Media.judge(withOtherBiosHalf()));
    all.put(Kind.RECORD_DIFFERS, () -> Media.judge(withOtherRecord()));
    all.put(Kind.OTHER_BOOT_CODE, () -> Media.judge(withOtherStage()));
    all.put(Kind.DIFFERENT_ROOTS, () -> Media.judge(withOtherRootInOneHalf()));
    all.put(Kind.OTHER_CORE, () -> Media.judge(withOtherCore()));
    all.put(
        Kind.OTHER_SCRIPT,
        () ->
            Media.judge(
                Media.SCRIPT.text().replace("sleep", "Sleep").getBytes(StandardCharsets.US_ASCII)));
    all.put(Kind.FOREIGN_SCRIPT, () -> Media.judge(withForeignScript()));
    all.put(Kind.APPENDED, () -> Media.judge(Arrays.copyOf(Media.bytes("usb both"), 3 << 20)));
    all.put(Kind.SURROUNDED, () -> Media.judge(inSomebodysFileSystem(Media.bytes("efi uefi"))));
    all.put(Kind.CHANGED_BYTE, () -> Media.judge(changed("iso both", "README.TXT", 3)));
    return all;
  }

  private static Judge trusting(KeyRole role) {
    return Judge.knowing(Media.KNOWN)
        .trusting(new Trust(List.of(Media.KEYS.certificate(role))), Media.NOW);
  }

  private static byte[] signature(byte[] data) {
    return DetachedSignature.make(data, Media.key(KeyRole.SIGN), Optional.empty());
  }

  private static Beside beside(byte[] data, byte[] signature) {
    return Beside.signature("x.sig", signature, Optional.of(data));
  }

  private static Verdict verify(byte[] data, Optional<byte[]> signature) {
    Beside beside =
        signature.map(one -> beside(data, one)).orElse(Beside.nothing(Optional.of(data)));
    return Judge.knowing(Media.KNOWN).of(ByteSource.of("x", data), beside);
  }

  private static byte[] changed(String name, String region, int offset) {
    byte[] bytes = Media.bytes(name);
    bytes[(int) Media.image(name).layout().find(region).orElseThrow().offset() + offset] ^= 1;
    return bytes;
  }

  /** As it was made when the loader could not vouch for an unsigned iPXE. */
  static byte[] firstGeneration() {
    byte[] efi = Authenticode.sign("core", Media.CORE.efi(), Media.key(KeyRole.DB));
    IpxeCore signed = IpxeCore.of("signed", Media.CORE.lkrn(), efi);
    return new ImageMaker(signed, Media.loaderSigner())
        .make(Forms.EFI, TargetFirmware.UEFI, Media.FARM, Media.SCRIPT)
        .bytes();
  }

  private static byte[] withOtherUefiFile() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(BootParts.UEFI_FILE, "MZ of somebody".getBytes(StandardCharsets.US_ASCII));
    BootParts parts =
        new BootParts(
            FileTree.of(files),
            Optional.of(BiosBlob.of(Media.CORE, Media.SCRIPT)),
            Media.SCRIPT.imageId());
    return UsbImage.make(parts).bytes();
  }

  /** Two FAT partitions of somebody's, each with another file of zboot's. */
  private static byte[] twoEsps() {
    byte[] one = inSomebodysFileSystem(Media.bytes("efi uefi"));
    byte[] two = inSomebodysFileSystem(Media.bytes("efi uefi rack"));
    int length = (one.length + BLOCK) / 512 * 512;
    byte[] both = Arrays.copyOf(one, length + two.length);
    System.arraycopy(two, 0, both, length, two.length);
    int start = (int) le32(two, 446 + 8);
    partition(both, 2, 0xEF, length / 512 + start, (int) le32(two, 446 + 12));
    return both;
  }

  /** A medium that has zboot's file, and nothing else of it. */
  static byte[] inSomebodysFileSystem(byte[] efi) {
    FileTree tree = FileTree.of(Map.of(BootParts.UEFI_FILE, efi));
    byte[] disk =
        UsbImage.make(new BootParts(tree, Optional.empty(), ImageId.of("somebody"))).bytes();
    String all = new String(disk, StandardCharsets.ISO_8859_1);
    for (int at = all.indexOf("ZEROBOOT"); at >= 0; at = all.indexOf("ZEROBOOT", at + 1)) {
      System.arraycopy("SOMEBODY".getBytes(StandardCharsets.US_ASCII), 0, disk, at, 8);
    }
    disk[450] = 0x0C; // FAT32 with LBA, as sticks are bought
    return disk;
  }

  private static byte[] withoutCatalog() {
    byte[] iso = Media.bytes("iso both");
    iso[17 * BLOCK] = (byte) 0xFE; // the boot record's type
    return iso;
  }

  /** The boot catalog's initial entry, or the section's, leads elsewhere. */
  private static byte[] withEntry(long from, long to) {
    byte[] iso = Media.bytes("iso both");
    int catalog = catalog();
    for (int at = catalog + 32; at < catalog + 128; at += 32) {
      if (le32(iso, at + 8) != 0 && (iso[at] & 0xFF) == 0x88) {
        put32(iso, at + 8, (int) (le32(iso, at + 8) + to - from));
        return iso;
      }
    }
    throw new AssertionError("no entry");
  }

  private static int catalog() {
    return (int)
        Media.image("iso both").layout().find("El Torito boot catalog").orElseThrow().offset();
  }

  /** As other tools do it: the file lies elsewhere, the catalog knows, the file does not. */
  private static byte[] moved() {
    byte[] iso = Media.bytes("iso both");
    Extent code = Media.image("iso both").layout().find(BootParts.BIOS_CODE).orElseThrow();
    byte[] more =
        Arrays.copyOf(iso, (iso.length + BLOCK - 1) / BLOCK * BLOCK + (int) code.length());
    System.arraycopy(
        iso, (int) code.offset(), more, more.length - (int) code.length(), (int) code.length());
    Arrays.fill(more, (int) code.offset(), (int) code.end(), (byte) 0);
    put32(more, catalog() + 32 + 8, (more.length - (int) code.length()) / BLOCK);
    return more;
  }

  private static byte[] withSecondEntry() {
    byte[] iso = Media.bytes("iso both");
    int section = catalog() + 64;
    iso[section + 2] = 2; // entries of the UEFI section
    System.arraycopy(iso, section + 32, iso, section + 64, 32);
    return iso;
  }

  static byte[] withPartition(String name, int type) {
    byte[] disk = Media.bytes(name);
    byte[] more = Arrays.copyOf(disk, disk.length + (1 << 20));
    partition(more, 2, type, (disk.length + 511) / 512, 1024);
    return more;
  }

  private static void partition(byte[] disk, int number, int type, int start, int sectors) {
    int at = 446 + 16 * (number - 1);
    disk[at + 4] = (byte) type;
    put32(disk, at + 8, start);
    put32(disk, at + 12, sectors);
    disk[510] = 0x55;
    disk[511] = (byte) 0xAA;
  }

  private static byte[] withOtherSectorZero() {
    byte[] usb = Media.bytes("usb both");
    Arrays.fill(usb, 0, 440, (byte) 0x90);
    return usb;
  }

  /** A BIOS half made for another farm, put into a medium for farm 4242, all checksums right. */
  private static byte[] withOtherBiosHalf() {
    return withBios(
        BootStages.of(BootPath.BIOS),
        Media.SCRIPT.text().replace("set farm 4242", "set farm 4243"));
  }

  private static byte[] withBios(byte[] stage, String script) {
    byte[] usb = Media.bytes("usb both");
    byte[] text = script.getBytes(StandardCharsets.US_ASCII);
    byte[] disk = BiosBlob.of(stage, Media.CORE.lkrn(), text).onDisk(0);
    System.arraycopy(disk, 0, usb, 0, 440);
    System.arraycopy(disk, 512, usb, 512, disk.length - 512);
    return usb;
  }

  private static byte[] withOtherRecord() {
    byte[] usb = Media.bytes("usb both");
    Extent place = Media.image("usb both").layout().find("ZBOOT.JSN").orElseThrow();
    String json =
        new String(usb, (int) place.offset(), (int) place.length(), StandardCharsets.US_ASCII);
    int at = (int) place.offset() + json.indexOf("4242");
    usb[at + 3] = '3';
    return usb;
  }

  private static byte[] withOtherStage() {
    byte[] stage = BootStages.of(BootPath.BIOS).clone();
    String text = new String(stage, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("read error");
    stage[at] = 'R';
    return withBios(stage, Media.SCRIPT.text());
  }

  /** Another root in the header of the UEFI half, all checksums right: nobody made that. */
  @Test
  void exchangedRootUnderRightChecksumsIsFound() {
    byte[] usb = Media.bytes("usb both").clone();
    Extent file = Media.image("usb both").layout().find(BootParts.UEFI_FILE).orElseThrow();
    ByteBuffer b =
        ByteBuffer.wrap(usb, (int) file.offset(), (int) file.length())
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] efi = new byte[b.capacity()];
    b.get(0, efi);
    int payload = new String(efi, StandardCharsets.ISO_8859_1).indexOf("ZBOOT-03") - 4;
    TrustRoot other = new TrustRoot("0123456789abcdef".repeat(4));
    b.put(payload + 44, HexFormat.of().parseHex(other.sha256()));
    b.putInt(payload + 40, crc32(other.in(Media.CORE).efi()));
    b.get(0, efi);
    int end = payload + 76 + b.getInt(payload + 12);
    b.putInt(payload, crc32(Arrays.copyOfRange(efi, payload + 4, end)));
    b.get(0, efi);
    int checkSum = b.getInt(0x3C) + 88; // PE format, "Optional Header Windows-Specific Fields"
    b.putInt(checkSum, PeChecksum.of(efi, checkSum));
    Verdict verdict = Media.judge(usb);
    assertFalse(verdict.isAsMade());
    List<Kind> kinds = verdict.failures().stream().map(Finding::kind).toList();
    assertTrue(kinds.contains(Kind.DIFFERENT_ROOTS), kinds.toString());
    assertTrue(kinds.contains(Kind.WRONG_IMAGE_ID), kinds.toString());
    assertFalse(kinds.contains(Kind.DAMAGED_PART), kinds.toString());
  }

  private static int crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static byte[] withOtherRootInOneHalf() {
    IpxeCore pinned = new TrustRoot("0123456789abcdef".repeat(4)).in(Media.CORE);
    IpxeCore mixed = IpxeCore.of("mixed", Media.CORE.lkrn(), pinned.efi());
    BootScript script = BootScripts.render(Media.FARM, mixed);
    return new ImageMaker(mixed).make(Forms.USB, Media.FARM, script).bytes();
  }

  private static byte[] withOtherCore() {
    byte[] efi = Media.CORE.efi().clone();
    efi[efi.length - 100] ^= 1;
    IpxeCore other = IpxeCore.of("somebody's", Media.CORE.lkrn(), efi);
    BootScript script = BootScripts.render(Media.FARM, other);
    return new ImageMaker(other).make(Forms.USB, TargetFirmware.BOTH, Media.FARM, script).bytes();
  }

  private static byte[] withForeignScript() {
    BootScript script = new BootScript("#!ipxe\nshell\n", Media.SCRIPT.imageId());
    return new ImageMaker(Media.CORE)
        .make(Forms.LKRN, TargetFirmware.BIOS, Media.FARM, script)
        .bytes();
  }

  private static long le32(byte[] bytes, int at) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at));
  }

  private static void put32(byte[] bytes, int at, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }

  /** What surrounds a medium is worth a note on a device, and fails a file. */
  @Test
  void surroundingsAreNotesOnDevicesAlone() {
    byte[] usb = Arrays.copyOf(Media.bytes("usb both"), 3 << 20);
    assertTrue(Judge.of(ByteSource.ofDevice("stick", usb), Media.KNOWN).isAsMade());
    byte[] own = inSomebodysFileSystem(Media.bytes("efi uefi signed"));
    Verdict stick = Judge.of(ByteSource.ofDevice("stick", own), Media.KNOWN);
    assertTrue(stick.isAsMade(), stick.failures().toString());
    List<Kind> failures = Media.judge(own).failures().stream().map(Finding::kind).toList();
    assertEquals(List.of(Kind.FOREIGN_BOOT_CODE, Kind.SURROUNDED), failures);
  }

  /** The backup table of a stick lies in its midst, and that is as made. */
  @Test
  void aLargerStickWithGptIsAsMade() {
    byte[] stick = Arrays.copyOf(Media.bytes("usb-gpt both"), 3 << 20);
    Verdict verdict = Judge.of(ByteSource.ofDevice("stick", stick), Media.KNOWN);
    assertTrue(verdict.isAsMade(), verdict.failures().toString());
  }

  /** A partition more, announced by tables whose checksums nobody mended. */
  @Test
  void anEntryMoreInAGuidPartitionTableIsNamed() {
    byte[] disk = Media.bytes("usb-gpt both");
    System.arraycopy(disk, 1024, disk, 1024 + 4 * 128, 128);
    Finding found =
        Media.judge(disk).failures().stream()
            .filter(one -> one.kind() == Kind.SECOND_ESP)
            .findFirst()
            .orElseThrow();
    assertEquals(
        Optional.of(new Finding.Place(1024 + 4 * 128, 128, "GPT partitions")), found.where());
    byte[] hybrid = Media.bytes("usb-gpt uefi");
    partition(hybrid, 3, 0x83, 40, 8);
    assertTrue(
        Media.judge(hybrid).failures().stream()
            .anyMatch(one -> one.kind() == Kind.EXTRA_PARTITION));
  }

  /** A file's signature beside another that has the file in it. */
  @Test
  void aCopiedSignatureVouchesForNothing() {
    byte[] efi = Media.bytes("efi uefi signed");
    byte[] trick = inSomebodysFileSystem(efi);
    Verdict verdict =
        trusting(KeyRole.SIGN).of(ByteSource.of("x", trick), beside(trick, signature(efi)));
    List<Kind> failures = verdict.failures().stream().map(Finding::kind).toList();
    assertTrue(failures.contains(Kind.SIGNATURE_REFUSED), failures.toString());
    assertTrue(failures.contains(Kind.NOT_COVERED), failures.toString());
  }

  /** What is signed and dangerous, and what is signed and right. */
  @Test
  void bothGenerationsAreTold() {
    Verdict old = Media.judge(firstGeneration());
    assertTrue(
        old.failures().stream().anyMatch(one -> one.says().contains("zboot keys revoke")),
        old.failures().toString());
    assertEquals(List.of(), Media.judge(Media.bytes("efi uefi signed")).failures());
  }
}
