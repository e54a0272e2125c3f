package zeroboot.trial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees to it that QEMU ends with this program, even with one that is killed and can do nothing more
 * itself. QEMU's process begins as a shell, which leaves a guard beside it and then becomes QEMU.
 * The guard waits for the end of a pipe whose other end this program alone holds. (Linux's
 * PR_SET_PDEATHSIG would follow the thread that has started QEMU.)
 */
final class LifeLine {
  /**
   * {@code $$} stays the process that becomes QEMU. Ctrl-C and the end of a terminal reach the
   * guard too; it ignores them. It keeps none of QEMU's output open. Java closes the pipe when QEMU
   * has ended as well: the guard then has another parent, and kills nobody.
   */
  private static final String SCRIPT =
      """
      folder=$1
      shift
      exec 3<&0
      (
        trap '' HUP INT TERM
        read -r line <&3
        if read -r stat </proc/self/stat; then
          set -- ${stat##*) }
          [ "$2" = $$ ] || exit
        fi
        kill -KILL $$ && rm -f -- "$folder"/* && rmdir -- "$folder"
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
