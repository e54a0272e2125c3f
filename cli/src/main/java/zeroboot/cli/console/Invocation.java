package zeroboot.cli.console;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How this program was called, so that a command line which it prints can be pasted where it
 * stands.
 */
public final class Invocation {
  /** The launchers say by which path they were called. */
  private static final String PROPERTY = "zboot.command";

  private static final String NAME = "zboot";

  /** What no shell changes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._:=,@%+-]+");

  private Invocation() {}

  /** A command line of this program, quoted for a POSIX shell. */
  public static String of(Map<String, String> environment, List<String> words) {
    String program = program(environment.getOrDefault("PATH", ""));
    return words.stream()
        .map(Invocation::quoted)
        .collect(Collectors.joining(" ", program + (words.isEmpty() ? "" : " "), ""));
  }

  /** The same with the rights of root. */
  public static String asRoot(Map<String, String> environment, List<String> words) {
    return (isRoot() ? "" : "sudo ") + of(environment, words);
  }

  /** Whether it runs with them now. */
  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String program(String path) {
    return program(
        System.getProperty(PROPERTY, ""), System.getProperty("java.class.path", ""), path);
  }

  /**
   * What to type for this program.
   *
   * @param called the path of the launcher as it was called; empty without one
   * @param classPath a jar alone if Java was called by hand
   * @param path where the shell looks for programs
   */
  static String program(String called, String classPath, String path) {
    if (called.isEmpty()) {
      boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
      return isJar ? "java -jar " + quoted(classPath) : NAME;
    }
    Path file = Path.of(called);
    boolean isFound =
        file.getParent() == null
            || Arrays.asList(path.split(File.pathSeparator, -1))
                .contains(file.getParent().toString());
    return quoted(isFound ? String.valueOf(file.getFileName()) : called);
  }

  /** As a POSIX shell takes it for one word. */
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
