package zeroboot.server.mirror;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that is there, or on its way. The last byte is held back until all is there and as it
 * should be: nobody takes a broken one for whole.
 */
public final class KernelCopy {
  private final FileChannel file;
  private final long size;
  private final Optional<String> note;
  private final List<Runnable> waiting = new ArrayList<>();
  private long written;
  private boolean complete;
  private int readers;
  private boolean left;
  private @Nullable String failure;

  /** A copy that is still to be written. */
  KernelCopy(FileChannel file, long size) {
    this(file, size, Optional.empty(), false);
  }

  private KernelCopy(FileChannel file, long size, Optional<String> note, boolean complete) {
    this.file = file;
    this.size = size;
    this.note = note;
    this.complete = complete;
    written = complete ? size : 0;
  }

  /** A whole one. */
  static KernelCopy whole(FileChannel file, long size, Optional<String> note) {
    return new KernelCopy(file, size, note, true);
  }

  /** In bytes. */
  public long size() {
    return size;
  }

  /** What its reader should know: that its server is away, say. */
  public Optional<String> note() {
    return note;
  }

  /** Whether all of it is there. */
  public synchronized boolean isComplete() {
    return complete;
  }

  /** One more reader; each has to {@link #close} it. */
  synchronized KernelCopy opened() {
    readers++;
    return this;
  }

  /**
   * Reads what is there, from this byte on.
   *
   * @return how many bytes; 0 if none is there yet
   * @throws IOException if the rest will never come
   */
  public int read(long position, ByteBuffer into) throws IOException {
    long end;
    synchronized (this) {
      if (failure != null) {
        throw new InterruptedIOException(failure);
      }
      end = complete ? size : Math.min(written, size - 1);
    }
    if (position >= end) {
      return 0;
    }
    into.limit((int) Math.min(into.limit(), into.position() + (end - position)));
    return Math.max(0, file.read(into, position));
  }

  /** Runs this as soon as there is more to read than this, or never will be. */
  public void whenMore(long position, Runnable task) {
    synchronized (this) {
      long end = complete ? size : Math.min(written, size - 1);
      if (failure == null && end <= position) {
        waiting.add(task);
        return;
      }
    }
    task.run();
  }

  /** Takes more of it; called by who fetches it. */
  void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int count = file.write(bytes, written);
      synchronized (this) {
        written += count;
      }
    }
    wake();
  }

  synchronized long written() {
    return written;
  }

  /** All of it is there. */
  void completed() {
    synchronized (this) {
      complete = true;
    }
    wake();
  }

  /** The rest will never come. */
  void failed(String why) {
    synchronized (this) {
      if (!complete) {
        failure = why;
      }
    }
    wake();
  }

  private void wake() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(Runnable::run);
  }

  /** Its writer needs the file no more. */
  void leave() {
    synchronized (this) {
      left = true;
    }
    closeIfLeft();
  }

  /** A reader has enough. */
  public void close() {
    synchronized (this) {
      readers--;
    }
    closeIfLeft();
  }

  private void closeIfLeft() {
    synchronized (this) {
      if (!left || readers > 0) {
        return;
      }
    }
    try {
      file.close();
    } catch (IOException e) {
      // it was read or is lost; nobody needs it any more
    }
  }
}
