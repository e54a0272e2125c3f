package zeroboot.signing.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import zeroboot.ground.ZbootException;

/**
 * Calls of a token's library, which may never come back: the reader is gone, a network module has
 * lost its server. Nothing can interrupt one, so a thread of its own makes it, and is left behind.
 *
 * @param where names the token in errors
 * @param limit for each call
 */
record TokenCall(String where, Duration limit) {
  /** Somebody may have to touch the token first, or type a PIN on its own keys. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  /** What is asked of the library. */
  @FunctionalInterface
  interface Step<T> {
    /** Asks it. */
    T take() throws IOException, GeneralSecurityException, Pkcs11Library.Refused;
  }

  /**
   * The result of a step.
   *
   * @param doing what it is to do: {@code to sign}
   * @throws ZbootException (settings) if it takes longer
   */
  <T> T within(String doing, Step<T> step)
      throws IOException, GeneralSecurityException, Pkcs11Library.Refused {
    FutureTask<T> task = new FutureTask<>(step::take);
    Thread thread = new Thread(task, "token");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw ZbootException.settings(
          where,
          "waited " + shown() + " for the token " + doing,
          "plug it in anew, or look at it with pkcs11-tool --test");
    } catch (ExecutionException e) {
      throw cause(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ZbootException.settings(where, "interrupted while the token had " + doing, "try again");
    }
  }

  private String shown() {
    return limit.toSeconds() > 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  private static RuntimeException cause(ExecutionException e)
      throws IOException, GeneralSecurityException, Pkcs11Library.Refused {
    Throwable cause = e.getCause();
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof GeneralSecurityException security) {
      throw security;
    }
    if (cause instanceof Pkcs11Library.Refused refused) {
      throw refused;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }
}
