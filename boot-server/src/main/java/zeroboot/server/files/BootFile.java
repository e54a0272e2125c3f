package zeroboot.server.files;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
    try {
      return new BootFile(
          bytes,
          outside(bytes),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
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
