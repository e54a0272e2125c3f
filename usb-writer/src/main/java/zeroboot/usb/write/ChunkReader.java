package zeroboot.usb.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zeroboot.usb.RawDevice;

/** Reads an image ahead in a thread of its own, so that reading and writing go on at once. */
final class ChunkReader implements AutoCloseable {
  /** Two are being written, one waits for that, one is being filled. */
  private static final int BUFFERS = 4;

  private static final long PAUSE_MILLIS = 100;

  /**
   * A piece of the image.
   *
   * @param buffer from its start to its limit; to be given back
   * @param failure why the image could not be read here
   */
  record Chunk(ByteBuffer buffer, boolean isLast, @Nullable IOException failure) {}

  private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<Chunk> filled = new ArrayBlockingQueue<>(BUFFERS);
  private final ReadableByteChannel image;
  private final UnitChecksums checks;
  private final Thread thread;

  /**
   * Begins to read.
   *
   * @param from where in the image the first chunk begins; it is shorter by as much, so that all
   *     others lie even on the device
   * @param checks remembers what is read, in the reading thread and before the chunk is given out
   */
  ChunkReader(
      ReadableByteChannel image, RawDevice device, int from, int size, UnitChecksums checks) {
    this.image = image;
    this.checks = checks;
    for (int i = 0; i < BUFFERS; i++) {
      free.add(device.buffer(size));
    }
    thread = new Thread(() -> readAll(from, size), "image reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void readAll(int from, int size) {
    long at = from;
    int wanted = size - from;
    try {
      while (true) {
        ByteBuffer buffer = free.take();
        buffer.clear().limit(wanted);
        wanted = size;
        IOException failure = null;
        boolean isFull = false;
        try {
          isFull = fill(image, buffer);
        } catch (IOException e) {
          failure = e;
        } catch (RuntimeException e) {
          // A damaged archive makes an unpacker stumble in ways of its own.
          failure = new IOException(e);
        }
        buffer.flip();
        checks.addAll(at, buffer);
        at += buffer.limit();
        filled.put(new Chunk(buffer, !isFull, failure));
        if (!isFull) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // The writer has no more use for the image.
      Thread.currentThread().interrupt();
    }
  }

  /** Fills the buffer; whether the image reached so far. */
  static boolean fill(ReadableByteChannel image, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (image.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  /** What else there is to do meanwhile. */
  interface Meanwhile {
    void run() throws IOException;
  }

  /**
   * The next piece; the last may be empty.
   *
   * @param whileWaiting runs now and then while the image does not come
   */
  Chunk next(Meanwhile whileWaiting) throws IOException {
    try {
      Chunk chunk = filled.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      while (chunk == null) {
        whileWaiting.run();
        chunk = filled.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
      return chunk;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  void giveBack(Chunk chunk) {
    free.add(chunk.buffer());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
