package zeroboot.image.compress;

/** Binary logarithms that are the same on every machine: {@link Math#log} need not be. */
final class Log2 {
  private static final double LN_2 = StrictMath.log(2);

  private Log2() {}

  static double of(double x) {
    return StrictMath.log(x) / LN_2;
  }
}
