package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Paint;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.ShownStream;
import zeroboot.ground.VisibleText;
import zeroboot.testing.ForeignTool;

/** Names that strangers chose reach the terminal as letters, in every command. */
class ShownTest {
  /** ESC, BEL, a line feed, C1, right to left, a line separator, zero width; then letters. */
  private static final String HOSTILE =
      "a\u001b[31m\u001b]0;t\u0007\nb\u009b2J\u202Egnp.\u2028c\u200Bd\u007F";

  private static final String SPELLED =
      "a\\x1b[31m\\x1b]0;t\\x07\\x0ab\\x9b2J\\u202egnp.\\u2028c\\u200bd\\x7f";

  private static final String LETTERS = "Hofstraße-é-漢-😀";

  @TempDir private static Path folder;
  private static Path image;
  private static FarmKeys keys;

  @BeforeAll
  static void make() throws IOException {
    keys = FarmKeys.make(folder);
    image = folder.resolve(HOSTILE + LETTERS + ".iso");
    Files.write(image, CliRun.of("iso", "--farm-id", "1", "-o", "-").out());
    Files.copy(Path.of(keys.file("sign.pem")), folder.resolve(HOSTILE + LETTERS + ".pem"));
    Files.writeString(folder.resolve(HOSTILE + LETTERS + ".yaml"), "farm-id: 1\n");
  }

  /**
   * @ is the hostile name without its ending.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect @.iso",
        "verify @.none",
        "inspect @.none",
        "inspect @.pem",
        "sign --force --key KEYS/sign.p12 --password-file PASSWORD @.iso",
        "sign --key @.none --password-file PASSWORD @.iso",
        "iso --farm-id 1 --force -o @.out",
        "iso --farm-id 1 -o @/no/such",
        "iso --farm-id 1 --core @ -o x",
        "iso --config @.none -o x",
        "config show --config @.yaml",
        "keys show @.pem",
        "keys show @.iso",
        "keys new --name x -o @.keys --password-file PASSWORD",
        "write --dry-run @.iso @.img",
        "write @.iso @.img",
        "write @.none @.img",
        "write --dry-run @.iso /dev/@",
        "batch @.yaml -o @.out",
        "man @",
        "completion @",
        "@",
        "iso --@",
        "iso --farm-id @",
        "try @.none"
      })
  void nothingIsObeyed(String run) throws IOException {
    Files.deleteIfExists(folder.resolve(HOSTILE + LETTERS + ".img"));
    for (String color : List.of("never", "always")) {
      List<String> args = new ArrayList<>();
      for (String word : run.split(" ", -1)) {
        args.add(
            word.replace("KEYS", keys.folder().toString())
                .replace("PASSWORD", keys.passwordFile().toString())
                .replace("/dev/@", "/dev/" + HOSTILE + LETTERS)
                .replaceFirst("^@", folder.resolve(HOSTILE + LETTERS).toString())
                .replace("@", HOSTILE + LETTERS));
      }
      args.add("--color=" + color);
      CliRun said = CliRun.of(args.toArray(String[]::new));
      String all = said.text() + said.err();
      assertTrue(all.contains(SPELLED + LETTERS), all);
      String withoutColours = all.replaceAll("\u001b\\[(0|1|1;31|32|33)m", "");
      withoutColours
          .codePoints()
          .forEach(c -> assertTrue(c == '\n' || VisibleText.isVisible(c), VisibleText.of(all)));
      assertFalse(all.contains("a bug"), all);
    }
  }

  @Test
  void lettersStayAsTheyAre() throws IOException {
    Path file = Files.write(folder.resolve("Hofstraße.iso"), Files.readAllBytes(image));
    CliRun run = CliRun.of("inspect", file.toString());
    assertTrue(run.text().startsWith(file + ": ISO image of zboot"), run.text());
  }

  /** JSON has escapes of its own, and its reader gets the name as it is. */
  @Test
  void jsonKeepsTheName() {
    for (String[] args :
        new String[][] {
          {"inspect", image.toString(), "--json"}, {"verify", image.toString(), "--json"}
        }) {
      String text = CliRun.of(args).text();
      text.codePoints()
          .forEach(c -> assertTrue(c == '\n' || VisibleText.isVisible(c), VisibleText.of(text)));
      assertEquals(
          image.toString(),
          JsonParser.parseString(text).getAsJsonObject().get("file").getAsString());
    }
  }

  /** Half a pair of surrogates has no UTF-8. */
  @Test
  void jsonOfWhatNoEncodingHas() {
    String json = Json.text("", fields -> fields.name("x").value("a\uD83Db\uE000\u0085\u061C"));
    assertEquals("{\"format\":1,\"x\":\"a\\ud83db\\ue000\\u0085\\u061c\"}\n", json);
    assertEquals(
        "a\uD83Db\uE000\u0085\u061C",
        JsonParser.parseString(json).getAsJsonObject().get("x").getAsString());
  }

  @Test
  void certificates() {
    Path pem = folder.resolve("hostile.pem");
    ForeignTool.require("openssl")
        .run(
            Map.of("LC_ALL", "C.UTF-8"),
            "req",
            "-x509",
            "-utf8",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "9",
            "-subj",
            "/O=\u001b[2J\u202EStraße/CN=\u2066x",
            "-keyout",
            folder.resolve("k").toString(),
            "-out",
            pem.toString())
        .ok();
    String said = CliRun.of("keys", "show", pem.toString()).text();
    assertTrue(said.contains("CN=\\u2066x") && said.contains("\\x1b[2J\\u202eStraße"), said);
    assertFalse(said.contains("\u001b"), said);
  }

  /** Whatever way a text is printed, and whoever prints it. */
  @Test
  @SuppressWarnings({"StringConcatToTextBlock", "UnnecessaryStringBuilder"}) // all ways are tried
  void everyWayOfPrinting() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ShownStream out = ShownStream.on(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    out.print("\u001b");
    out.print('\u001b');
    out.print(new char[] {'\u001b', '\n', 'x'});
    out.print((Object) "\u009b");
    out.append("\u202E").append('\u2028').append("x\u001by", 1, 2);
    out.printf(Locale.ROOT, "%s%s%n", "\n", "\r");
    out.println((Object) "\t");
    out.print("kept\n");
    out.print(Shown.lines("a\n\tb\n"));
    out.print(Paint.COLOURED.bad("\u001b"));
    out.print(Shown.clearedLine());
    out.println(7);
    assertEquals(
        List.of(
            "\\x1b\\x1b\\x1b\\x0ax\\x9b\\u202e\\u2028\\x1b\\x0a\\x0d",
            "\\x09",
            "kept",
            "a",
            "\tb",
            "\u001b[1;31m\\x1b\u001b[0m\r\u001b[K7",
            ""),
        List.of(bytes.toString(StandardCharsets.UTF_8).split("\n", -1)));
  }
}
