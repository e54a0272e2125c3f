package zeroboot.image.plan;

import java.util.Arrays;
import java.util.List;

/**
 * Where a boot code that lies in two parts on a medium goes on.
 *
 * @param at bytes before the gap; 0 if there is none
 * @param bytes that lie in between
 */
public record Gap(int at, long bytes) {
  /** All lies in one run. */
  public static final Gap NONE = new Gap(0, 0);

  /** Added to the name of what lies behind the gap. */
  public static final String PART_2 = ", part 2";

  /** Refuses negative numbers. */
  public Gap {
    if (at < 0 || bytes < 0) {
      throw new IllegalArgumentException("a gap of " + bytes + " bytes at " + at);
    }
  }

  /** Whether all lies in one run. A comparison of records would make classes at each start. */
  public boolean isNone() {
    return at == 0;
  }

  /** The gap of the part of this name in a layout, if it lies there in two parts. */
  public static Gap in(Layout layout, String name) {
    return layout
        .find(name)
        .flatMap(
            one ->
                layout
                    .find(name + PART_2)
                    .map(two -> new Gap((int) one.length(), two.offset() - one.end())))
        .orElse(NONE);
  }

  /** Where on the medium a byte lies of the boot code that begins at {@code offset}. */
  public long placeOf(int index, long offset) {
    return offset + index + (isNone() || index < at ? 0 : bytes);
  }

  /** The boot code of {@code size} bytes that begins at {@code offset} of a medium, in one run. */
  public byte[] join(byte[] medium, int offset, int size) {
    int first = first(size);
    byte[] code = Arrays.copyOfRange(medium, offset, offset + size);
    System.arraycopy(medium, (int) placeOf(first, offset), code, first, size - first);
    return code;
  }

  /** Puts a boot code, which is in one run, on a medium. */
  public void put(byte[] code, byte[] medium, int offset) {
    int first = first(code.length);
    System.arraycopy(code, 0, medium, offset, first);
    int rest = code.length - first;
    System.arraycopy(code, first, medium, (int) placeOf(first, offset), rest);
  }

  private int first(int size) {
    return isNone() ? size : Math.min(size, at);
  }

  /**
   * Where on the medium a part of the boot code lies.
   *
   * @param code where the boot code begins; only its offset is looked at
   * @param part where it would lie without the gap
   * @return one extent, or two if the gap is in it
   */
  public List<Extent> apart(Extent code, Extent part) {
    long split = code.offset() + at;
    if (isNone() || part.end() <= split) {
      return List.of(part);
    }
    if (part.offset() >= split) {
      return List.of(new Extent(part.name(), part.offset() + bytes, part.length()));
    }
    long first = split - part.offset();
    return List.of(
        new Extent(part.name(), part.offset(), first),
        new Extent(part.name() + PART_2, split + bytes, part.length() - first));
  }
}
