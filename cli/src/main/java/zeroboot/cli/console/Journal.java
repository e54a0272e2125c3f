package zeroboot.cli.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * systemd's journal, which wants to know of each line how grave it is (sd-daemon(3)).
 *
 * @param environment the environment variables
 */
record Journal(Map<String, String> environment) {
  /** Where a stream that the journal reads leads to: device and inode (systemd.exec(5)). */
  static final String VARIABLE = "JOURNAL_STREAM";

  /** How grave a line is (syslog(3)). */
  enum Grade {
    ERROR(3),
    WARNING(4);

    private final int level;

    Grade(int level) {
      this.level = level;
    }

    /** Before the line. */
    String mark() {
      return "<" + level + ">";
    }
  }

  /**
   * Whether it reads what is said on this stream of the process. The variable alone says little: a
   * terminal that was started as a service hands it on to all that is started there.
   */
  boolean isBehind(PrintStream stream) {
    String named = environment.getOrDefault(VARIABLE, "");
    OptionalInt number = Terminal.descriptor(stream);
    if (named.isEmpty() || number.isEmpty()) {
      return false;
    }
    Path descriptor = Path.of("/proc/self/fd/" + number.getAsInt());
    try {
      Object device = Files.getAttribute(descriptor, "unix:dev");
      return named.equals(device + ":" + Files.getAttribute(descriptor, "unix:ino"));
    } catch (IOException | UnsupportedOperationException e) {
      return false; // no Linux
    }
  }
}
