package zeroboot.image;

import zeroboot.image.plan.Layout;

/**
 * A finished image.
 *
 * @param bytes the whole image; not to be changed
 * @param layout what lies where
 */
public record BootImage(byte[] bytes, Layout layout) {
  /** Refuses a layout of another image. */
  public BootImage {
    if (bytes.length != layout.size()) {
      throw new IllegalArgumentException(
          bytes.length + " bytes do not fit a layout of " + layout.size());
    }
  }
}
