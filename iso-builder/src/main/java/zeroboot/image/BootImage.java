package zeroboot.image;

import zeroboot.image.plan.Layout;
import zeroboot.image.plan.SizeCap;

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

  /**
   * A finished image within the limit.
   *
   * @throws zeroboot.ground.ZbootException if it is larger than {@link SizeCap#BYTES}
   */
  static BootImage within(byte[] bytes, Layout layout) {
    SizeCap.check(layout);
    return new BootImage(bytes, layout);
  }
}
