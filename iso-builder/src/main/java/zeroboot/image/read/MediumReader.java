package zeroboot.image.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.image.Forms;
import zeroboot.image.pe.PeSigners;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.SizeCap;
import zeroboot.image.uefi.SealedEfi;
import zeroboot.spec.BootPath;

/**
 * Recognises every form that zboot makes, in a file or on a device, by what boots: the payloads of
 * the boot codes. Of other people's images it tells what it sees.
 */
public final class MediumReader {
  /** Everything of an image of ours, and enough of others'. */
  private static final int HEAD = 4 << 20;

  private static final byte[] SCRIPT = "#!ipxe".getBytes(StandardCharsets.US_ASCII);

  private MediumReader() {}

  /** Whether the loader of sealed UEFI files lies anywhere in {@code file}, however damaged. */
  public static boolean holdsLoader(byte[] file) {
    return SealedEfi.holdsLoader(file);
  }

  /**
   * What {@code source} holds.
   *
   * @throws ZbootException (settings) if nothing in it is known, or if it is a medium of zboot's
   *     that is too damaged to boot anything; lesser damage is among the medium's defects
   */
  public static Medium read(ByteSource source) {
    if (source.size() == 0) {
      throw ZbootException.settings(source.name(), "is empty", "name a file that holds something");
    }
    byte[] head = source.read(0, HEAD);
    if (startsWith(head, SCRIPT) && source.size() <= SizeCap.BYTES) {
      return script(source, head);
    }
    Optional<Medium> ours =
        Forms.EFI.recognises(head) ? Optional.of(efi(source, head)) : DiskReader.read(source, head);
    return ours.orElseGet(() -> new ForeignReader(source, head).read());
  }

  private static Medium script(ByteSource source, byte[] file) {
    return new Medium.Script(
        Medium.Source.of(source),
        file.length,
        Optional.of(Sha256.hex(file)),
        new String(file, StandardCharsets.ISO_8859_1),
        List.of());
  }

  /** A UEFI file of zboot's, which is {@code source} or lies in it. */
  static Medium.Image efi(ByteSource source, byte[] file) {
    SealedEfi.Content content = SealedEfi.read(source.name(), file);
    Claims claims = new Claims(file.length);
    content.views().forEach(view -> claims.extent(view.name(), view.offset(), view.length()));
    Medium.Half half =
        new Medium.Half(
            content.script(),
            content.loader(),
            content.core(),
            new Extent("UEFI file", 0, file.length),
            PeSigners.of(file));
    return new Medium.Image(
        Medium.Source.of(source),
        Forms.EFI,
        file.length,
        Optional.of(Sha256.hex(file)),
        Map.of(BootPath.UEFI_X64, half),
        Optional.empty(),
        List.of(),
        claims.layout(),
        List.of());
  }

  static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
