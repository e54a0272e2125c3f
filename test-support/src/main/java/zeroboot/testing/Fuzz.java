package zeroboot.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Feeds a reader with hostile input: mutations of good ones, and noise. In the ordinary test run it
 * does so many rounds, the same each time; with {@code -Dzboot.fuzz.seconds=N} it goes on for that
 * long, from {@code -Dzboot.fuzz.seed}, see {@code tools/fuzz}.
 */
public final class Fuzz {
  private static final Duration SLOW = Duration.ofSeconds(5);
  private static final int[] EDGES = {0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0xFFFF};
  private static final long[] WIDE_EDGES = {0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL, 0x10_0000L};

  private final String name;
  private final int rounds;

  /** A reader under trial: it may refuse its input as it should, and do nothing else. */
  @FunctionalInterface
  public interface Reader {
    /** Reads; throws what is not a clean refusal. */
    void read(byte[] input);
  }

  /**
   * A good input.
   *
   * @param bytes the input
   * @param spots offsets worth changing: where structures begin
   */
  public record Seed(byte[] bytes, List<Integer> spots) {}

  /** Changes an input further, so that it passes the first checks: a checksum that fits again. */
  @FunctionalInterface
  public interface Repair {
    /** Repairs in place. */
    void apply(byte[] input);
  }

  /** Makes hostile input. */
  @FunctionalInterface
  public interface Source {
    /** The next input; the same for the same random numbers. */
    byte[] next(Random random);
  }

  private Fuzz(String name, int rounds) {
    this.name = name;
    this.rounds = rounds;
  }

  /** A trial that does so many rounds in the ordinary test run. */
  public static Fuzz of(String name, int rounds) {
    return new Fuzz(name, rounds);
  }

  /** Tries {@code reader}; input that it fails on is kept in {@code target/}. */
  public void run(List<Seed> seeds, Repair repair, Reader reader) {
    run(
        random -> {
          byte[] input = input(seeds, random);
          if (random.nextBoolean()) {
            repair.apply(input);
          }
          return input;
        },
        reader);
  }

  /** The same with input from elsewhere. */
  public void run(Source source, Reader reader) {
    long seconds = Long.getLong("zboot.fuzz.seconds", 0);
    long start = Long.getLong("zboot.fuzz.seed", 1);
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    long round = 0;
    for (; seconds > 0 ? System.nanoTime() < deadline : round < rounds; round++) {
      Random random = new Random(start * 1_000_003 + round);
      tryOne(reader, source.next(random), "seed " + start + ", round " + round);
    }
    System.out.println(name + ": " + round + " inputs, from seed " + start);
  }

  private void tryOne(Reader reader, byte[] input, String which) {
    long begin = processorTime();
    try {
      reader.read(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(name + " fails (" + which + "), see " + keep(input), e);
    }
    Duration taken = Duration.ofNanos(processorTime() - begin);
    if (taken.compareTo(SLOW) > 0) {
      throw new AssertionError(name + " takes " + taken + " (" + which + "), see " + keep(input));
    }
  }

  /** Of this thread: what else the machine has to do does not count. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private Path keep(byte[] input) {
    try {
      return Files.write(Path.of("target", "fuzz-" + name + ".bin"), input);
    } catch (IOException e) {
      throw new AssertionError("cannot keep the input", e);
    }
  }

  private static byte[] input(List<Seed> seeds, Random random) {
    if (random.nextInt(20) == 0) {
      byte[] noise = new byte[random.nextInt(random.nextBoolean() ? 100 : 100_000)];
      random.nextBytes(noise);
      return noise;
    }
    Seed seed = seeds.get(random.nextInt(seeds.size()));
    byte[] input = seed.bytes().clone();
    for (int i = random.nextInt(4); i >= 0 && input.length > 0; i--) {
      input = mutate(input, seed, seeds, random);
    }
    return input;
  }

  private static byte[] mutate(byte[] input, Seed seed, List<Seed> seeds, Random random) {
    int at = place(input, seed, random);
    int length = Math.min(input.length - at, 1 + random.nextInt(random.nextBoolean() ? 8 : 4096));
    switch (random.nextInt(8)) {
      case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> input[at] = (byte) random.nextInt();
      case 2 -> little(input, at, 2, EDGES[random.nextInt(EDGES.length)]);
      case 3 -> little(input, at, 4, WIDE_EDGES[random.nextInt(WIDE_EDGES.length)]);
      case 4 -> Arrays.fill(input, at, at + length, (byte) 0);
      case 5 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size())).bytes();
        int from = random.nextInt(Math.max(1, other.length));
        System.arraycopy(other, from, input, at, Math.min(length, other.length - from));
      }
      case 6 -> {
        int from = random.nextInt(input.length - length + 1);
        System.arraycopy(input, from, input, at, length);
      }
      default -> {
        return Arrays.copyOf(input, random.nextInt(3) == 0 ? at : input.length);
      }
    }
    return input;
  }

  private static int place(byte[] input, Seed seed, Random random) {
    if (seed.spots().isEmpty() || random.nextInt(4) == 0) {
      return random.nextInt(input.length);
    }
    int spot = seed.spots().get(random.nextInt(seed.spots().size()));
    return Math.min(input.length - 1, spot + random.nextInt(random.nextBoolean() ? 64 : 600));
  }

  private static void little(byte[] input, int at, int count, long value) {
    for (int i = 0; i < count && at + i < input.length; i++) {
      input[at + i] = (byte) (value >>> (8 * i));
    }
  }
}
