package zeroboot.ground;

/** Whole units: blocks, sectors, pages. Neither value nor unit is below zero. */
public final class Units {
  /** Bytes of a sector, wherever a structure counts sectors; those of a device may be larger. */
  public static final int SECTOR = 512;

  private Units() {}

  /** So many units hold {@code value}. */
  public static long count(long value, long unit) {
    return (value + unit - 1) / unit;
  }

  /** So many units hold {@code value}. */
  public static int count(int value, int unit) {
    return Math.toIntExact(count((long) value, unit));
  }

  /** {@code value}, or the next multiple of {@code unit} above it. */
  public static long roundUp(long value, long unit) {
    return count(value, unit) * unit;
  }

  /** {@code value}, or the next multiple of {@code unit} above it. */
  public static int roundUp(int value, int unit) {
    return Math.toIntExact(roundUp((long) value, unit));
  }
}
