package zeroboot.cli.make;

import java.util.Optional;
import zeroboot.image.BootImage;
import zeroboot.image.plan.Layout;
import zeroboot.spec.TargetFirmware;

/**
 * A finished result, whatever its form.
 *
 * @param bytes not to be changed
 * @param layout what lies where
 * @param firmware what boots it; empty for a script, which iPXE runs
 */
record Made(byte[] bytes, Layout layout, Optional<TargetFirmware> firmware) {
  /** A result that is an image. */
  static Made of(BootImage image, TargetFirmware firmware) {
    return new Made(image.bytes(), image.layout(), Optional.of(firmware));
  }

  /** A result that is a script. */
  static Made script(byte[] bytes) {
    Layout layout = new Layout.Builder().extent("script", 0, bytes.length).build(bytes.length);
    return new Made(bytes, layout, Optional.empty());
  }
}
