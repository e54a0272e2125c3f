package zeroboot.usb.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import zeroboot.usb.DeviceException;
import zeroboot.usb.RawDevice;
import zeroboot.usb.probe.FoundMark;
import zeroboot.usb.probe.Probe;
import zeroboot.usb.source.ImageSource;
import zeroboot.usb.source.ImageSources;
import zeroboot.usb.write.ChunkReader.Chunk;
import zeroboot.usb.write.Progress.Phase;

/**
 * Writes one image to one device.
 *
 * <p>The head of the device is zeroed before anything else is changed and written after everything
 * else is on the medium, its first block at the very last. So a device that was left half written,
 * for whatever reason, has an empty first block, and no firmware boots it.
 */
public final class ImageWriter {
  /**
   * What is held back, in bytes. Some UEFI firmware looks past an empty first block, for a GPT or
   * for the volume descriptors of an ISO 9660 file system, which begin at 32 KiB.
   */
  static final int HEAD = 64 << 10;

  /** One write, in bytes. */
  static final int CHUNK = 4 << 20;

  /** The first block, in bytes, or more where the device's own block is larger. */
  private static final int FIRST_BLOCK = 4096;

  /** The smallest block of a disk, in bytes; a plain file has none. */
  private static final int SECTOR = 512;

  private final RawDevice device;
  private final Transfer transfer;
  private final String where;
  private final WriteOptions options;
  private final Progress progress;
  private final Cancellation cancellation;

  /**
   * Plans a write.
   *
   * @param where what messages call the device
   */
  public ImageWriter(
      RawDevice device,
      String where,
      WriteOptions options,
      Progress progress,
      Cancellation cancellation) {
    this.device = device;
    this.transfer = new Transfer(device);
    this.where = where;
    this.options = options;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * Writes the image, reads it back and compares; returns its size in bytes.
   *
   * @throws DeviceException if anything goes wrong; then the first block is empty, unless the
   *     message says that nothing was changed or that not even this could be done
   */
  public long write(ImageSource image) {
    boolean isChanged = false;
    try (ReadableByteChannel channel = image.open()) {
      byte[] head = readHead(image, channel);
      isChanged = true;
      clear(head.length);
      if (options.checksCapacity()) {
        progress.begins(Phase.CHECKING_CAPACITY, -1);
        new CapacityCheck(transfer, where).run();
      }
      UnitChecksums checks = new UnitChecksums();
      long size = writeBody(image, channel, head, checks);
      progress.begins(Phase.FINISHING, -1);
      device.flush();
      writeHead(head, checks);
      new Verifier(transfer, where, image, checks, progress, this::stopIfWanted).verify(size);
      device.rereadPartitions();
      return size;
    } catch (DeviceException e) {
      throw isChanged ? spoil(e) : e;
    } catch (Transfer.FailedAt e) {
      throw spoil(
          DeviceException.io(where, e.shown(), "try another port, then another stick or card"));
    } catch (IOException e) {
      DeviceException known = failed(e);
      throw isChanged ? spoil(known) : known;
    }
  }

  private DeviceException failed(IOException e) {
    String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return DeviceException.io(
        where,
        "could not be written to the end (" + words + ")",
        "plug it in again, and repeat the command");
  }

  private byte[] readHead(ImageSource image, ReadableByteChannel channel) {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    try {
      ChunkReader.fill(channel, head);
    } catch (IOException | RuntimeException e) {
      throw unreadable(image, 0, e);
    }
    byte[] bytes = new byte[head.position()];
    head.flip().get(bytes);
    if (bytes.length == 0) {
      throw DeviceException.io(image.name(), "the image is empty", "make it again");
    }
    if (image.size().orElse(bytes.length) > device.size()) {
      throw tooLarge(image);
    }
    return bytes;
  }

  /** Empties the head first of all, then whatever else could be taken for something. */
  private void clear(int headLength) throws IOException {
    progress.begins(Phase.CLEARING, -1);
    // What older contents left behind is looked for before the head is gone, and cleared after.
    List<FoundMark> stale =
        Probe.signatures(new AlignedReader(device), Math.max(SECTOR, device.blockSize()));
    transfer.zero(0, headLength);
    device.flush();
    if (!options.keepsSignatures()) {
      for (FoundMark found : stale) {
        transfer.zero(found.offset(), found.length());
      }
      device.flush();
    }
  }

  private long writeBody(
      ImageSource image, ReadableByteChannel channel, byte[] head, UnitChecksums checks)
      throws IOException {
    progress.begins(Phase.WRITING, image.size().orElse(-1));
    long at = head.length;
    if (head.length < HEAD) {
      return complete(image, at);
    }
    try (ChunkReader reader = new ChunkReader(channel, device, HEAD, CHUNK, checks);
        ChunkWriter writer = new ChunkWriter(transfer, reader, progress::advanced)) {
      while (true) {
        stopIfWanted();
        Chunk chunk =
            reader.next(
                () -> {
                  stopIfWanted();
                  writer.collect();
                });
        long end = at + chunk.buffer().limit();
        if (chunk.failure() != null) {
          throw unreadable(image, end, chunk.failure());
        }
        if (end > device.size()) {
          throw tooLarge(image);
        }
        writer.write(chunk, at);
        at = end;
        if (chunk.isLast()) {
          writer.finish();
          return complete(image, at);
        }
      }
    }
  }

  private static long complete(ImageSource image, long size) {
    if (image.size().isPresent() && image.size().getAsLong() != size) {
      throw DeviceException.io(
          image.name(),
          "has changed while it was read: " + size + " bytes came",
          "run the command again when nobody writes to the image");
    }
    return size;
  }

  /** All of the head but the first block, then that. */
  private void writeHead(byte[] head, UnitChecksums checks) throws IOException {
    checks.addAll(0, ByteBuffer.wrap(head));
    int first = Math.min(Math.max(FIRST_BLOCK, device.blockSize()), head.length);
    stopIfWanted();
    if (head.length > first) {
      transfer.patch(first, java.util.Arrays.copyOfRange(head, first, head.length));
      device.flush();
    }
    transfer.patch(0, java.util.Arrays.copyOf(head, first));
    device.flush();
  }

  private void stopIfWanted() {
    if (cancellation.isWanted()) {
      throw DeviceException.io(
          where, "stopped before the end", "run the command again to write it");
    }
  }

  /** Makes sure that nothing boots, and says so. */
  private DeviceException spoil(DeviceException e) {
    String state;
    try {
      transfer.zero(0, Math.max(FIRST_BLOCK, device.blockSize()));
      device.flush();
      state = "its first block is empty, so that nothing boots from it";
    } catch (IOException second) {
      state = "not even its first block can be emptied: do not boot from it";
    }
    String what = e.where().equals(where) ? e.what() : e.where() + " " + e.what();
    return e.kind() == DeviceException.Kind.IO
        ? DeviceException.io(where, what + "; " + state, e.mend())
        : DeviceException.refused(where, what + "; " + state, e.mend());
  }

  private DeviceException tooLarge(ImageSource image) {
    String size = image.size().isPresent() ? image.size().getAsLong() + " bytes" : "more than fits";
    return DeviceException.refused(
        where,
        "holds " + device.size() + " bytes, and the image " + image.name() + " has " + size,
        "take a larger one");
  }

  private static DeviceException unreadable(ImageSource image, long at, Exception e) {
    return DeviceException.io(
        image.name(),
        "cannot be read at byte " + at + " (" + ImageSources.words(e) + ")",
        "make the image again");
  }
}
