package zeroboot.image.bios;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.iso.PrimaryVolumeDescriptor;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.plan.BiosBootCode;
import zeroboot.image.plan.Gap;
import zeroboot.image.plan.Layout;
import zeroboot.image.plan.SizeCap;
import zeroboot.script.BootScript;
import zeroboot.spec.BootPath;
import zeroboot.stage.BootStages;

/**
 * The one file that every BIOS path starts: the stage's 8192-byte frame around the setup sectors of
 * {@code ipxe.lkrn}, then the rest of it, then the script ({@code stage.S} draws the map).
 *
 * <pre>
 * 0000  sector 0: stage code, {@link Placement}, Linux header or partition table
 * 0200  setup sectors of the lkrn
 * 1400  {@link BlobContents}, second part of the stage
 * 1FF4  {@link BodyGap}
 * 2000  payload of the lkrn, padded to 16; script, padded to 512
 * </pre>
 */
public final class BiosBlob implements BiosBootCode {
  /**
   * The longest script, in bytes. iPXE itself knows no limit; but a network ROM loads the blob
   * below its own memory, which may start as low as 512 KiB, and a script of a page or two needs a
   * fraction of this.
   */
  public static final int MAX_SCRIPT = 0x10000;

  /** What layouts call the script in the blob. */
  public static final String SCRIPT = "script (BIOS)";

  static final int FRAME = 0x2000;
  static final int BODY_ADDRESS = 0x100000;
  static final int BLOCK = PrimaryVolumeDescriptor.BLOCK;

  private static final String TAIL = "ZEND";

  private final byte[] frame;
  private final byte[] body;
  private final LinuxKernel kernel;
  private final BlobContents contents;

  private BiosBlob(byte[] frame, byte[] body, LinuxKernel kernel, BlobContents contents) {
    this.frame = frame;
    this.body = body;
    this.kernel = kernel;
    this.contents = contents;
  }

  /** The blob of this core and this script. */
  public static BiosBlob of(IpxeCore core, BootScript script) {
    return of(BootStages.of(BootPath.BIOS), core.lkrn(), script.bytes());
  }

  /**
   * The blob of these parts.
   *
   * @param stage the assembled frame
   * @param lkrn iPXE as a Linux-protocol kernel
   * @param script 1 to {@link #MAX_SCRIPT} bytes
   */
  public static BiosBlob of(byte[] stage, byte[] lkrn, byte[] script) {
    return of(stage, lkrn, script, Units.SECTOR);
  }

  /**
   * The same in another length.
   *
   * @param unit the blob is a multiple of it: {@link Units#SECTOR}, in earlier versions {@link
   *     #BLOCK}
   */
  static BiosBlob of(byte[] stage, byte[] lkrn, byte[] script, int unit) {
    SpecReader fields = SpecReader.of("BIOS boot stage", stage);
    if (stage.length != FRAME || !isFrame(fields)) {
      throw new IllegalArgumentException("not a BIOS stage");
    }
    if (script.length == 0 || script.length > MAX_SCRIPT) {
      throw ZbootException.settings(
          "script",
          "is " + script.length + " bytes long, a BIOS machine gets 1 to " + MAX_SCRIPT,
          SizeCap.MEND);
    }
    LinuxKernel kernel = LinuxKernel.of("ipxe.lkrn", lkrn);
    int payloadLength = lkrn.length - kernel.setupEnd();
    byte[] body = body(Arrays.copyOfRange(lkrn, kernel.setupEnd(), lkrn.length), script, unit);
    int scriptAt = Units.roundUp(payloadLength, 16);
    BlobContents contents =
        new BlobContents(
            body.length,
            bodySum(body, scriptAt, script.length),
            BODY_ADDRESS + scriptAt,
            script.length,
            payloadLength,
            Arrays.copyOfRange(lkrn, kernel.entry(), kernel.entry() + 3),
            kernel.entry(),
            BlobContents.read(fields).hookAt(),
            Arrays.copyOfRange(lkrn, LinuxKernel.SETUP_SECTS, LinuxKernel.BOOT_FLAG));
    return new BiosBlob(frame(stage, lkrn, kernel, contents), body, kernel, contents);
  }

  /** Whether this is a frame of ours; its tail mark tells that it is complete. */
  static boolean isFrame(SpecReader frame) {
    return frame.text(BlobContents.OFFSET, BlobContents.MAGIC.length()).equals(BlobContents.MAGIC)
        && frame.text(FRAME - TAIL.length(), TAIL.length()).equals(TAIL);
  }

  private static byte[] body(byte[] payload, byte[] script, int unit) {
    int scriptAt = Units.roundUp(payload.length, 16);
    byte[] body = Arrays.copyOf(payload, Units.roundUp(scriptAt + script.length, unit));
    System.arraycopy(script, 0, body, scriptAt, script.length);
    return body;
  }

  private static byte[] frame(
      byte[] stage, byte[] lkrn, LinuxKernel kernel, BlobContents contents) {
    byte[] frame = stage.clone();
    int header = LinuxKernel.SETUP_SECTS;
    System.arraycopy(lkrn, header, frame, header, LinuxKernel.BOOT_FLAG - header);
    System.arraycopy(lkrn, LinuxKernel.SETUP, frame, LinuxKernel.SETUP, kernel.setupEnd() - 0x200);
    System.arraycopy(contents.toBytes(), 0, frame, BlobContents.OFFSET, BlobContents.SIZE);
    // Other loaders take the whole frame for setup sectors, and start it at the hook.
    frame[LinuxKernel.SETUP_SECTS] = FRAME / Units.SECTOR - 1;
    ByteBuffer b = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(LinuxKernel.SYSSIZE, (int) (contents.bodyLength() / 16));
    int next = kernel.entry() + 3;
    b.put(kernel.entry(), (byte) 0xE9); // jmp rel16
    b.putShort(kernel.entry() + 1, (short) (contents.hookAt() - next));
    return frame;
  }

  static int frameSum(byte[] bytes, int frame) {
    return RollingSum.over(0, bytes, frame + LinuxKernel.SETUP, FRAME - LinuxKernel.SETUP);
  }

  /** The stage adds up the body as it loads it, and the script again when it moves it. */
  static int bodySum(byte[] body, int scriptAt, int scriptLength) {
    int sum = RollingSum.over(0, body, 0, body.length);
    return RollingSum.over(sum, body, scriptAt, Units.roundUp(scriptLength, 4));
  }

  /** {@inheritDoc} A multiple of 512. */
  @Override
  public int size() {
    return FRAME + body.length;
  }

  /** {@inheritDoc} For other boot loaders (a Linux-protocol kernel) and for network ROMs. */
  @Override
  public byte[] file() {
    return made(Placement.inMemory(), Gap.NONE);
  }

  /**
   * {@inheritDoc} It leads to the rest of the blob, whichever form of it lies there: those with the
   * same gap are the same behind their first sector. Bytes 1B8-1FD of that are zero.
   */
  @Override
  public byte[] onDisk(long lba, Gap gap) {
    return made(Placement.onDisk(lba), gap);
  }

  /** {@inheritDoc} It is an El Torito image without emulation. */
  @Override
  public byte[] onCd(long block, Gap gap) {
    return made(Placement.onCd(block), gap);
  }

  private byte[] made(Placement placement, Gap gap) {
    return assembled(placement.with(frameSum(with(gap), 0)), gap);
  }

  private byte[] with(Gap gap) {
    byte[] all = frame.clone();
    System.arraycopy(BodyGap.toBytes(gap), 0, all, BodyGap.OFFSET, BodyGap.SIZE);
    return all;
  }

  /** The blob in one run, with this placement as it is. */
  byte[] assembled(Placement placement, Gap gap) {
    byte[] all = Arrays.copyOf(with(gap), size());
    System.arraycopy(body, 0, all, FRAME, body.length);
    System.arraycopy(placement.toBytes(), 0, all, Placement.OFFSET, Placement.SIZE);
    if (placement.isDisk()) {
      // The Linux header overlaps the fourth partition entry; firmware would take it for one.
      Arrays.fill(all, MasterBootRecord.TABLE_OFFSET, LinuxKernel.BOOT_FLAG, (byte) 0);
    }
    return all;
  }

  @Override
  public Layout layout() {
    int payload = (int) contents.payloadLength();
    int script = FRAME + (int) contents.scriptAddress() - BODY_ADDRESS;
    return new Layout.Builder()
        .extent("BIOS stage", 0, LinuxKernel.SETUP)
        .extent("iPXE setup (BIOS)", LinuxKernel.SETUP, kernel.setupEnd() - LinuxKernel.SETUP)
        .extent("BIOS stage, part 2", kernel.setupEnd(), FRAME - kernel.setupEnd())
        .extent("iPXE (BIOS)", FRAME, payload)
        .extent(SCRIPT, script, contents.scriptLength())
        .build(size());
  }
}
