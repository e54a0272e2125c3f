package zeroboot.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs {@code zboot} for the scripts of {@link GuideFolder}, one command after the other, so that
 * not each of them has to start Java.
 */
final class GuideServer {
  private GuideServer() {}

  /**
   * Reads the arguments from the pipe {@code request}, each with a NUL behind it, leaves what the
   * command says in {@code out} and {@code err}, and writes the exit code to the pipe {@code
   * answer}. Ends when it is killed.
   *
   * @param args the folder of these four
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    while (true) {
      String request = Files.readString(folder.resolve("request"));
      int exitCode;
      try (PrintStream out = stream(folder.resolve("out"));
          PrintStream err = stream(folder.resolve("err"))) {
        exitCode = Zboot.run(request.split("\0", 0), out, err);
      }
      Files.writeString(folder.resolve("answer"), exitCode + "\n");
    }
  }

  private static PrintStream stream(Path file) throws IOException {
    return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
  }
}
