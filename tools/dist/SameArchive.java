import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Makes one archive of loaded classes out of two dumps of the same, without the time of the dump.
 *
 * <p>A dump is deterministic but for one clock: {@code java.lang.ref.SoftReference} keeps in {@code
 * timestamp} of every instance, and in its own {@code clock}, the milliseconds of the machine's clock
 * when the dump began (HotSpot, {@code ReferenceProcessor::init_statics}). It serves to clear
 * references not used for long. Two dumps show where it stands; zero takes its place. The checksums
 * in the header then hold no more; zero takes their place as well, as Java reads them only with
 * {@code -XX:+VerifySharedSpaces}.
 *
 * <p>Arguments: one dump, another one, the archive. Fails if the dumps differ in anything else, or not
 * at all: then nothing tells where the time stands.
 */
final class SameArchive {
  /** The header is at the start and smaller than this; regions begin on pages. */
  private static final int HEADER = 4096;

  /** Between two dumps there is less, in milliseconds. */
  private static final long HOUR = 3_600_000;

  public static void main(String[] args) throws IOException {
    ByteBuffer one = read(args[0]);
    ByteBuffer other = read(args[1]);
    if (one.capacity() != other.capacity()) {
      throw new IllegalStateException(
          "the dumps are " + one.capacity() + " and " + other.capacity() + " bytes long");
    }
    if (Arrays.equals(one.array(), other.array())) {
      throw new IllegalStateException("the dumps are of the same millisecond");
    }
    ByteBuffer same = ByteBuffer.wrap(one.array().clone()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < HEADER; at += Integer.BYTES) {
      if (one.getInt(at) != other.getInt(at)) {
        same.putInt(at, 0);
      }
    }
    for (int at = HEADER; at <= one.capacity() - Long.BYTES; at += Long.BYTES) {
      long word = one.getLong(at);
      long later = other.getLong(at);
      if (word != later) {
        if (word < 0 || later < 0 || Math.abs(later - word) > HOUR) {
          throw new IllegalStateException("the dumps differ at " + at + " in more than their time");
        }
        same.putLong(at, 0);
      }
    }
    Files.write(Path.of(args[2]), same.array());
  }

  private static ByteBuffer read(String file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.LITTLE_ENDIAN);
  }
}
