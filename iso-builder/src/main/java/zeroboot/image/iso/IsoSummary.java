package zeroboot.image.iso;

import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;

/**
 * What the volume descriptors of an ISO 9660 image say, whoever wrote it; nothing behind them is
 * read.
 *
 * @param volumeId name of the volume
 * @param bytes size of the volume
 * @param applicationId what made it; often empty
 * @param bootCatalog where its El Torito boot catalog begins, in bytes
 */
public record IsoSummary(
    String volumeId, long bytes, String applicationId, Optional<Long> bootCatalog) {
  private static final int MOST_DESCRIPTORS = 64;

  /** Whether {@code image} has a volume descriptor where ISO 9660 wants one (section 6.7.1). */
  public static boolean isIso(SpecReader image) {
    int block = PrimaryVolumeDescriptor.BLOCK;
    int at = IsoLayout.FIRST_BLOCK * block;
    return image.size() >= at + block
        && VolumeDescriptor.isOne(image.part("ISO volume descriptor", at, block));
  }

  /**
   * Reads the descriptors.
   *
   * @param image the start of the image
   * @throws ZbootException if there is no primary volume descriptor
   */
  public static IsoSummary read(SpecReader image) {
    Optional<PrimaryVolumeDescriptor> primary = Optional.empty();
    Optional<Long> catalog = Optional.empty();
    int block = PrimaryVolumeDescriptor.BLOCK;
    for (int i = 0; i < MOST_DESCRIPTORS; i++) {
      SpecReader r =
          image.part("ISO volume descriptor", (long) (IsoLayout.FIRST_BLOCK + i) * block, block);
      int type = VolumeDescriptor.type(r);
      if (!VolumeDescriptor.isOne(r) || type == VolumeDescriptorSetTerminator.TYPE) {
        break;
      } else if (type == PrimaryVolumeDescriptor.TYPE && primary.isEmpty()) {
        primary = Optional.of(PrimaryVolumeDescriptor.read(r));
      } else if (type == BootRecordVolumeDescriptor.TYPE
          && BootRecordVolumeDescriptor.isElTorito(r)) {
        catalog = Optional.of(BootRecordVolumeDescriptor.read(r).catalogBlock() * block);
      }
    }
    PrimaryVolumeDescriptor found =
        primary.orElseThrow(() -> image.damaged("no primary volume descriptor"));
    return new IsoSummary(found.volumeId(), found.volumeSize(), found.applicationId(), catalog);
  }
}
