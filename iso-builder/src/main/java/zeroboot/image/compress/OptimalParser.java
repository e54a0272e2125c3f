package zeroboot.image.compress;

import java.util.Arrays;

/**
 * Cuts a source into characters and pointers at the least cost: the shortest path from its first
 * byte to its end, where every character and every possible pointer is an edge.
 */
final class OptimalParser {
  private final byte[] source;
  private final Matches matches;

  /** Cost of the cheapest path to each offset, and its last token. */
  private final long[] cost;

  private final int[] token;

  OptimalParser(byte[] source, Matches matches) {
    this.source = source;
    this.matches = matches;
    cost = new long[source.length + 1];
    token = new int[source.length + 1];
  }

  /**
   * The cheapest tokens.
   *
   * @param plan which cost holds where
   */
  Tokens parse(BlockPlan plan) {
    Arrays.fill(cost, Long.MAX_VALUE);
    cost[0] = 0;
    for (int block = 0; block < plan.size(); block++) {
      CostModel model = plan.model(block);
      for (int at = plan.start(block); at < plan.start(block + 1); at++) {
        relaxCharacter(at, model);
        relaxPointers(at, model);
      }
    }
    return path();
  }

  private void relaxCharacter(int at, CostModel model) {
    int character = source[at] & 0xFF;
    long reached = cost[at] + model.chars()[character];
    if (reached < cost[at + 1]) {
      cost[at + 1] = reached;
      token[at + 1] = character;
    }
  }

  /** Every length from the longest match down, each with the cheapest match that reaches it. */
  private void relaxPointers(int at, CostModel model) {
    int first = matches.first(at);
    int match = matches.first(at + 1) - 1;
    int[] chars = model.chars();
    long cheapest = Long.MAX_VALUE;
    int position = 0;
    for (; match >= first; match--) {
      int candidate = matches.get(match);
      int candidatePosition = Tokens.position(candidate);
      long candidateCost =
          cost[at] + model.positions()[UefiFormat.positionSymbol(candidatePosition)];
      if (candidateCost <= cheapest) {
        cheapest = candidateCost;
        position = candidatePosition;
      }
      int shortest = match > first ? Tokens.length(matches.get(match - 1)) + 1 : 3;
      for (int length = Tokens.length(candidate); length >= shortest; length--) {
        long reached = cheapest + chars[UefiFormat.lengthSymbol(length)];
        if (reached < cost[at + length]) {
          cost[at + length] = reached;
          token[at + length] = Tokens.pointer(length, position);
        }
      }
    }
  }

  private Tokens path() {
    int count = 0;
    for (int at = source.length; at > 0; at -= Tokens.length(token[at])) {
      count++;
    }
    int[] path = new int[count];
    for (int at = source.length; at > 0; at -= Tokens.length(token[at])) {
      path[--count] = token[at];
    }
    return new Tokens(path);
  }
}
