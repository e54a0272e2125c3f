package zeroboot.image.compress;

import java.util.Arrays;
import java.util.stream.IntStream;
import zeroboot.ground.Units;

/**
 * Compresses a source by the compressed form of another that is nearly the same. Blocks that hold
 * for both are copied bit by bit. In others, a pointer that no longer holds becomes characters;
 * what the source has beyond the end of the other one is parsed afresh.
 */
final class TokenReuse {
  private final Compressed like;
  private final byte[] source;

  private TokenReuse(Compressed like, byte[] source) {
    this.like = like;
    this.source = source;
  }

  /** Writes all blocks for {@code source}. */
  static void put(BitWriter out, byte[] source, Compressed like) {
    new TokenReuse(like, source).put(out);
  }

  private void put(BitWriter out) {
    int[] offsets = like.index().offsets();
    for (int block = 0; block < like.index().size() && offsets[block] < source.length; block++) {
      if (like.holds(block, source)) {
        like.copy(block, out);
      } else {
        adapted(like.tokens(block), offsets[block]).put(out);
      }
    }
    int known = Math.min(like.original().length, source.length);
    byte[] tail = Arrays.copyOfRange(source, known, source.length);
    UefiCompressor.parse(tail, Effort.FAST).put(out);
  }

  private Blocks adapted(Tokens known, int start) {
    Tokens tokens = new Tokens(known.size() + 1024);
    int at = start;
    for (int i = 0; i < known.size() && at < source.length; i++) {
      at += take(known.get(i), at, tokens);
    }
    return new Blocks(tokens, ends(tokens.size()));
  }

  /** Adds what stands for the next bytes of the source; returns how many. */
  private int take(int token, int at, Tokens tokens) {
    int length = Math.min(Tokens.length(token), source.length - at);
    if (length == Tokens.length(token) && holds(token, at)) {
      tokens.add(token);
    } else {
      for (int i = at; i < at + length; i++) {
        tokens.add(source[i] & 0xFF);
      }
    }
    return length;
  }

  private boolean holds(int token, int at) {
    if (!Tokens.isPointer(token)) {
      return token == (source[at] & 0xFF);
    }
    int from = at - Tokens.position(token) - 1;
    for (int i = 0; i < Tokens.length(token); i++) {
      if (source[from + i] != source[at + i]) {
        return false;
      }
    }
    return true;
  }

  /** A block that became too long is divided. */
  private static int[] ends(int tokens) {
    int blocks = Units.count(tokens, UefiFormat.MAX_BLOCK_TOKENS);
    return IntStream.rangeClosed(1, blocks)
        .map(block -> Math.min(tokens, block * UefiFormat.MAX_BLOCK_TOKENS))
        .toArray();
  }
}
