package zeroboot.image.compress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Where blocks start in the source, and what symbols are expected to cost in each.
 *
 * @param starts source offsets, ascending; the last one is the end of the source
 * @param models one per block
 */
record BlockPlan(int[] starts, List<CostModel> models) {
  /** One block with the initial guess. */
  static BlockPlan initial(int sourceLength) {
    return new BlockPlan(new int[] {0, sourceLength}, List.of(CostModel.initial()));
  }

  /** The same blocks again, with costs learnt from the tokens they got this time. */
  static BlockPlan of(Blocks blocks, Function<Histogram, CostModel> costs) {
    int[] ends = blocks.ends();
    int[] starts = new int[ends.length + 1];
    List<CostModel> models = new ArrayList<>();
    int token = 0;
    int offset = 0;
    for (int block = 0; block < ends.length; block++) {
      models.add(costs.apply(Histogram.of(blocks.tokens(), token, ends[block])));
      for (; token < ends[block]; token++) {
        offset += Tokens.length(blocks.tokens().get(token));
      }
      starts[block + 1] = offset;
    }
    return new BlockPlan(starts, models);
  }

  int size() {
    return models.size();
  }

  int start(int block) {
    return starts[block];
  }

  CostModel model(int block) {
    return models.get(block);
  }

  /** Divides tokens parsed by this plan at its blocks: a pointer belongs where it begins. */
  Blocks divide(Tokens tokens) {
    int[] ends = new int[size() + tokens.size() / UefiFormat.MAX_BLOCK_TOKENS + 1];
    int count = 0;
    int begin = 0;
    int offset = 0;
    int block = 0;
    for (int token = 0; token < tokens.size(); token++) {
      boolean passed = offset >= starts[block + 1];
      while (offset >= starts[block + 1]) {
        block++; // more than one step where a pointer covers a whole block
      }
      if ((passed && token > begin) || token - begin == UefiFormat.MAX_BLOCK_TOKENS) {
        ends[count++] = token;
        begin = token;
      }
      offset += Tokens.length(tokens.get(token));
    }
    if (tokens.size() > begin) {
      ends[count++] = tokens.size();
    }
    return new Blocks(tokens, Arrays.copyOf(ends, count));
  }
}
