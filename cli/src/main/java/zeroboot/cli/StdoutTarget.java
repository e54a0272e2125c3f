package zeroboot.cli;

import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output, for pipes. */
record StdoutTarget(PrintStream out) implements Target {
  @Override
  public void check() {}

  @Override
  public void write(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
    out.flush();
    if (out.checkError()) {
      throw Descriptors.lostOutput();
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
