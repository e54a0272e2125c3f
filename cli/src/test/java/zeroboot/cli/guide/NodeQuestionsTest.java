package zeroboot.cli.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.spec.Setting;

class NodeQuestionsTest {
  /** The table has the words of a question, and the guide when it is asked, and what helps. */
  @ParameterizedTest
  @EnumSource(Setting.class)
  void whatHasAQuestionIsAsked(Setting setting) throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/zeroboot/cli/guide/NodeQuestions.java"));
    assertEquals(
        setting.question().isPresent(),
        source.contains("Setting." + setting.name()),
        "the row of " + setting.key() + " has a question where NodeQuestions asks it, and only so");
  }
}
