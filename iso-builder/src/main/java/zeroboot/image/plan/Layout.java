package zeroboot.image.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where every byte of an image lies, decided before anything is written. The extents cover the
 * image without gap and without overlap; {@code views} are second names for bytes that lie inside
 * an extent (the UEFI file inside the FAT file system, say).
 *
 * @param size of the image, in bytes
 * @param extents in ascending order, gapless from 0 to {@code size}
 * @param views each completely inside one extent
 */
public record Layout(long size, List<Extent> extents, List<Extent> views) {
  /** The name of bytes that nobody claimed. */
  public static final String PADDING = "padding";

  /** Checks that every byte has exactly one owner. A violation is a bug. */
  public Layout {
    extents = extents.stream().sorted(new ByOffset()).toList();
    views = List.copyOf(views);
    long at = 0;
    for (Extent extent : extents) {
      if (extent.offset() != at) {
        throw new IllegalStateException(
            extent
                + (extent.offset() < at ? " overlaps its predecessor" : " leaves a gap")
                + " at "
                + at);
      }
      at = extent.end();
    }
    if (at != size) {
      throw new IllegalStateException("extents end at " + at + ", the image at " + size);
    }
    for (Extent view : views) {
      if (extents.stream().noneMatch(extent -> extent.contains(view))) {
        throw new IllegalStateException(view + " lies in no extent");
      }
    }
  }

  /**
   * The parts that take most room, largest first. An extent that has second names inside is told by
   * those: a person knows the UEFI file, not the file system around it.
   */
  public List<Extent> largest(int count) {
    Stream<Extent> plain =
        extents.stream().filter(extent -> views.stream().noneMatch(extent::contains));
    return Stream.concat(plain, views.stream())
        .sorted(Comparator.comparingLong(Extent::length).reversed())
        .limit(count)
        .toList();
  }

  /** The first extent or view of this name. */
  public Optional<Extent> find(String name) {
    return Stream.concat(extents.stream(), views.stream())
        .filter(extent -> extent.name().equals(name))
        .findFirst();
  }

  /** This layout with further second names. */
  public Layout withViews(List<Extent> more) {
    return new Layout(size, extents, Stream.concat(views.stream(), more.stream()).toList());
  }

  /** Collects extents; names the holes. */
  public static final class Builder {
    private final List<Extent> extents = new ArrayList<>();
    private final List<Extent> views = new ArrayList<>();

    /** An extent that owns its bytes. */
    public Builder extent(String name, long offset, long length) {
      extents.add(new Extent(name, offset, length));
      return this;
    }

    /** Extents that own their bytes. */
    public Builder extents(List<Extent> more) {
      extents.addAll(more);
      return this;
    }

    /** A second name for bytes that an extent owns. */
    public Builder view(String name, long offset, long length) {
      views.add(new Extent(name, offset, length));
      return this;
    }

    /** The layout of an image of {@code size} bytes; space that nobody claimed is padding. */
    public Layout build(long size) {
      List<Extent> sorted = new ArrayList<>(extents);
      sorted.sort(new ByOffset());
      List<Extent> all = new ArrayList<>();
      long at = 0;
      for (Extent extent : sorted) {
        if (extent.offset() > at) {
          all.add(new Extent(PADDING, at, extent.offset() - at));
        }
        all.add(extent);
        at = Math.max(at, extent.end());
      }
      if (at < size) {
        all.add(new Extent(PADDING, at, size - at));
      }
      return new Layout(size, all, views);
    }
  }

  /**
   * The order on the medium. A class: what {@code Comparator.comparingLong} makes is made anew in
   * each run, as no archive of classes can hold it.
   */
  private static final class ByOffset implements Comparator<Extent> {
    @Override
    public int compare(Extent one, Extent other) {
      return Long.compare(one.offset(), other.offset());
    }
  }
}
