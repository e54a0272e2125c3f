package zeroboot.usb.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import zeroboot.usb.write.ChunkReader.Chunk;

/**
 * Writes pieces of an image, two at a time: while a device works on one, the next is on its way to
 * it already. What went wrong is told in the image's order, so the first bad place is the one
 * named.
 */
final class ChunkWriter implements AutoCloseable {
  private static final int AT_ONCE = 2;

  /** A piece on its way, which ends at this place of the image. */
  private record Pending(Chunk chunk, long end, Future<?> write) {}

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE,
          task -> {
            Thread thread = new Thread(task, "chunk writer");
            thread.setDaemon(true);
            return thread;
          });

  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Transfer transfer;
  private final ChunkReader reader;
  private final LongConsumer onWritten;

  /**
   * Begins with nothing.
   *
   * @param reader gets the buffers back
   * @param onWritten hears, in the caller's thread, up to where all is written
   */
  ChunkWriter(Transfer transfer, ChunkReader reader, LongConsumer onWritten) {
    this.transfer = transfer;
    this.reader = reader;
    this.onWritten = onWritten;
  }

  /** Takes a piece over; fails if an earlier one has failed. */
  void write(Chunk chunk, long at) throws IOException {
    if (pending.size() == AT_ONCE) {
      finishOldest();
    }
    long end = at + chunk.buffer().limit();
    Future<?> write =
        threads.submit(
            () -> {
              writeNow(chunk.buffer(), at);
              return null;
            });
    pending.add(new Pending(chunk, end, write));
  }

  /** Takes note of what is written by now; fails if one has failed. */
  void collect() throws IOException {
    while (!pending.isEmpty() && pending.element().write().isDone()) {
      finishOldest();
    }
  }

  /** Returns when all are written. */
  void finish() throws IOException {
    while (!pending.isEmpty()) {
      finishOldest();
    }
  }

  private void finishOldest() throws IOException {
    Pending oldest = pending.remove();
    try {
      oldest.write().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException known) {
        throw known;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    reader.giveBack(oldest.chunk());
    onWritten.accept(oldest.end());
  }

  /** Whole blocks as they are; what is left in the last keeps the neighbour in its block. */
  private void writeNow(ByteBuffer chunk, long at) throws IOException {
    int block = transfer.device().blockSize();
    int whole = chunk.limit() / block * block;
    byte[] rest = new byte[chunk.limit() - whole];
    chunk.get(whole, rest);
    transfer.write(chunk.limit(whole), at);
    if (rest.length > 0) {
      transfer.patch(at + whole, rest);
    }
  }

  /** Nothing is written after this, whatever went wrong before. */
  @Override
  public void close() {
    threads.shutdown();
    boolean isInterrupted = false;
    boolean isOver = false;
    while (!isOver) {
      try {
        isOver = threads.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
