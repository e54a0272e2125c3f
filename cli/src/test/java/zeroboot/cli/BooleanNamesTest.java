package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What is true or false reads as a statement: {@code isSigned}, {@code hasLink}, {@code mayErase},
 * {@code knowsEcdsa}. So it is with the components of records, and with methods that take nothing;
 * others may do something and say whether they did.
 */
class BooleanNamesTest {
  private static final Pattern METHOD = Pattern.compile("(?<!\\w)boolean (\\w+)\\(\\s*\\)");
  private static final Pattern RECORD = Pattern.compile("\\brecord \\w+(?:<[^>]*>)?\\(([^{]*)\\{");
  private static final Pattern COMPONENT = Pattern.compile("(?<!\\w)boolean (\\w+)");
  private static final Pattern STATEMENT =
      Pattern.compile("(?:is|has|may|can|was|are|had|does|must)[A-Z].*|[a-z]+s(?:[A-Z].*)?");

  /** They do something, and say whether they did. */
  private static final Set<String> ACTIONS =
      Set.of("FatChain.next", "EventStreams.leave", "ShownStream.checkError");

  /** Java has named the one, Redfish the other. */
  private static final Set<String> OF_OTHERS =
      Set.of("LimitedStream.markSupported", "Drive.inserted");

  @Test
  void areStatements() throws IOException {
    Set<String> other = new TreeSet<>();
    int all = 0;
    for (Path file : SourceMap.files(Path.of(".."))) {
      String name = SourceMap.name(file).replaceAll(".*\\.", "");
      String code = SourceMap.code(file);
      for (Matcher each = METHOD.matcher(code); each.find(); all++) {
        add(other, name, each.group(1));
      }
      for (Matcher each = RECORD.matcher(code); each.find(); ) {
        for (Matcher one = COMPONENT.matcher(each.group(1)); one.find(); all++) {
          add(other, name, one.group(1));
        }
      }
    }
    other.removeAll(ACTIONS);
    other.removeAll(OF_OTHERS);
    assertEquals(Set.of(), other);
    assertTrue(all > 150, all + " names");
  }

  private static void add(Set<String> other, String name, String word) {
    if (!STATEMENT.matcher(word).matches()) {
      other.add(name + "." + word);
    }
  }
}
