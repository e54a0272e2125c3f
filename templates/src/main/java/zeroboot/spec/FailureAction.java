package zeroboot.spec;

import java.util.Arrays;
import java.util.Locale;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/** What a node does when it could not start its kernel, after it has shown why. */
public enum FailureAction {
  /** Restart and try again: right for a machine that nobody watches. */
  REBOOT,
  /** Open the iPXE command line, for somebody who looks for the cause. */
  SHELL,
  /** Switch the machine off. */
  POWEROFF;

  /** Reads one of the names, in any case. */
  public static FailureAction parse(String text) {
    for (FailureAction action : values()) {
      if (action.shown().equals(text.toLowerCase(Locale.ROOT))) {
        return action;
      }
    }
    throw ZbootException.settings(
        "on-failure '" + text + "'",
        "there is no such action",
        Spelling.mend(text, Arrays.stream(values()).map(FailureAction::shown).toList()));
  }

  /** The name that people use: {@code reboot}, {@code shell}, {@code poweroff}. */
  public String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
