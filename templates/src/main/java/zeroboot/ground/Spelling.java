package zeroboot.ground;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guesses what somebody wanted to write. */
public final class Spelling {
  /** Further away a guess is none. */
  private static final int MAX_DISTANCE = 4;

  /** Many words begin with less. */
  private static final int LEAST_BEGINNING = 4;

  private Spelling() {}

  /** How to mend a word that is none of the known ones: what was meant, and all that there are. */
  public static String mend(String word, List<String> known) {
    String all = String.join(", ", known);
    return nearest(word, known)
        .map(near -> "did you mean " + near + "? There are " + all)
        .orElse("use one of " + all);
  }

  /** The shortest word that begins so; else the one that differs least, if any is near. */
  public static Optional<String> nearest(String word, List<String> known) {
    if (word.length() >= LEAST_BEGINNING) {
      Optional<String> longer =
          known.stream()
              .filter(candidate -> candidate.startsWith(word))
              .min(Comparator.comparingInt(String::length));
      if (longer.isPresent()) {
        return longer;
      }
    }
    String best = null;
    int least = Math.min(MAX_DISTANCE, Math.max(1, word.length() / 2)) + 1;
    String plain = word.length() > 64 ? "" : word.replace('_', '-');
    for (String candidate : known) {
      int distance = distance(plain, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's: insertions, deletions and replacements of single characters. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
