package zeroboot.medium;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import zeroboot.core.IpxeCore;
import zeroboot.image.Form;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.medium.Finding.Place;
import zeroboot.script.BootScript;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/**
 * A medium made anew.
 *
 * @param form its form; empty for a script alone
 * @param firmware what it boots
 * @param rack what it was made for
 * @param script what it runs
 * @param core its iPXE
 * @param bytes all of it; not to be changed
 * @param layout what lies where
 * @param score how near it comes to what was found: bytes that are the same, less those that are
 *     not
 */
record Remake(
    Optional<Form> form,
    TargetFirmware firmware,
    Rack rack,
    BootScript script,
    IpxeCore core,
    byte[] bytes,
    Layout layout,
    long score) {

  /** The first byte that differs; empty if none does. What follows the image is not looked at. */
  OptionalLong firstDifference(byte[] found) {
    int length = Math.min(bytes.length, found.length);
    int at = Arrays.mismatch(bytes, 0, length, found, 0, length);
    if (at >= 0) {
      return OptionalLong.of(at);
    }
    return found.length < bytes.length ? OptionalLong.of(length) : OptionalLong.empty();
  }

  /** Whether more of it is there than not. */
  boolean isNear() {
    return score > 0;
  }

  /**
   * Whether nothing else could come nearer: all but a few bytes are the same, and nothing follows
   * that a longer medium could have.
   */
  boolean isAlmostThere(byte[] found) {
    int few = bytes.length / 64;
    return score > bytes.length - few && found.length - bytes.length < few;
  }

  /** Whether all of it is at the beginning of what was found. */
  boolean isIn(byte[] found) {
    return firstDifference(found).isEmpty();
  }

  /** A byte, and what lies there. */
  Place place(long at) {
    return new Place(at, 1, region(at));
  }

  /** What lies at a byte: the smallest region that has it. */
  private String region(long at) {
    Extent here = new Extent("", at, 1);
    String name = "behind its end";
    long length = Long.MAX_VALUE;
    for (Extent extent : layout.extents()) {
      if (extent.contains(here)) {
        name = extent.name();
        length = extent.length();
      }
    }
    for (Extent view : layout.views()) {
      if (view.contains(here) && view.length() <= length) {
        name = view.name();
        length = view.length();
      }
    }
    return name;
  }
}
