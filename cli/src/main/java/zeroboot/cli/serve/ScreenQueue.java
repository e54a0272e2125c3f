package zeroboot.cli.serve;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import zeroboot.server.nodes.NodeEvent;

/**
 * Between the threads that serve and the screen: a terminal or a pipe that takes nothing must not
 * keep a node waiting, and what is shown does without the processor while a farm that was switched
 * on is answered. What is too much is left out; the table knows it all the same.
 */
final class ScreenQueue implements AutoCloseable {
  private static final int MOST = 20_000;
  private static final int PATIENCE_MILLIS = 1000;

  /** Nobody sees that a line comes so much later. */
  private static final int LATER_MILLIS = 50;

  private final ServeScreen screen;
  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(MOST);
  private final Thread thread = new Thread(this::run, "screen");
  private volatile boolean closing;

  ScreenQueue(ServeScreen screen) {
    this.screen = screen;
    thread.setDaemon(true);
    thread.start();
  }

  void event(NodeEvent event) {
    var unused = queue.offer(() -> screen.event(event));
  }

  void log(String line) {
    var unused = queue.offer(() -> screen.log(line));
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        Runnable next = queue.poll(100, TimeUnit.MILLISECONDS);
        if (next == null) {
          continue;
        }
        if (!closing) {
          Thread.sleep(LATER_MILLIS);
        }
        for (; next != null; next = queue.poll()) {
          next.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shows what is left, for a second at most. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
