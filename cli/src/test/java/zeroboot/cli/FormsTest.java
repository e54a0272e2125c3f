package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.image.Form;
import zeroboot.image.Forms;

/** What every form of image has besides its class: words for users and programs, and judges. */
class FormsTest {
  /** Who looks at each besides zboot: other people's programs, and a machine that boots it. */
  private static final Map<String, List<String>> JUDGES =
      Map.of(
          "iso", List.of("MediaJudgesTest.isoIsSoundToEveryReader", "MediaBootTest.isoAsCd"),
          "usb", List.of("MediaJudgesTest.usbImageIsSoundToEveryReader", "MediaBootTest.usbImage"),
          "usb-gpt",
              List.of(
                  "MediaJudgesTest.usbImageWithGptIsSoundToEveryReader",
                  "MediaBootTest.usbImageWithGpt"),
          "efi",
              List.of(
                  "PeWriterTest.objdumpReadsTheHeaders",
                  "LoadersBootTest.ovmfStartsTheUefiFileFromFat"),
          "lkrn",
              List.of(
                  "BiosBlobTest.fileTakesTheBlobForABootSectorAndAKernel",
                  "LoadersBootTest.grubStartsTheKernelFile"));

  static Stream<Form> forms() {
    return Forms.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void hasJudges(Form form) throws IOException {
    List<String> judges = JUDGES.get(form.shown());
    assertNotNull(judges, "name a foreign judge and a boot of '" + form.shown() + "' here");
    TestSources tests = TestSources.read(Path.of(".."));
    for (String judge : judges) {
      String[] words = judge.split("\\.", -1);
      assertTrue(tests.have(words[0], words[1]), judge + " is not there");
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isOfferedByBatch(Form form) {
    String help = new String(CliRun.of("batch", "--help").out(), StandardCharsets.UTF_8);
    assertTrue(
        help.matches("(?s).*\\b" + form.shown() + "\\b.*"),
        "name '" + form.shown() + "' in the description of --form in BatchCommand");
  }

  /** Brought up to date by running this test with {@code ZBOOT_RENEW_GUIDES=1}. */
  @Test
  void schemasKnowTheirWords() throws IOException {
    List<String> words = new ArrayList<>(List.of("script"));
    words.addAll(Forms.names());
    check("common", words, "$defs", "form");
    words.add("foreign");
    check("inspect", words, "properties", "kind");
    check("verify", words, "properties", "kind");
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
