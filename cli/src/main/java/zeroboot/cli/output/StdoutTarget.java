package zeroboot.cli.output;

import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.cli.console.LostOutput;

/** Standard output, for pipes. */
public record StdoutTarget(PrintStream out) implements Target {
  @Override
  public void check() {}

  @Override
  public void write(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
    out.flush();
    if (out.checkError()) {
      throw new LostOutput();
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
