package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code zboot} as a process of its own. */
public final class ZbootProcess {
  private ZbootProcess() {}

  /** The command line that runs it from the tests' class path. */
  public static List<String> command(String... args) {
    return java(Main.class, args);
  }

  /** The command line that runs a class as it runs {@code zboot}. */
  static List<String> java(Class<?> main, String... args) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java, "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // As the launcher does: less of what is called seldom is compiled.
    command.addAll(
        List.of(
            "-XX:Tier3InvocationThreshold=400",
            "-XX:Tier3MinInvocationThreshold=200",
            "-XX:Tier3CompileThreshold=3000"));
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** A server, as soon as it says how to end it; what it says goes into a file. */
  static Process serving(List<String> command, Path out) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    for (int i = 0; i < 1200 && !Files.readString(out).contains("Ctrl-C"); i++) {
      Thread.sleep(100);
      assertTrue(process.isAlive(), Files.readString(out));
    }
    return process;
  }

  /** Standard error goes where standard output goes. */
  static Process start(String... args) throws IOException {
    return new ProcessBuilder(command(args)).redirectErrorStream(true).start();
  }
}
