package zeroboot.medium;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.script.BootScripts;
import zeroboot.script.ScriptSettings;

/**
 * Undoes the change of one character in a script. The image ID is a checksum over all of it, so the
 * right character is known when it is found. That tells which byte is wrong where the text has no
 * second copy to compare with.
 */
final class ScriptRepair {
  /** One of them is what a bit that fell over makes of a character. */
  private static final String BITS = "\1\2\4\10\20\40\100\200";

  private static final String LIKELY =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \n_-./:=$\"'{}";

  /** Characters that are hashed at most, all tries together. */
  private static final long BUDGET = 400_000_000;

  private ScriptRepair() {}

  /** The script as it was; empty if no one character makes it right. */
  static Optional<String> of(String text, IpxeCore core) {
    String stated;
    try {
      stated = ScriptSettings.read("script", text).imageId();
    } catch (ZbootException e) {
      return Optional.empty();
    }
    Tries tries = new Tries(text, stated, core);
    return tries
        .with(was -> BITS.chars().map(bit -> was ^ bit))
        .or(() -> tries.with(was -> LIKELY.chars()));
  }

  /** Tries at one text. */
  private static final class Tries {
    private final String text;
    private final String stated;
    private final IpxeCore core;
    private final String stages;
    private final int end;
    private long left = BUDGET;

    Tries(String text, String stated, IpxeCore core) {
      this.text = text;
      this.stated = stated;
      this.core = core;
      stages = BootScripts.stages(core);
      end = endOfSettings(text);
    }

    Optional<String> with(IntFunction<IntStream> others) {
      StringBuilder tried = new StringBuilder(text);
      for (int at = 0; at < end; at++) {
        char was = text.charAt(at);
        for (int other : others.apply(was).toArray()) {
          tried.setCharAt(at, (char) other);
          left -= text.length();
          if (left < 0) {
            return Optional.empty();
          }
          String id = BootScripts.imageId(tried.toString(), core::sha256, stages).shown();
          if (id.equals(stated)) {
            return Optional.of(tried.toString());
          }
        }
        tried.setCharAt(at, was);
      }
      return Optional.empty();
    }
  }

  /** Everything behind the settings is the same in every script, and need not be guessed. */
  private static int endOfSettings(String text) {
    int end = text.indexOf("\niseq ");
    return end < 0 ? text.length() : end;
  }
}
