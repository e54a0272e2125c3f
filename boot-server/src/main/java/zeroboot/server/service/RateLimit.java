package zeroboot.server.service;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import zeroboot.server.net.AddressBlock;

/**
 * How often each client may ask (the generic cell rate algorithm, ITU-T I.371 annex A: one number
 * for each client). Of clients that are not there, as many as come: the longest unseen go.
 */
final class RateLimit {
  private static final int MOST_CLIENTS = 1 << 16;
  private static final long SECOND = 1_000_000_000L;

  private final long nanosOfOne;
  private final long nanosOfBurst;
  private final LongSupplier clock;

  /** When the client's next request would come, if it asked as evenly as it may. */
  private final Map<AddressBlock, Long> due =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressBlock, Long> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  /**
   * Nobody has asked yet.
   *
   * @param rate requests a second, in the long run; 0 for no limit
   * @param burst requests at once
   * @param clock in nanoseconds
   */
  RateLimit(double rate, int burst, LongSupplier clock) {
    nanosOfOne = rate == 0 ? 0 : (long) (SECOND / rate);
    nanosOfBurst = nanosOfOne * burst;
    this.clock = clock;
  }

  /** Whether the client may ask now; 0 if so, else for how many seconds it has to wait. */
  int secondsToWait(InetAddress client) {
    return nanosOfOne == 0 ? 0 : take(AddressBlock.ofClient(client), true);
  }

  /** The same without counting as a request. */
  int look(InetAddress client) {
    return nanosOfOne == 0 ? 0 : take(AddressBlock.ofClient(client), false);
  }

  private synchronized int take(AddressBlock client, boolean counts) {
    long now = clock.getAsLong();
    long at = Math.max(due.getOrDefault(client, now), now);
    long early = at + nanosOfOne - now - nanosOfBurst;
    if (early > 0) {
      return (int) Math.min(3600, early / SECOND + 1);
    }
    if (counts) {
      due.put(client, at + nanosOfOne);
    }
    return 0;
  }
}
