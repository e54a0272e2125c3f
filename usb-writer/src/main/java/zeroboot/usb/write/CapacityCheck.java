package zeroboot.usb.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import zeroboot.usb.DeviceException;

/**
 * Finds a device that states more than it has. Such devices drop what lies beyond their memory, or
 * fold it back onto the start at some power of two. So every place that matters to either gets a
 * mark of its own: both sides of every power of two, and places spread over the whole. When all are
 * written, all must still be there. Afterwards what was there before is put back.
 *
 * <p>It is a test of some hundred places and not of every block; every block of the image is read
 * back later anyway.
 */
final class CapacityCheck {
  private static final int SMALLEST_BLOCK = 512;
  private static final int SPREAD = 128;
  private static final long SMALLEST_POWER = 1 << 20;
  private final Transfer transfer;
  private final String where;
  private final int block;

  CapacityCheck(Transfer transfer, String where) {
    this.transfer = transfer;
    this.where = where;
    this.block = Math.max(SMALLEST_BLOCK, transfer.device().blockSize());
  }

  /**
   * Runs the test.
   *
   * @throws DeviceException if a mark was lost
   */
  void run() throws IOException {
    Map<Long, byte[]> before = new TreeMap<>();
    for (long place : places()) {
      before.put(place, read(place));
    }
    long salt = System.nanoTime();
    // From the end to the start: what is folded back falls onto places that get their own mark
    // later, and is lost.
    List<Long> downwards = new TreeSet<>(before.keySet()).descendingSet().stream().toList();
    for (long place : downwards) {
      transfer.patch(place, mark(place, salt));
    }
    transfer.device().flush();
    transfer.device().dropCaches();
    for (long place : before.keySet()) {
      if (!Arrays.equals(mark(place, salt), read(place))) {
        throw lost(place);
      }
    }
    for (Map.Entry<Long, byte[]> old : before.entrySet()) {
      transfer.patch(old.getKey(), old.getValue());
    }
    transfer.device().flush();
  }

  private DeviceException lost(long place) {
    return DeviceException.io(
        where,
        "states "
            + transfer.device().size()
            + " bytes, but does not keep what is written at byte "
            + place
            + ": its capacity is a lie",
        "do not use it; if it is new, bring it back");
  }

  private Set<Long> places() {
    long blocks = transfer.device().size() / block;
    Set<Long> places = new TreeSet<>();
    places.add(0L);
    places.add((blocks - 1) * block);
    for (long i = 1; i < SPREAD; i++) {
      places.add(blocks * i / SPREAD * block);
    }
    for (long power = SMALLEST_POWER; power < blocks * block; power *= 2) {
      places.add(power - block);
      places.add(power);
      // What is folded at this power falls onto a place of the lower half.
      for (long place : new long[] {(blocks - 1) * block, power}) {
        places.add(place % power / block * block);
      }
    }
    return places;
  }

  private byte[] mark(long place, long salt) {
    ByteBuffer mark = ByteBuffer.allocate(block);
    while (mark.remaining() >= 2 * Long.BYTES) {
      mark.putLong(place).putLong(salt ^ place * 0x9E3779B97F4A7C15L);
    }
    return mark.array();
  }

  private byte[] read(long place) throws IOException {
    ByteBuffer buffer = transfer.device().buffer(block);
    transfer.read(buffer, place);
    byte[] bytes = new byte[block];
    buffer.rewind().get(bytes);
    return bytes;
  }
}
