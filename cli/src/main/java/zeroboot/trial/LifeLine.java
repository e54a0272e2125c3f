package zeroboot.trial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees to it that QEMU ends with this program, even with one that is killed and can do nothing more
 * itself. QEMU's process begins as a shell, which leaves a guard beside it and then becomes QEMU.
 * The guard reads a pipe whose other end this program alone holds: a line means that all is in
 * order, the pipe's end that nobody is left who wants QEMU. (PR_SET_PDEATHSIG would do for Linux
 * only, and follows the thread that has started QEMU.)
 */
final class LifeLine {
  /** What the guard is told when QEMU has ended in order. */
  static final String FAREWELL = "\n";

  /**
   * {@code $$} stays the process that becomes QEMU. Ctrl-C and the end of a terminal reach the
   * guard too; it ignores them. It keeps none of QEMU's output open.
   */
  private static final String SCRIPT =
      """
      folder=$1
      shift
      exec 3<&0
      (
        trap '' HUP INT TERM
        read -r line <&3 && exit
        kill -KILL $$
        rm -f -- "$folder"/*
        rmdir -- "$folder"
      ) </dev/null >/dev/null 2>&1 &
      exec "$@" </dev/null 3<&-
      """;

  private LifeLine() {}

  /**
   * The command line for {@code command}, with the pipe as its standard input.
   *
   * @param folder of plain files, deleted with them if this program cannot do that any more
   */
  static List<String> around(List<String> command, Path folder) {
    List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
    guarded.add(folder.toString());
    guarded.addAll(command);
    return guarded;
  }
}
