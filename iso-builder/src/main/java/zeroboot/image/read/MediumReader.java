package zeroboot.image.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.image.pe.PeSigners;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.image.plan.SizeCap;
import zeroboot.image.uefi.SealedEfi;

/**
 * Recognises every form that zboot makes, in a file or on a device, by what boots: the payloads of
 * the boot codes. Of other people's images it tells what it sees.
 */
public final class MediumReader {
  /** Everything of an image of ours, and enough of others'. */
  private static final int HEAD = 4 << 20;

  private static final byte[] SCRIPT = "#!ipxe".getBytes(StandardCharsets.US_ASCII);

  private MediumReader() {}

  /**
   * What {@code source} holds.
   *
   * @throws ZbootException (settings) if nothing in it is known, or if it is a medium of zboot's
   *     that is too damaged to boot anything; lesser damage is among the medium's troubles
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
        SealedEfi.claims(head)
            ? Optional.of(efi(source, head, Optional.empty(), List.of(), List.of(), List.of()))
            : DiskReader.read(source, head);
    return ours.orElseGet(() -> new ForeignReader(source, head).read());
  }

  private static Medium script(ByteSource source, byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    Extent all = new Extent("script", 0, file.length);
    Medium.Half half = new Medium.Half(text, new byte[0], new byte[0], all, List.of());
    return new Medium(
        source.name(),
        source.size(),
        Medium.Kind.SCRIPT,
        file.length,
        Optional.of(Sha256.hex(file)),
        Optional.of(half),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new Layout.Builder().extents(List.of(all)).build(file.length),
        List.of(),
        List.of());
  }

  /**
   * A UEFI file of zboot's.
   *
   * @param found where it is, if that is in somebody's file system
   */
  static Medium efi(
      ByteSource source,
      byte[] file,
      Optional<Medium.Found> found,
      List<Medium.Partition> partitions,
      List<Medium.Fact> facts,
      List<Medium.Trouble> troubles) {
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
    return new Medium(
        source.name(),
        source.size(),
        Medium.Kind.EFI,
        file.length,
        Optional.of(Sha256.hex(file)),
        Optional.empty(),
        Optional.of(half),
        found,
        Optional.empty(),
        partitions,
        claims.layout(),
        facts,
        troubles);
  }

  static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
