package zeroboot.image.compress;

/**
 * One block: the Huffman codes that fit a run of tokens best, and how to write them (UEFI
 * specification section 19.2.3).
 *
 * @param tokenCount Block Size, 1 to 65535
 * @param chars code of the Char&amp;Len Set
 * @param positions code of the Position Set
 */
record Block(int tokenCount, HuffmanCode chars, HuffmanCode positions) {
  /** No code length is followed by how many zeros come. */
  private static final int NO_ZERO_COUNT = -1;

  static Block of(int tokenCount, Histogram histogram) {
    return new Block(
        tokenCount, HuffmanCode.of(histogram.chars), HuffmanCode.of(histogram.positions));
  }

  /** Section 19.2.3.2, Block Body. */
  void putBody(BitWriter out, Tokens tokens, int from) {
    for (int i = from; i < from + tokenCount; i++) {
      int token = tokens.get(i);
      if (Tokens.isPointer(token)) {
        chars.put(out, UefiFormat.lengthSymbol(Tokens.length(token)));
        int position = Tokens.position(token);
        int symbol = UefiFormat.positionSymbol(position);
        positions.put(out, symbol);
        out.put(position, UefiFormat.positionExtraBits(symbol));
      } else {
        chars.put(out, token);
      }
    }
  }

  /** Section 19.2.3.1, Block Header. */
  void putHeader(BitWriter out) {
    out.put(tokenCount, UefiFormat.BLOCK_SIZE_BITS);
    if (chars.only() >= 0) {
      putOnly(out, 0, UefiFormat.EXTRA_COUNT_BITS); // no lengths to encode, so no Extra Set
      putOnly(out, chars.only(), UefiFormat.CHAR_COUNT_BITS);
    } else {
      putCharLengths(out);
    }
    putLengths(out, positions, UefiFormat.POSITION_COUNT_BITS, NO_ZERO_COUNT);
  }

  private void putCharLengths(BitWriter out) {
    int[] frequencies = new int[UefiFormat.EXTRA_SYMBOLS];
    runs((symbol, value, width) -> frequencies[symbol]++);
    HuffmanCode extra = HuffmanCode.of(frequencies);
    putLengths(out, extra, UefiFormat.EXTRA_COUNT_BITS, UefiFormat.ZERO_COUNT_AFTER);
    out.put(chars.usedLength(), UefiFormat.CHAR_COUNT_BITS);
    runs(
        (symbol, value, width) -> {
          extra.put(out, symbol);
          out.put(value, width);
        });
  }

  /** One symbol of the Extra Set with the bits that follow it. */
  private interface RunSink {
    void accept(int symbol, int value, int width);
  }

  private void runs(RunSink sink) {
    int[] lengths = chars.lengths();
    int end = chars.usedLength();
    int i = 0;
    while (i < end) {
      if (lengths[i] > 0) {
        sink.accept(lengths[i] + UefiFormat.LENGTH_BIAS, 0, 0);
        i++;
      } else {
        int run = 1; // ends before `end`: the last length is not zero
        while (lengths[i + run] == 0) {
          run++;
        }
        zeroRun(run, sink);
        i += run;
      }
    }
  }

  private static void zeroRun(int run, RunSink sink) {
    if (run >= 20) {
      sink.accept(UefiFormat.ZEROS_FROM_20, run - 20, UefiFormat.CHAR_COUNT_BITS);
    } else if (run == 19) { // neither of the two longer forms has 19
      sink.accept(UefiFormat.ONE_ZERO, 0, 0);
      sink.accept(UefiFormat.ZEROS_FROM_3, 15, 4);
    } else if (run >= 3) {
      sink.accept(UefiFormat.ZEROS_FROM_3, run - 3, 4);
    } else {
      for (int i = 0; i < run; i++) {
        sink.accept(UefiFormat.ONE_ZERO, 0, 0);
      }
    }
  }

  private static void putOnly(BitWriter out, int symbol, int countBits) {
    out.put(0, countBits);
    out.put(symbol, countBits);
  }

  private static void putLengths(BitWriter out, HuffmanCode code, int countBits, int zerosAfter) {
    if (code.only() >= 0) {
      putOnly(out, code.only(), countBits);
      return;
    }
    int[] lengths = code.lengths();
    int end = code.usedLength();
    out.put(end, countBits);
    int i = 0;
    while (i < end) {
      putLength(out, lengths[i++]);
      if (i == zerosAfter) {
        int zeros = 0;
        while (zeros < 3 && i < end && lengths[i] == 0) {
          zeros++;
          i++;
        }
        out.put(zeros, 2);
      }
    }
  }

  /** Up to 6 in three bits; from 7 on {@code length - 4} ones and a zero. */
  private static void putLength(BitWriter out, int length) {
    if (length < 7) {
      out.put(length, 3);
    } else {
      out.put((1 << (length - 3)) - 2, length - 3);
    }
  }
}
