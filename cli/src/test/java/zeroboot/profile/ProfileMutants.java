package zeroboot.profile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils profiles in ways that a YAML reader has to think about. */
final class ProfileMutants {
  private static final List<String> PIECES =
      List.of(
          ": ", "- ", "\n", "\n  ", "[", "]", "{", "}", "&a ", "*a", "!!int ", "? ", "|\n", ">-\n",
          "'", "\"", "#", "%", "---\n", "...\n", "\t", "\\x", "~", "1e999", "\u2028", "\0",
          "nodes: ", "<<: ", "mac: ", "\uFEFF");

  private ProfileMutants() {}

  static byte[] mutate(byte[] seed, Random random) {
    byte[] mutant = seed;
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      mutant = change(mutant, random);
    }
    return mutant;
  }

  private static byte[] change(byte[] from, Random random) {
    int at = random.nextInt(from.length + 1);
    int length = random.nextInt(Math.min(20, from.length - at) + 1);
    byte[] piece =
        switch (random.nextInt(4)) {
          case 0 -> new byte[0];
          case 1 -> new byte[] {(byte) random.nextInt(256)};
          case 2 -> Arrays.copyOfRange(from, at, at + length);
          default -> PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        };
    int end = random.nextBoolean() ? at : at + length;
    byte[] to = new byte[at + piece.length + from.length - end];
    System.arraycopy(from, 0, to, 0, at);
    System.arraycopy(piece, 0, to, at, piece.length);
    System.arraycopy(from, end, to, at + piece.length, from.length - end);
    return to;
  }
}
