package zeroboot.image.compress;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Where the blocks of a compressed form begin: found by decoding it, kept to be spared that. Both
 * lists have one entry more than there are blocks, for the end of the last one.
 *
 * @param bits from the first bit of the first block
 * @param offsets in the source, in bytes
 */
public record BlockIndex(int[] bits, int[] offsets) {
  /** How many blocks there are. */
  int size() {
    return bits.length - 1;
  }

  /** All bits, then all offsets. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (bits.length + offsets.length));
    bytes.asIntBuffer().put(bits).put(offsets);
    return bytes.array();
  }

  /** The inverse of {@link #toBytes}. */
  public static BlockIndex of(byte[] bytes) {
    IntBuffer numbers = ByteBuffer.wrap(bytes).asIntBuffer();
    int[] all = new int[numbers.remaining()];
    numbers.get(all);
    return new BlockIndex(
        Arrays.copyOf(all, all.length / 2), Arrays.copyOfRange(all, all.length / 2, all.length));
  }
}
