package zeroboot.cli;

import java.util.List;
import zeroboot.image.BootImage;
import zeroboot.image.Extent;

/**
 * A finished result, whatever its form.
 *
 * @param bytes not to be changed
 * @param layout what lies where; empty for a form without a layout
 */
record Made(byte[] bytes, List<Extent> layout) {
  /** A result that is an image. */
  static Made of(BootImage image) {
    return new Made(image.bytes(), image.layout().extents());
  }
}
