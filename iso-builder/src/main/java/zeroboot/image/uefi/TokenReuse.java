package zeroboot.image.uefi;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Takes the tokens of one source over to another that is nearly the same. */
final class TokenReuse {
  private TokenReuse() {}

  /**
   * Tokens for {@code source}, in the blocks of {@code known}. A pointer that no longer holds
   * becomes characters; what {@code source} has beyond the end of the other one is parsed afresh.
   */
  static Blocks adapt(Blocks known, byte[] source) {
    Tokens tokens = new Tokens(known.tokens().size() + 1024);
    int[] ends = new int[known.ends().length];
    int at = 0;
    int token = 0;
    for (int block = 0; block < ends.length; block++) {
      for (; token < known.ends()[block] && at < source.length; token++) {
        at += take(known.tokens().get(token), source, at, tokens);
      }
      ends[block] = tokens.size();
    }
    return withTail(source, at, tokens, ends);
  }

  /** Adds what stands for the next bytes of {@code source}; returns how many. */
  private static int take(int token, byte[] source, int at, Tokens tokens) {
    int length = Math.min(Tokens.length(token), source.length - at);
    if (length == Tokens.length(token) && holds(token, source, at)) {
      tokens.add(token);
    } else {
      addCharacters(tokens, source, at, length);
    }
    return length;
  }

  private static boolean holds(int token, byte[] source, int at) {
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

  private static void addCharacters(Tokens tokens, byte[] source, int at, int count) {
    for (int i = at; i < at + count; i++) {
      tokens.add(source[i] & 0xFF);
    }
  }

  private static Blocks withTail(byte[] source, int at, Tokens tokens, int[] ends) {
    byte[] rest = Arrays.copyOfRange(source, at, source.length);
    Blocks tail = UefiCompressor.parse(rest, Effort.FAST);
    int[] all = Arrays.copyOf(ends, ends.length + tail.ends().length);
    for (int block = 0; block < tail.ends().length; block++) {
      all[ends.length + block] = tokens.size() + tail.ends()[block];
    }
    for (int i = 0; i < tail.tokens().size(); i++) {
      tokens.add(tail.tokens().get(i));
    }
    return new Blocks(tokens, withinLimit(all));
  }

  /** Without blocks that became empty, and with those divided that became too long. */
  private static int[] withinLimit(int[] ends) {
    IntStream.Builder result = IntStream.builder();
    int from = 0;
    for (int end : ends) {
      for (; end - from > UefiFormat.MAX_BLOCK_TOKENS; from += UefiFormat.MAX_BLOCK_TOKENS) {
        result.add(from + UefiFormat.MAX_BLOCK_TOKENS);
      }
      if (end > from) {
        result.add(end);
      }
      from = end;
    }
    return result.build().toArray();
  }
}
