package zeroboot.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees to it that a virtual machine ends with the test that started it, even if the tests' Java is
 * killed. The process begins as a shell, leaves a guard beside it, and becomes QEMU. The guard
 * waits for the end of a pipe whose other end Java alone holds.
 */
final class LifeLine {
  /** {@code $$} stays the process that becomes QEMU; a guard with another parent is too late. */
  private static final String SCRIPT =
      """
      folder=$1
      shift
      exec 3<&0
      (
        trap '' HUP INT TERM
        read -r line <&3
        read -r stat </proc/self/stat
        set -- ${stat##*) }
        [ "$2" = $$ ] && kill -KILL $$ && rm -f -- "$folder"/* && rmdir -- "$folder"
      ) </dev/null >/dev/null 2>&1 &
      exec "$@" </dev/null 3<&-
      """;

  private LifeLine() {}

  /**
   * The command line for {@code command}; its standard input is the pipe.
   *
   * @param folder of plain files, deleted by the guard when nobody else is left to do it
   */
  static List<String> around(List<String> command, Path folder) {
    List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
    guarded.add(folder.toString());
    guarded.addAll(command);
    return guarded;
  }
}
