package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/** What every form of image has besides its class: words for users and programs, and judges. */
class FormsTest {
  @TempDir private Path folder;

  static Stream<Form> forms() {
    return Forms.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void hasJudges(Form form) throws IOException {
    String mark = "@JudgeOf(\"" + form.shown() + "\")";
    TestSources tests = TestSources.read(Path.of(".."));
    assertTrue(
        tests.sources().entrySet().stream()
            .anyMatch(test -> !isBoot(test.getKey()) && test.getValue().contains(mark)),
        "let a foreign program judge " + form.titleWithArticle() + ": a test with " + mark);
    assertTrue(
        bootsByItself(form)
            || tests.sources().entrySet().stream()
                .anyMatch(test -> isBoot(test.getKey()) && test.getValue().contains(mark)),
        "boot " + form.titleWithArticle() + ": a test with " + mark + " in one of …BootTest");
  }

  private static boolean isBoot(String test) {
    return test.endsWith("BootTest");
  }

  /** {@code MediaBootTest} boots all of these. */
  private static boolean bootsByItself(Form form) {
    return form.start() == Form.Start.DISK;
  }

  /** How a user asks for it follows from the form: so what is asked for is what comes. */
  @ParameterizedTest
  @MethodSource("forms")
  void isMadeByItsCommand(Form form) {
    List<String> words = new ArrayList<>(form.command());
    String file = folder.resolve("image").toString();
    words.addAll(List.of("--farm-id", "4242", "--json", "-o", file));
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, run.exitCode(), "zboot " + String.join(" ", form.command()) + run.err());
    assertEquals(form.shown(), run.json().get("form").getAsString());
    assertEquals(
        form.shown(), CliRun.of("inspect", file, "--json").json().get("kind").getAsString());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isOffered(Form form) {
    assertHas(help("batch"), form.shown());
    form.table().ifPresent(table -> assertHas(help("usb"), table));
    form.table().ifPresent(table -> assertHas(help("write"), table));
  }

  private static String help(String command) {
    return new String(CliRun.of(command, "--help").out(), StandardCharsets.UTF_8);
  }

  private static void assertHas(String text, String word) {
    assertTrue(text.matches("(?s).*\\b" + word + "\\b.*"), word + " is missing in " + text);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isInTheReference(Form form) throws IOException {
    String reference = Files.readString(Path.of("..", "docs", "reference.md"));
    Rack farm = Rack.of(BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "4242")));
    for (String word : List.of(form.fileName(farm), form.table().orElse("zboot " + form.shown()))) {
      assertTrue(
          reference.contains("`" + word + "`"),
          "say in docs/reference.md how " + form.titleWithArticle() + " is made: `" + word + "`");
    }
  }

  /** Brought up to date by running this test with {@code ZBOOT_RENEW_GUIDES=1}. */
  @Test
  void schemasKnowTheirWords() throws IOException {
    List<String> words = new ArrayList<>(List.of("script"));
    words.addAll(Forms.names());
    check("common", words, "$defs", "form");
  }

  private static void check(String schema, List<String> words, String... path) throws IOException {
    Path file = JsonSchemas.FOLDER.resolve(schema + ".schema.json");
    JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    JsonObject place = all;
    for (String step : path) {
      place = place.getAsJsonObject(step);
    }
    List<String> there = new ArrayList<>();
    for (JsonElement word : place.getAsJsonArray("enum")) {
      there.add(word.getAsString());
    }
    if (JsonSchemas.isRenewing()) {
      JsonArray renewed = new JsonArray();
      words.forEach(renewed::add);
      place.add("enum", renewed);
      JsonSchemas.write(file, all);
      return;
    }
    assertEquals(words, there, JsonSchemas.mend(file));
  }
}
