package zeroboot.image.fat;

import java.util.HashSet;
import java.util.Set;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.PartReader;
import zeroboot.image.bytes.SpecReader;

/**
 * Goes along one chain of clusters, reading no more of the FAT than it needs. A chain that leads
 * nowhere, or back to itself, ends in a clear {@link ZbootException}.
 */
final class FatChain {
  /** Of the FAT, read at once; a multiple of every link's size, so that none lies across. */
  private static final int WINDOW = 3 * 1024;

  private final PartReader volume;
  private final FatGeometry geometry;
  private final SpecReader errors;
  private final Set<Long> passed = new HashSet<>();
  private SpecReader window;
  private long windowOffset = -1;
  private long cluster;

  FatChain(PartReader volume, FatGeometry geometry, String what, long first) {
    this.volume = volume;
    this.geometry = geometry;
    errors = SpecReader.of(what, new byte[0]);
    window = errors;
    cluster = checked(first);
  }

  /** The cluster that it is at. */
  long cluster() {
    return cluster;
  }

  /** Goes to the next cluster; says whether there is one. */
  boolean next() {
    long link = link(cluster);
    if (geometry.type().isEnd(link)) {
      return false;
    }
    cluster = checked(link);
    return true;
  }

  /** The error of a chain that is not what it should be. */
  ZbootException damaged(String why) {
    return errors.damaged(why);
  }

  private long checked(long next) {
    errors.require(geometry.holds(next), "its cluster chain leads to " + next);
    errors.require(passed.add(next), "its cluster chain comes back to " + next);
    return next;
  }

  private long link(long of) {
    long offset = geometry.type().offsetOf(of);
    long base = offset / WINDOW * WINDOW;
    if (base != windowOffset) {
      window = SpecReader.of("FAT", volume.read(geometry.fatOffset() + base, WINDOW));
      windowOffset = base;
    }
    int width = geometry.type().width();
    return geometry.type().link(window.part("FAT", offset - base, width), of);
  }
}
