package zeroboot.image.uefi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.PeSection;
import zeroboot.image.pe.PeWriter;
import zeroboot.image.pe.SectionHeader;
import zeroboot.image.plan.BootCode;
import zeroboot.image.plan.EfiSigner;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.script.BootScript;
import zeroboot.spec.BootPath;
import zeroboot.stage.BootStages;

/**
 * The UEFI file of a medium: the sealed loader, and as its read-only data the iPXE core and the
 * script. One file for {@code EFI/BOOT/BOOTX64.EFI}, El Torito, PXE and HTTP boot.
 *
 * <p>For Secure Boot sign the result and nothing else: the signature covers core and script, and
 * the loader vouches for the core to the firmware. A signed core could be taken out and started
 * beside a stranger's script. There is no {@code .sbat} section: shim asks for one in files that it
 * loads, but this one is loaded by the firmware itself, under the keys of whoever made it, and its
 * generations mean something only where a vendor keeps a list of them.
 *
 * @param file the whole of it; not to be changed
 * @param views where the loader, the compressed core and the script lie in it
 */
public record SealedEfi(byte[] file, List<Extent> views) implements BootCode {
  /** What layouts call the core in the file. */
  public static final String CORE = PayloadContent.CORE;

  /** What layouts call the script in the file. */
  public static final String SCRIPT = PayloadContent.SCRIPT;

  /** What layouts call the signature of the whole file. */
  public static final String SIGNATURE = "Secure Boot signature";

  private static final int FILE_ALIGNMENT = PeWriter.FILE_ALIGNMENT;

  /** Headers and loader take a fraction of this. */
  private static final int MARK_BEFORE = 16 * FILE_ALIGNMENT;

  /** No two programs begin with so many bytes that are alike. */
  private static final int LOADER_MARK = 512;

  /** What the loader and its hooks have to know, on the page between the two others. */
  private static final int DATA_SIZE = 512;

  private static final String LOADER_SECTION = ".text";
  private static final String DATA_SECTION = ".bss";
  private static final String PAYLOAD_SECTION = ".rdata";
  private static final String ROOM_SECTION = ".room";

  /**
   * What a sealed file holds.
   *
   * @param loader the loader's code
   * @param core the unpacked UEFI file of the core; images made before the loader vouched for it
   *     have a signed one
   * @param script the text of the script
   * @param views where they lie in the file
   */
  public record Content(byte[] loader, byte[] core, String script, List<Extent> views) {}

  @Override
  public Layout layout() {
    return new Layout.Builder().extents(views).build(file.length);
  }

  /** This file with a signature by {@code signer} around it. */
  public SealedEfi signedBy(EfiSigner signer) {
    byte[] signed = signer.sign("UEFI file", file);
    int table = PeImage.read("UEFI file", signed).certificates().size();
    if (table == 0) {
      return new SealedEfi(signed, views);
    }
    List<Extent> more = new ArrayList<>(views);
    more.add(new Extent(SIGNATURE, signed.length - table, table));
    return new SealedEfi(signed, List.copyOf(more));
  }

  /** Seals {@code script} with {@code core}. */
  public static SealedEfi build(IpxeCore core, BootScript script) {
    return build(PackedCores.of(core), loader(core), script);
  }

  /** The code that starts {@code core}. */
  public static byte[] loader(IpxeCore core) {
    return core.isChained() ? BootStages.chained() : BootStages.of(BootPath.UEFI_X64);
  }

  /** Seals {@code script} with a core packed before, and the code that starts it. */
  public static SealedEfi build(PackedCore core, byte[] loader, BootScript script) {
    SealedPayload payload = SealedPayload.of(core, script.text());
    byte[] packed = payload.toBytes();
    byte[] file =
        PeWriter.write(
            List.of(
                new PeSection(
                    LOADER_SECTION,
                    loader,
                    SectionHeader.CODE | SectionHeader.EXECUTE | SectionHeader.READ),
                PeSection.zeros(DATA_SECTION, DATA_SIZE),
                new PeSection(
                    PAYLOAD_SECTION, packed, SectionHeader.INITIALIZED_DATA | SectionHeader.READ),
                PeSection.zeros(ROOM_SECTION, payload.room())));
    return new SealedEfi(
        file, views(PeImage.read("UEFI file", file), payload.extents(packed.length)));
  }

  /**
   * Whether {@code file} looks like a sealed file, which may be damaged: it has the mark of a
   * payload at the start of a section.
   */
  public static boolean claims(byte[] file) {
    SpecReader r = SpecReader.of("UEFI file", file);
    return file.length > MARK_BEFORE
        && r.text(0, 2).equals("MZ")
        && IntStream.iterate(FILE_ALIGNMENT, at -> at < MARK_BEFORE, at -> at + FILE_ALIGNMENT)
            .anyMatch(at -> SealedPayload.claims(r.part("payload", at, file.length - at)));
  }

  /**
   * Whether the loader lies anywhere in {@code file}, of this generation or an earlier one: by its
   * code, as it starts any payload whose checksum is right, or by the mark that earlier ones look
   * for.
   */
  public static boolean holdsLoader(byte[] file) {
    String bytes = new String(file, StandardCharsets.ISO_8859_1);
    return bytes.contains(EarlierPayload.MAGIC)
        || bytes.contains(SealedPayload.MAGIC_WITHOUT_ROOT)
        || bytes.contains(SealedPayload.MAGIC)
        || bytes.contains(mark(BootStages.of(BootPath.UEFI_X64)))
        || bytes.contains(mark(BootStages.chained()));
  }

  private static String mark(byte[] loader) {
    return new String(loader, 0, LOADER_MARK, StandardCharsets.ISO_8859_1);
  }

  /**
   * What {@code file} holds, signed or not.
   *
   * @param where names the file in an error
   * @throws ZbootException (settings) if it is no sealed file, or a damaged one
   */
  public static Content read(String where, byte[] file) {
    PeImage image = PeImage.read(where, file);
    SpecReader whole = SpecReader.of(where, file);
    byte[] loader = content(whole, image, LOADER_SECTION);
    SpecReader r = SpecReader.of(where, content(whole, image, PAYLOAD_SECTION));
    r.require(
        !BootStages.isKnown(BootPath.UEFI_X64, loader) || SealedPayload.isThis(r),
        "has a payload that its loader does not take");
    PayloadContent content = SealedPayload.read(r);
    return new Content(loader, content.core(), content.script(), views(image, content.extents()));
  }

  private static byte[] content(SpecReader file, PeImage image, String name) {
    SectionHeader section =
        image
            .section(name)
            .filter(s -> s.virtualSize() <= s.sizeOfRawData())
            .orElseThrow(
                () -> file.damaged("is not a UEFI file made by zboot: no section " + name));
    return file.bytes(section.pointerToRawData(), section.virtualSize());
  }

  /** The file's own parts, and those of its payload. */
  private static List<Extent> views(PeImage image, List<Extent> payload) {
    SectionHeader loader = image.section(LOADER_SECTION).orElseThrow();
    Extent place =
        new Extent("", image.section(PAYLOAD_SECTION).orElseThrow().pointerToRawData(), 0);
    return Stream.concat(
            Stream.of(
                new Extent("PE headers", 0, loader.pointerToRawData()),
                new Extent("UEFI loader", loader.pointerToRawData(), loader.virtualSize())),
            payload.stream().map(part -> part.within(place)))
        .toList();
  }
}
