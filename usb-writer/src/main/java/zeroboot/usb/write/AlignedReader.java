package zeroboot.usb.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import zeroboot.usb.BlockReader;
import zeroboot.usb.RawDevice;

/** Any bytes of a device that gives whole blocks only. Closing it closes the device. */
public final class AlignedReader implements BlockReader {
  private final RawDevice device;
  private final Transfer transfer;

  /** Reads from this device. */
  public AlignedReader(RawDevice device) {
    this.device = device;
    this.transfer = new Transfer(device);
  }

  @Override
  public long size() {
    return device.size();
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    int wanted = (int) Math.max(0, Math.min(length, device.size() - offset));
    long from = offset / device.blockSize() * device.blockSize();
    ByteBuffer buffer = device.buffer(Math.toIntExact(transfer.roundUp(offset + wanted) - from));
    transfer.read(buffer, from);
    byte[] all = new byte[buffer.limit()];
    buffer.rewind().get(all);
    int start = (int) (offset - from);
    return Arrays.copyOfRange(all, start, start + wanted);
  }

  @Override
  public void close() throws IOException {
    device.close();
  }
}
