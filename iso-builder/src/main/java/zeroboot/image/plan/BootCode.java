package zeroboot.image.plan;

import java.util.ArrayList;
import java.util.List;

/** What one firmware starts: our own code with iPXE and the script behind it. */
public interface BootCode {
  /** As a file of its own; not to be changed. */
  byte[] file();

  /** What lies where in that. */
  Layout layout();

  /** What lies where in it, when it lies at {@code place} of an image, in one run. */
  default List<Extent> views(Extent place) {
    return views(place, Gap.NONE);
  }

  /**
   * What lies where in it, when it begins at {@code place} of an image and goes on behind a gap.
   */
  default List<Extent> views(Extent place, Gap gap) {
    List<Extent> views = new ArrayList<>();
    for (Extent extent : layout().extents()) {
      if (!extent.name().equals(Layout.PADDING)) {
        views.addAll(gap.apart(place, extent.within(place)));
      }
    }
    return views;
  }
}
