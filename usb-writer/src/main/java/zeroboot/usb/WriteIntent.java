package zeroboot.usb;

import java.util.OptionalLong;

/**
 * What shall be written, and what its user has allowed.
 *
 * @param imageSize in bytes; unknown for a stream
 * @param mayUnmount what is mounted will be unmounted first
 * @param mayBeFixed a fixed disk is what the user wants
 */
public record WriteIntent(OptionalLong imageSize, boolean mayUnmount, boolean mayBeFixed) {
  /** Nothing known of the image, nothing allowed: the question behind {@code zboot devices}. */
  public static final WriteIntent NONE = new WriteIntent(OptionalLong.empty(), false, false);
}
