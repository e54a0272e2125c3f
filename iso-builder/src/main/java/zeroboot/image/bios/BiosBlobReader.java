package zeroboot.image.bios;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.plan.Gap;

/**
 * Takes a blob apart again. Trusts nothing: the blob is built anew from the parts, and every byte
 * has to be the same.
 */
public final class BiosBlobReader {
  private final String where;
  private final byte[] image;

  private BiosBlobReader(String where, byte[] image) {
    this.where = where;
    this.image = image;
  }

  /**
   * The parts of a blob.
   *
   * @param stage the frame as assembled; compare it with {@link zeroboot.stage.BootStages#of} to
   *     see whether it is this version's. Nothing in the image vouches for its first sector.
   * @param lkrn {@code ipxe.lkrn} as it was. Its bytes 0-1F0, which the frame replaces, are zero;
   *     in every iPXE they are.
   * @param script the script
   * @param offset where the blob starts in the image, in bytes
   * @param gap in the blob
   * @param size of the blob, in bytes
   */
  public record Parts(byte[] stage, byte[] lkrn, byte[] script, long offset, Gap gap, int size) {}

  /**
   * Reads the blob that the image's first sector leads to: at the start of a disk image or a kernel
   * file, or where the boot sector of a hybrid ISO says.
   *
   * @param where names the image in errors
   * @throws ZbootException if there is none, or if it is damaged
   */
  public static Parts read(String where, byte[] image) {
    BiosBlobReader reader = new BiosBlobReader(where, image);
    reader.require(image.length >= BiosBlob.FRAME, "is too short to hold a BIOS boot stage");
    Placement first = Placement.read(reader.frame(0));
    reader.require(
        first.equals(first.canonical()) && first.offset() <= image.length - BiosBlob.FRAME,
        "has no BIOS boot stage");
    return reader.readAt((int) first.offset());
  }

  /**
   * Where a blob seems to begin that the image's first sector leads to; whether it is whole, {@link
   * #read} tells.
   */
  public static OptionalInt find(byte[] image) {
    if (image.length < BiosBlob.FRAME) {
      return OptionalInt.empty();
    }
    Placement first = Placement.read(SpecReader.of("image", image));
    boolean leads =
        first.equals(first.canonical()) && first.offset() <= image.length - BiosBlob.FRAME;
    int[] candidates = leads ? new int[] {(int) first.offset(), 0} : new int[] {0};
    return Arrays.stream(candidates).filter(at -> hasMagic(image, at)).findFirst();
  }

  /**
   * The place for which the blob at {@code at} was made, in bytes from the start of its medium: at
   * any other it does not find the rest of itself. Empty if no blob begins there.
   */
  public static OptionalLong madeFor(byte[] image, long at) {
    if (at < 0 || at > image.length - BiosBlob.FRAME || !hasMagic(image, (int) at)) {
      return OptionalLong.empty();
    }
    SpecReader frame = SpecReader.of("image", image).part("frame", at, BiosBlob.FRAME);
    return OptionalLong.of(Placement.read(frame).offset());
  }

  private static boolean hasMagic(byte[] image, int at) {
    SpecReader frame = SpecReader.of("image", image).part("frame", at, BiosBlob.FRAME);
    return frame.text(BlobContents.OFFSET, BlobContents.MAGIC.length()).equals(BlobContents.MAGIC);
  }

  /** Whether the first sector, which leads to a blob, is that of a disk: with a partition table. */
  public static boolean isDisk(byte[] image) {
    return Placement.read(SpecReader.of("image", image)).isDisk();
  }

  private SpecReader frame(int offset) {
    return SpecReader.of(where, image).part(where, offset, BiosBlob.FRAME);
  }

  private Parts readAt(int offset) {
    SpecReader frame = frame(offset);
    require(BiosBlob.isFrame(frame), "has no BIOS boot stage");
    Placement placement = Placement.read(frame);
    require(
        placement.equals(placement.canonical()) && placement.offset() == offset,
        "its BIOS boot stage was made for another place");
    require(
        placement.frameSum() == BiosBlob.frameSum(image, offset),
        "the checksum of the boot stage does not match");
    BlobContents contents = BlobContents.read(frame);
    Gap gap = BodyGap.read(frame);
    byte[] body = body(contents, offset, gap);
    int scriptAt = (int) contents.scriptAddress() - BiosBlob.BODY_ADDRESS;
    int scriptEnd = scriptAt + (int) contents.scriptLength();
    require(
        contents.bodySum() == BiosBlob.bodySum(body, scriptAt, scriptEnd - scriptAt),
        "the checksum of iPXE and script does not match");
    int setupEnd = setupEnd(contents);
    byte[] stage = stage(contents, offset, setupEnd);
    byte[] lkrn = lkrn(contents, offset, setupEnd, body);
    byte[] script = Arrays.copyOfRange(body, scriptAt, scriptEnd);
    BiosBlob blob = BiosBlob.of(stage, lkrn, script, unit(contents));
    requireSame(blob, placement, offset, gap);
    return new Parts(stage, lkrn, script, offset, gap, blob.size());
  }

  /** Checks the lengths against each other and against the image before anything uses them. */
  private byte[] body(BlobContents contents, int offset, Gap gap) {
    long room = image.length - gap.bytes() - offset - BiosBlob.FRAME;
    require(
        contents.payloadLength() <= room
            && contents.scriptLength() >= 1
            && contents.scriptLength() <= BiosBlob.MAX_SCRIPT,
        "it is cut off, or of impossible size");
    int scriptAt = Units.roundUp((int) contents.payloadLength(), 16);
    int end = scriptAt + (int) contents.scriptLength();
    int length = Units.roundUp(end, unit(contents));
    require(
        contents.bodyLength() == length
            && contents.scriptAddress() == BiosBlob.BODY_ADDRESS + scriptAt
            && BodyGap.isReadable(gap)
            && gap.at() < BiosBlob.FRAME + length
            && length <= room,
        "it is cut off, or of impossible size");
    byte[] blob = gap.join(image, offset, BiosBlob.FRAME + length);
    return Arrays.copyOfRange(blob, BiosBlob.FRAME, blob.length);
  }

  /** What the blob is a multiple of; a body that ends behind its script by more is of a block. */
  private static int unit(BlobContents contents) {
    long end = contents.scriptAddress() - BiosBlob.BODY_ADDRESS + contents.scriptLength();
    return contents.bodyLength() - end < Units.SECTOR ? Units.SECTOR : BiosBlob.BLOCK;
  }

  private int setupEnd(BlobContents contents) {
    int setupEnd = LinuxKernel.setupEnd(contents.header()[0]);
    int target = contents.target();
    require(
        setupEnd <= BlobContents.OFFSET
            && target >= LinuxKernel.SETUP
            && target + contents.instruction().length <= setupEnd,
        "its kernel header is impossible");
    return setupEnd;
  }

  /** The original: header and first instruction put back, setup sectors and payload joined. */
  private byte[] lkrn(BlobContents contents, int offset, int setupEnd, byte[] body) {
    int payload = (int) contents.payloadLength();
    byte[] lkrn = new byte[setupEnd + payload];
    int flag = LinuxKernel.BOOT_FLAG;
    System.arraycopy(image, offset + flag, lkrn, flag, setupEnd - flag);
    System.arraycopy(contents.header(), 0, lkrn, LinuxKernel.SETUP_SECTS, contents.header().length);
    System.arraycopy(
        contents.instruction(), 0, lkrn, contents.target(), contents.instruction().length);
    System.arraycopy(body, 0, lkrn, setupEnd, payload);
    return lkrn;
  }

  /** The frame as the assembler made it: everything that the builder fills in is zero again. */
  private byte[] stage(BlobContents contents, int offset, int setupEnd) {
    byte[] stage = Arrays.copyOfRange(image, offset, offset + BiosBlob.FRAME);
    Arrays.fill(stage, Placement.OFFSET, LinuxKernel.BOOT_FLAG, (byte) 0);
    Arrays.fill(stage, LinuxKernel.SETUP, setupEnd, (byte) 0);
    System.arraycopy(
        BlobContents.empty(contents.hookAt()).toBytes(),
        0,
        stage,
        BlobContents.OFFSET,
        BlobContents.SIZE);
    System.arraycopy(BodyGap.toBytes(Gap.NONE), 0, stage, BodyGap.OFFSET, BodyGap.SIZE);
    return stage;
  }

  /** Finds what no checksum covers: sector 0, padding, fields that do not belong together. */
  private void requireSame(BiosBlob blob, Placement placement, int offset, Gap gap) {
    byte[] expected = blob.assembled(placement, gap);
    byte[] found = gap.join(image, offset, expected.length);
    int table = MasterBootRecord.TABLE_OFFSET; // not ours to judge
    int at = mismatch(expected, found, placement.isDisk() ? table : LinuxKernel.BOOT_FLAG);
    requireSame(at, gap, offset);
    if (offset != 0) {
      byte[] first = Arrays.copyOf(blob.onDisk(offset / Units.SECTOR, gap), Units.SECTOR);
      requireSame(mismatch(first, image, table), Gap.NONE, 0);
    }
  }

  /** The first byte that differs, but for those of a partition table, which begins at table. */
  private static int mismatch(byte[] expected, byte[] found, int table) {
    int at = Arrays.mismatch(expected, 0, table, found, 0, table);
    int flag = LinuxKernel.BOOT_FLAG;
    int end = expected.length;
    int behind = Arrays.mismatch(expected, flag, end, found, flag, end);
    return at >= 0 || behind < 0 ? at : flag + behind;
  }

  private void requireSame(int mismatch, Gap gap, int offset) {
    require(
        mismatch < 0,
        String.format("byte 0x%x is another than was made", gap.placeOf(mismatch, offset)));
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw ZbootException.settings(
          where, otherwise, "make the image again, or give a file that zboot made");
    }
  }
}
