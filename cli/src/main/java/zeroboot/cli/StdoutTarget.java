package zeroboot.cli;

import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.spec.ZbootException;

/** Standard output, for pipes. */
record StdoutTarget(PrintStream out) implements Target {
  @Override
  public void check() {}

  @Override
  public void write(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
    out.flush();
    if (out.checkError()) {
      throw ZbootException.io(
          "standard output", "could not be written", "look at the program behind the pipe");
    }
  }

  @Override
  public Optional<Target> beside(String extension) {
    return Optional.empty();
  }

  @Override
  public @Nullable String fileName() {
    return null;
  }
}
