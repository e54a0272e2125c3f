package zeroboot.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is unpacked from a file, up to a limit: a few bytes may unpack to terabytes. */
public final class LimitedStream extends FilterInputStream {
  private final long limit;
  private long left;

  /** Lets {@code limit} bytes through, and then fails. */
  public LimitedStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    took(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    took(Math.max(0, count));
    return count;
  }

  /** What is skipped has been unpacked as well. */
  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.min(count, Math.max(1, left)));
    took(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void took(long count) throws IOException {
    left -= count;
    if (left < 0) {
      throw new IOException("it unpacks to more than " + limit + " bytes");
    }
  }
}
