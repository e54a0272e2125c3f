package zeroboot.reach;

import java.time.Duration;

/**
 * How far a check goes.
 *
 * @param connect how long a connection may take to come up
 * @param read how long a server may stay silent
 * @param largest of a file that is fetched whole, in bytes
 */
public record Limits(Duration connect, Duration read, int largest) {
  /** Patient enough for a slow line; a kernel with its first file system has a tenth of this. */
  public static final Limits USUAL =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), 512 << 20);
}
