package zeroboot.image.compress;

/** How much work goes into a smaller result. Either way the same input gives the same bytes. */
public enum Effort {
  /** A quarter of the time, and one per cent more bytes. */
  FAST(16, 1, 0),
  /** For what is compressed once and used often: about two seconds per megabyte. */
  BEST(8192, 4, 2);

  /** How many earlier strings the match finder looks at for each byte. */
  final int depth;

  /** Parses with costs learnt from the one before; block ends are found anew after each. */
  final int rounds;

  /** Parses after that, with the costs of the real codes and fixed block ends. */
  final int finishingRounds;

  Effort(int depth, int rounds, int finishingRounds) {
    this.depth = depth;
    this.rounds = rounds;
    this.finishingRounds = finishingRounds;
  }
}
