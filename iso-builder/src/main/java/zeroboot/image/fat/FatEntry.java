package zeroboot.image.fat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import zeroboot.image.bytes.PartReader;
import zeroboot.image.plan.Extent;

/** A file or folder that was found in a volume; its bytes are read when they are asked for. */
public final class FatEntry {
  private final PartReader volume;
  private final FatGeometry geometry;
  private final String name;
  private final long firstCluster;
  private final long size;

  FatEntry(PartReader volume, FatGeometry geometry, String name, long firstCluster, long size) {
    this.volume = volume;
    this.geometry = geometry;
    this.name = name;
    this.firstCluster = firstCluster;
    this.size = size;
  }

  /** As it was asked for. */
  public String name() {
    return name;
  }

  /** In bytes, as its directory says; 0 for a folder. */
  public long size() {
    return size;
  }

  long firstCluster() {
    return firstCluster;
  }

  /**
   * Where its first {@code count} bytes lie, from the start of the volume; clusters that follow
   * each other are one piece.
   *
   * @throws zeroboot.ground.ZbootException (settings) if its chain of clusters is broken
   */
  public List<Extent> pieces(int count) {
    List<Extent> pieces = new ArrayList<>();
    long left = Math.min(count, size);
    if (left == 0) {
      return pieces;
    }
    FatChain chain = new FatChain(volume, geometry, name, firstCluster);
    boolean more = true;
    while (more) {
      long length = Math.min(left, geometry.clusterBytes());
      append(pieces, geometry.offsetOf(chain.cluster()), length);
      left -= length;
      more = left > 0 && chain.next();
    }
    if (left > 0) {
      throw chain.damaged("its cluster chain ends " + left + " bytes too early");
    }
    return pieces;
  }

  private void append(List<Extent> pieces, long offset, long length) {
    int last = pieces.size() - 1;
    if (last >= 0 && pieces.get(last).end() == offset) {
      Extent before = pieces.get(last);
      pieces.set(last, new Extent(name, before.offset(), before.length() + length));
    } else {
      pieces.add(new Extent(name, offset, length));
    }
  }

  /**
   * Its first {@code count} bytes, or all.
   *
   * @throws zeroboot.ground.ZbootException (settings) if they are not all there
   */
  public byte[] read(int count) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (Extent piece : pieces(count)) {
      int length = Math.toIntExact(piece.length());
      content.writeBytes(volume.part(name, piece.offset(), length).bytes(0, length));
    }
    return content.toByteArray();
  }
}
