package zeroboot.cli.console;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import zeroboot.ground.ZbootException;

/** What the process says to a script when it ends. The numbers are documented and stay. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int IO = 1;
  public static final int USAGE = 2;
  public static final int SETTINGS = 3;
  public static final int REFUSED = 4;
  public static final int SIGNATURE = 5;
  public static final int TRIAL = 6;
  public static final int BUG = 70;

  /** 128 and the number of SIGINT, as the shell and the Java runtime have it. */
  public static final int INTERRUPTED = 130;

  /** What each means, in one line: for {@code --help}, the manuals and the documentation. */
  public static final Map<String, String> MEANINGS = meanings();

  private ExitCode() {}

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put(OK + "", "done");
    meanings.put(IO + "", "a file or device cannot be read or written");
    meanings.put(USAGE + "", "wrong usage");
    meanings.put(SETTINGS + "", "a setting or core is not acceptable, or the image too large");
    meanings.put(REFUSED + "", "refused for safety");
    meanings.put(SIGNATURE + "", "a signature or check fails");
    meanings.put(TRIAL + "", "a trial fails");
    meanings.put(BUG + "", "a bug");
    meanings.put(INTERRUPTED + "", "Ctrl-C");
    return Collections.unmodifiableMap(meanings);
  }

  public static int of(ZbootException.Kind kind) {
    return switch (kind) {
      case IO -> IO;
      case USAGE -> USAGE;
      case SETTINGS -> SETTINGS;
      case REFUSED -> REFUSED;
      case SIGNATURE -> SIGNATURE;
      case TRIAL -> TRIAL;
    };
  }
}
