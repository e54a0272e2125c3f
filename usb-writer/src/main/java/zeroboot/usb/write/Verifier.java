package zeroboot.usb.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import zeroboot.usb.DeviceException;
import zeroboot.usb.RawDevice;
import zeroboot.usb.source.ImageSource;
import zeroboot.usb.write.Progress.Phase;

/** Reads everything back from the device itself, the first block too, and compares. */
final class Verifier {
  private final Transfer transfer;
  private final String where;
  private final ImageSource image;
  private final UnitChecksums checks;
  private final Progress progress;
  private final Runnable stopIfWanted;

  Verifier(
      Transfer transfer,
      String where,
      ImageSource image,
      UnitChecksums checks,
      Progress progress,
      Runnable stopIfWanted) {
    this.transfer = transfer;
    this.where = where;
    this.image = image;
    this.checks = checks;
    this.progress = progress;
    this.stopIfWanted = stopIfWanted;
  }

  /**
   * Compares as many bytes as were written.
   *
   * @throws DeviceException at the first difference
   */
  void verify(long size) throws IOException {
    RawDevice device = transfer.device();
    progress.begins(Phase.VERIFYING, size);
    device.dropCaches();
    ByteBuffer buffer = device.buffer(ImageWriter.CHUNK);
    for (long at = 0; at < size; at += ImageWriter.CHUNK) {
      stopIfWanted.run();
      int length = (int) Math.min(ImageWriter.CHUNK, size - at);
      buffer.clear().limit(Math.toIntExact(transfer.roundUp(length)));
      transfer.read(buffer, at);
      compare(buffer.limit(length).rewind(), at);
      progress.advanced(at + length);
    }
  }

  private void compare(ByteBuffer found, long at) throws IOException {
    for (int from = 0; from < found.limit(); from += UnitChecksums.UNIT) {
      int length = Math.min(UnitChecksums.UNIT, found.limit() - from);
      ByteBuffer unit = found.slice(from, length);
      if (!checks.isSame(at + from, unit)) {
        throw difference(at + from, unit);
      }
    }
  }

  private DeviceException difference(long at, ByteBuffer unit) throws IOException {
    byte[] found = new byte[unit.remaining()];
    unit.get(0, found);
    RawDevice device = transfer.device();
    ByteBuffer again = device.buffer(UnitChecksums.UNIT);
    again.limit(Math.toIntExact(transfer.roundUp(found.length)));
    device.dropCaches();
    transfer.read(again, at);
    boolean isSteady = again.limit(found.length).rewind().equals(ByteBuffer.wrap(found));
    return Difference.describe(where, at, found, isSteady, image, checks);
  }
}
