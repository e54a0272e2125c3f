import java.util.List;

/**
 * What many runs of one thing took, in milliseconds.
 *
 * @param wall the median of the time that passed
 * @param low the lower quartile of it
 * @param high the upper quartile of it
 * @param cpu the median of the processor time that was used, by children too; NaN if unknown
 */
record Measure(double wall, double low, double high, double cpu) {

  /** One run. */
  record Sample(double wall, double cpu) {
    Sample plus(Sample other) {
      return new Sample(wall + other.wall, cpu + other.cpu);
    }
  }

  static Measure of(List<Sample> samples) {
    double[] wall = samples.stream().mapToDouble(Sample::wall).sorted().toArray();
    double[] cpu = samples.stream().mapToDouble(Sample::cpu).sorted().toArray();
    return new Measure(at(wall, 0.5), at(wall, 0.25), at(wall, 0.75), at(cpu, 0.5));
  }

  /** The value below which this part of the sorted ones lies, between two of them if need be. */
  private static double at(double[] sorted, double part) {
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
