package zeroboot.trial;

import java.util.Optional;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Setting;

/**
 * What the screen has to show of an image.
 *
 * @param farmId in decimal; empty if the image asks a server
 * @param imageId empty if it is not known
 * @param vlan the tag that its network has to carry
 */
public record Expected(Optional<String> farmId, Optional<String> imageId, Optional<String> vlan) {
  /** Nothing is known of the image's script. */
  public static final Expected ANYTHING =
      new Expected(Optional.empty(), Optional.empty(), Optional.empty());

  /** What an image shows that was made for {@code spec}. */
  public static Expected of(BootSpec spec, String imageId) {
    return new Expected(
        spec.farmId().map(Object::toString),
        Optional.of(imageId),
        spec.settings().value(Setting.VLAN));
  }
}
