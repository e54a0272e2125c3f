package zeroboot.usb.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import zeroboot.usb.BlockReader;

/**
 * What a ZFS label says of its pool: a list of names and values, XDR encoded (RFC 4506).
 *
 * @param isReleased whether it was exported or destroyed, so that nobody has it open
 */
public record ZfsPool(String name, boolean isReleased) {
  static final int LIST_OFFSET = 16 << 10;
  static final int LIST_LENGTH = 8 << 10;

  private static final int UINT64 = 8; // OpenZFS's nvpair.h, DATA_TYPE_UINT64
  private static final int STRING = 9; // DATA_TYPE_STRING
  private static final long EXPORTED = 1; // OpenZFS's fs/zfs.h, POOL_STATE_EXPORTED
  private static final long DESTROYED = 2; // POOL_STATE_DESTROYED

  /** The pools that the labels of a disk or partition name; labels may contradict each other. */
  public static List<ZfsPool> on(BlockReader disk, int blockSize) throws IOException {
    Set<ZfsPool> pools = new LinkedHashSet<>();
    for (FoundMark found : Probe.signatures(disk, blockSize)) {
      if (found.name().equals("ZFS")) {
        pools.add(of(disk.read(found.offset() + LIST_OFFSET, LIST_LENGTH)));
      }
    }
    return List.copyOf(pools);
  }

  /** A label's list; a name that is not there is empty. */
  static ZfsPool of(byte[] list) {
    ByteBuffer name = value(list, "name", STRING);
    String text = "";
    if (name.remaining() >= 4) {
      int length = name.getInt();
      if (length >= 0 && length <= name.remaining()) {
        byte[] bytes = new byte[length];
        name.get(bytes);
        text = Probe.printable(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    ByteBuffer state = value(list, "state", UINT64);
    long number = state.remaining() >= 8 ? state.getLong() : 0;
    return new ZfsPool(text, number == EXPORTED || number == DESTROYED);
  }

  /** What stands behind a name: its length, itself up to a multiple of 4, the type, one element. */
  private static ByteBuffer value(byte[] list, String name, int type) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer head = ByteBuffer.allocate(4 + (text.length + 3) / 4 * 4 + 8);
    head.putInt(text.length).put(text).position(head.capacity() - 8);
    head.putInt(type).putInt(1).flip();
    for (int i = 0; i + head.remaining() <= list.length; i += 4) {
      if (ByteBuffer.wrap(list, i, head.remaining()).equals(head)) {
        int from = i + head.remaining();
        return ByteBuffer.wrap(list, from, list.length - from);
      }
    }
    return ByteBuffer.allocate(0);
  }
}
