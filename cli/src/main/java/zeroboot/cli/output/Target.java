package zeroboot.cli.output;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a finished result goes. */
public interface Target {
  /** Refuses a place that cannot be written to, before any work is done. */
  void check();

  /** Writes everything, or nothing. */
  void write(byte[] bytes);

  /** A file beside this one, with this added to its name; none beside standard output. */
  Optional<Target> beside(String extension);

  /** The file's name, or null for standard output. */
  @Nullable String fileName();
}
