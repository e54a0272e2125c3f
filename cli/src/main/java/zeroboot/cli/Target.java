package zeroboot.cli;

import org.jspecify.annotations.Nullable;

/** Where a finished result goes. */
interface Target {
  /** Refuses a place that cannot be written to, before any work is done. */
  void check();

  /** Writes everything, or nothing. */
  void write(byte[] bytes);

  /** The file's name, or null for standard output. */
  @Nullable String fileName();
}
