package zeroboot.server.files;

import java.nio.ByteBuffer;
import zeroboot.ground.Sha256;

/**
 * A file in memory that nodes fetch.
 *
 * @param bytes not to be changed
 * @param shared the same for those who write to sockets, read only
 * @param sha256 of them, in hexadecimal
 */
public record BootFile(byte[] bytes, ByteBuffer shared, String sha256) {
  /** In bytes; for less, memory outside of the heap is not worth its making. */
  private static final int LARGE = 1 << 16;

  /** The file of these bytes. */
  public static BootFile of(byte[] bytes) {
    return new BootFile(bytes, outside(bytes), Sha256.hex(bytes));
  }

  /** A socket's write would copy all that is left of an array, for the little that it takes. */
  private static ByteBuffer outside(byte[] bytes) {
    ByteBuffer buffer =
        bytes.length < LARGE
            ? ByteBuffer.wrap(bytes)
            : ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    return buffer.asReadOnlyBuffer();
  }
}
