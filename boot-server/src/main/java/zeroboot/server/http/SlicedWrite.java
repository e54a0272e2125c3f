package zeroboot.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Writes what lies on the heap in slices: the JDK copies all that a write holds out of the heap,
 * and each thread keeps room for the most that it ever copied.
 */
final class SlicedWrite extends IteratingCallback {
  /** In bytes. */
  private static final int SLICE = 1 << 16;

  private final Response response;
  private final ByteBuffer rest;
  private final Callback done;

  private SlicedWrite(Response response, ByteBuffer rest, Callback done) {
    this.response = response;
    this.rest = rest;
    this.done = done;
  }

  /** The rest of an answer. */
  static void write(Response response, ByteBuffer bytes, Callback done) {
    if (bytes.isDirect() || bytes.remaining() <= SLICE) {
      response.write(true, bytes, done);
    } else {
      new SlicedWrite(response, bytes, done).iterate();
    }
  }

  @Override
  protected Action process() {
    if (!rest.hasRemaining()) {
      return Action.SUCCEEDED;
    }
    ByteBuffer slice = rest.slice(rest.position(), Math.min(SLICE, rest.remaining()));
    rest.position(rest.position() + slice.remaining());
    response.write(!rest.hasRemaining(), slice, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    done.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable why) {
    done.failed(why);
  }
}
