package zeroboot.server.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One thread that waits for the packets of all UDP sockets and for the clock. Everything that is
 * registered here runs in it, so nothing of it needs a lock, and nothing of it may wait.
 */
public final class PacketLoop implements AutoCloseable {
  private static final int LARGEST = 65_536;
  private static final int LOOK_MILLIS = 50;

  /** Packets of one socket in a row, so that a flood on one lets the others have their turn. */
  private static final int IN_A_ROW = 64;

  private final Selector selector;
  private final Thread thread;
  private final Consumer<RuntimeException> bugs;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::nanos));
  private final ByteBuffer packet = ByteBuffer.allocateDirect(LARGEST);
  private volatile boolean closing;

  /** Takes packets of one socket. */
  public interface Receiver {
    /** A packet came; the buffer is the loop's own and holds it until this returns. */
    void received(InetSocketAddress from, ByteBuffer packet);

    /** The socket failed; {@link PortUnreachableException} if nobody listens at its other end. */
    void failed(IOException why);
  }

  private record Alarm(long nanos, Runnable task) {}

  /**
   * Starts the thread.
   *
   * @param bugs hears what was thrown by mistake; the loop goes on
   */
  public PacketLoop(Consumer<RuntimeException> bugs) throws IOException {
    this.bugs = bugs;
    selector = Selector.open();
    thread = new Thread(this::run, "packets");
    thread.setDaemon(true);
    thread.start();
  }

  /** Receives from a socket as long as it is open. To be called in the loop. */
  public void register(DatagramChannel channel, Receiver receiver) throws IOException {
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, receiver);
  }

  /** Runs a task in the loop, soon. */
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Runs a task in the loop after this time. To be called in the loop. */
  public void after(Duration time, Runnable task) {
    alarms.add(new Alarm(System.nanoTime() + time.toNanos(), task));
  }

  /** Waits until this is so, in the loop, or the time is over. Not to be called in the loop. */
  public void await(BooleanSupplier condition, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        CompletableFuture<Boolean> met = new CompletableFuture<>();
        execute(() -> met.complete(condition.getAsBoolean()));
        if (met.get(1, TimeUnit.SECONDS)) {
          return;
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return; // it has ended, and all that was in it
    }
  }

  private void run() {
    try (selector) {
      while (!closing) {
        selector.select(this::ready, waitMillis());
        guarded(this::work);
      }
      selector.keys().forEach(key -> closeQuietly((DatagramChannel) key.channel()));
    } catch (IOException | ClosedSelectorException e) {
      bugs.accept(new IllegalStateException(e));
    }
  }

  /** At least a millisecond, since 0 would be for ever. */
  private long waitMillis() {
    Alarm next = alarms.peek();
    if (!tasks.isEmpty()) {
      return 1;
    }
    return next == null
        ? 0
        : Math.max(1, Duration.ofNanos(next.nanos() - System.nanoTime()).toMillis());
  }

  private void work() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
    for (Alarm next = alarms.peek();
        next != null && next.nanos() - System.nanoTime() <= 0;
        next = alarms.peek()) {
      alarms.remove();
      guarded(next.task());
    }
  }

  private void ready(SelectionKey key) {
    guarded(() -> receive(key));
  }

  private void receive(SelectionKey key) {
    DatagramChannel channel = (DatagramChannel) key.channel();
    Receiver receiver = (Receiver) key.attachment();
    for (int i = 0; i < IN_A_ROW && channel.isOpen(); i++) {
      packet.clear();
      try {
        InetSocketAddress from = (InetSocketAddress) channel.receive(packet);
        if (from == null) {
          return;
        }
        receiver.received(from, packet.flip());
      } catch (ClosedChannelException | CancelledKeyException e) {
        return;
      } catch (IOException e) {
        receiver.failed(e);
      }
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      bugs.accept(e);
    }
  }

  /** Closes a socket. */
  public static void closeQuietly(DatagramChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // it is gone, one way or the other
    }
  }

  /** Ends the thread and closes all sockets. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
