package zeroboot.cli.console;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A value that is made on another thread while this one goes on. */
public final class Background<T> {
  private final FutureTask<T> task;

  private Background(FutureTask<T> task) {
    this.task = task;
  }

  /** What is made at once, by whoever asks for it here. */
  public static <T> Background<T> done(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    task.run();
    return new Background<>(task);
  }

  /**
   * Begins; nobody waits for the end if {@link #get} is never called. With one processor there is
   * nothing to be gained, and it is made at once.
   */
  public static <T> Background<T> start(Callable<T> work) {
    if (Runtime.getRuntime().availableProcessors() == 1) {
      return done(work);
    }
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "background");
    thread.setDaemon(true);
    thread.start();
    return new Background<>(task);
  }

  /** The value, or what was thrown instead. */
  public T get() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
