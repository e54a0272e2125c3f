package zeroboot.image.read;

import java.util.ArrayList;
import java.util.List;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;

/**
 * Collects what says of itself that it lies somewhere. Unlike the layout of an image that is being
 * made, these claims may contradict each other or reach outside; the first one counts then.
 */
final class Claims {
  private final List<Extent> extents = new ArrayList<>();
  private final List<Extent> views = new ArrayList<>();
  private final long size;

  /** Claims on an image of {@code size} bytes. */
  Claims(long size) {
    this.size = size;
  }

  void extent(String name, long offset, long length) {
    extent(new Extent(name, offset, length));
  }

  void extent(Extent claim) {
    boolean free =
        extents.stream().noneMatch(e -> e.offset() < claim.end() && claim.offset() < e.end());
    if (free && claim.length() > 0 && claim.end() <= size) {
      extents.add(claim);
    }
  }

  void views(List<Extent> more) {
    views.addAll(more);
  }

  Layout layout() {
    Layout.Builder builder = new Layout.Builder().extents(extents);
    views.stream()
        .filter(view -> extents.stream().anyMatch(extent -> extent.contains(view)))
        .forEach(view -> builder.view(view.name(), view.offset(), view.length()));
    return builder.build(size);
  }
}
