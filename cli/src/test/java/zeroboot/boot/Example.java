package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import zeroboot.testing.SelfSigned;

/** A profile in examples/, and the command that it names for itself. */
record Example(Path profile) {
  private static final Path FOLDER = Path.of("..", "examples");
  private static final String COMMAND = "#   zboot ";

  static List<Example> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(Example::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code netboot}, {@code iso}, … */
  String verb() {
    return commandLine().split(" ", -1)[0];
  }

  /** The words after {@code zboot}, without where the result goes; may write into this folder. */
  List<String> command(Path scratch) {
    List<String> words = new ArrayList<>();
    for (String word : commandLine().split(" ", -1)) {
      if (word.startsWith("examples/")) {
        words.add(FOLDER.resolve(word.substring("examples/".length())).toString());
      } else if (word.equals("ca.pem")) {
        words.add(authority(scratch).toString());
      } else {
        words.add(word);
      }
    }
    assertTrue(words.contains(profile.toString()), "the command is of another profile: " + words);
    int output = words.indexOf("-o");
    if (output >= 0) {
      words.subList(output, output + 2).clear();
    }
    return words;
  }

  private String commandLine() {
    try (Stream<String> lines = Files.lines(profile)) {
      return lines
          .filter(line -> line.startsWith(COMMAND))
          .findFirst()
          .orElseThrow(() -> new AssertionError(profile + " names no command"))
          .substring(COMMAND.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The certificate of a private authority. */
  private static Path authority(Path folder) {
    return SelfSigned.create(folder, "ca", "rsa:2048", "basicConstraints=critical,CA:TRUE")
        .certificate();
  }

  @Override
  public String toString() {
    return profile.getFileName().toString();
  }
}
