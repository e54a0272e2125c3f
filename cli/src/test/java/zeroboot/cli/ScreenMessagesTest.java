package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the boot script and the two boot codes can put on a screen stands in the guides: what
 * went wrong in {@code docs/troubleshooting.md}, with its cure.
 */
class ScreenMessagesTest {
  private static final Path TEMPLATES = Path.of("..", "templates", "src", "main");
  private static final Path SCRIPT = TEMPLATES.resolve("resources/zeroboot/script");
  private static final Pattern ECHO = Pattern.compile("\\becho (?:-n )?(.+?)(?: (?:&&|\\|\\|).*)?");
  private static final Pattern SAID = Pattern.compile("(?m)^.*\\becho .*$");
  private static final Pattern REASON = Pattern.compile("(?m)^ *set why (.+)$");

  /** Zeros in front say which part of a code it is; places in a file have four digits. */
  private static final Pattern CODE =
      Pattern.compile("(?m)^:(?:0{6}(?=..$)|00(?=.{6}$))?([0-9a-f]{2,8})$");

  private static final Pattern TEXT = Pattern.compile("(?m)^m_\\w+: *\\.asciz +\"(.*)\"$");

  /** What a variable stands for is not part of the message; nor are the spaces around it. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:[^{}]|\\{[^{}]*})*}|\\\\[rn]");

  /** Parts of the script whose lines say what went wrong. */
  private static final Set<String> FAILURES = Set.of("6-failure.ipxe");

  private static final Pattern TROUBLE =
      Pattern.compile("(?i)\\bno\\b|not|error|refuse|too little|cannot|damaged|again|later");

  private final String cures = flat(Path.of("..", "docs", "troubleshooting.md"));
  private final String steps = flat(Path.of("..", "docs", "farmers.md"));

  @Test
  void everyLineOfTheScript() throws IOException {
    int lines = 0;
    for (Path part : parts()) {
      for (String line : matches(SAID, part)) {
        for (String said : echoes(line)) {
          // Hints and their second lines are cures themselves.
          if (said.startsWith("* ") || said.startsWith("${s2}- ")) {
            continue;
          }
          explained(part + ": " + line, said, FAILURES.contains(part.getFileName().toString()));
          lines++;
        }
      }
    }
    assertTrue(lines > 35, "only " + lines + " lines found");
  }

  @Test
  void everyReason() throws IOException {
    List<String> reasons = new ArrayList<>();
    for (Path part : parts()) {
      matches(REASON, part).forEach(reasons::add);
    }
    assertTrue(reasons.size() > 8, reasons.toString());
    reasons.forEach(reason -> explained("set why " + reason, reason, true));
  }

  @Test
  void everyErrorCode() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (String code : matches(CODE, SCRIPT.resolve("6-failure.ipxe"))) {
      if (!cures.contains(" " + code + " ")) {
        missing.add(code);
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyMessageOfTheBootCodes() throws IOException {
    for (String source : List.of("bios/stage.S", "efi/loader.S")) {
      List<String> texts = matches(TEXT, TEMPLATES.resolve("stage").resolve(source));
      assertTrue(texts.size() > 5, texts.toString());
      for (String text : texts) {
        explained(source + ": " + text, text, TROUBLE.matcher(text).find());
      }
    }
  }

  private void explained(String where, String message, boolean failure) {
    for (String piece : VARIABLE.split(message, -1)) {
      String words = piece.strip().replaceAll("\\s+", " ");
      boolean known = cures.contains(words) || (!failure && steps.contains(words));
      assertTrue(
          known,
          () ->
              "docs/troubleshooting.md"
                  + (failure ? "" : " or docs/farmers.md")
                  + " does not tell what this means: "
                  + words
                  + "\n("
                  + where
                  + ")");
    }
  }

  /** The texts of a line's {@code echo} commands. */
  private static List<String> echoes(String line) {
    List<String> texts = new ArrayList<>();
    for (String command : line.split("(?= echo )|(?<=^)(?=echo )", -1)) {
      var echo = ECHO.matcher(command.strip());
      if (echo.matches()) {
        texts.add(echo.group(1));
      }
    }
    return texts;
  }

  private static List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPT)) {
      return files.filter(file -> file.toString().endsWith(".ipxe")).sorted().toList();
    }
  }

  private static List<String> matches(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult found) -> found.group(found.groupCount()))
        .toList();
  }

  private static String flat(Path guide) {
    try {
      return Files.readString(guide).replace("\\|", "|").replaceAll("[\\s`]+", " ");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
