package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Lan;

/** The page of {@code zboot serve --public} in a browser: who uses it, and how. */
@Tag("boot")
class ServicePageBootTest {
  private static final String PAGE = "http://127.0.0.1:8080";
  private static final String MADE = "/?farm=4242&network=main&form=usb";
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";

  /**
   * Every state of it: empty, a farm ID that is none, an image, all settings with one that is
   * wrong.
   */
  private static final List<String> STATES =
      List.of("/", "/?farm=x", MADE, "/?farm=4242&network=main&form=iso&vlan=5000");

  private static final String JUDGE =
      """
      const done = arguments[arguments.length - 1];
      document.querySelectorAll('details').forEach(each => { each.open = true; });
      axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(
        found => done(JSON.stringify({rules: found.passes.length, wrong: found.violations.map(
          each => each.id + ': ' + each.nodes.map(node => node.html).join(' '))})));
      """;

  @TempDir private Path folder;

  private interface Visit {
    void to(Browser browser) throws IOException;
  }

  private void visit(int width, int height, boolean isPhone, Visit visit) throws IOException {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder)) {
      host.start("--public", "--address", "127.0.0.1", "--public-url", "https://boot.example.com")
          .await("Ctrl-C ends it.");
      try (Browser browser = Browser.on(host.host(), folder, width, height, isPhone)) {
        visit.to(browser);
        browser.assertNoComplaintsBut("status of 400"); // where a word is wrong
      }
    }
  }

  private static String text(Browser browser, String script) {
    return browser.run("return String(" + script + ")").getAsString();
  }

  /** The rules of WCAG 2.2 up to AA, as axe-core sees them. */
  private static void judge(Browser browser, String axe, String scheme, String state) {
    browser.open(PAGE + state);
    browser.run(axe);
    JsonObject said = JsonParser.parseString(browser.await(JUDGE).getAsString()).getAsJsonObject();
    assertTrue(said.get("rules").getAsInt() > 10, said.toString());
    assertEquals("[]", said.get("wrong").toString(), scheme + ", " + state);
  }

  private static String axe() throws IOException {
    String where = System.getenv("ZBOOT_TEST_AXE");
    return Files.readString(
        ForeignTool.requireFile("axe-core (ZBOOT_TEST_AXE)", Path.of(where == null ? "" : where)));
  }

  @Test
  void axeFindsNothing() throws IOException {
    String axe = axe();
    visit(
        1000,
        900,
        false,
        browser -> {
          for (String scheme : List.of("light", "dark")) {
            JsonElement features =
                JsonParser.parseString(
                    "[{\"name\": \"prefers-color-scheme\", \"value\": \"" + scheme + "\"}]");
            JsonObject media = new JsonObject();
            media.add("features", features);
            browser.command("Emulation.setEmulatedMedia", media);
            for (String state : STATES) {
              judge(browser, axe, scheme, state);
            }
          }
          // It sees what is wrong, too.
          browser.run("document.querySelectorAll('label').forEach(each => each.remove())");
          String said = browser.await(JUDGE).getAsString();
          assertTrue(said.contains("label: "), said);
        });
  }

  @Test
  void worksByKeyboardAndWithoutScripts() throws IOException {
    visit(
        1001,
        1400,
        false,
        browser -> {
          JsonObject off = new JsonObject();
          off.addProperty("value", true);
          browser.command("Emulation.setScriptExecutionDisabled", off);
          browser.open(PAGE + "/");
          assertEquals("0", text(browser, "document.scripts.length"));
          Set<String> reached = new LinkedHashSet<>();
          String focus = "document.activeElement.id || document.activeElement.tagName";
          for (int i = 0; i < 8; i++) {
            browser.type(TAB);
            String now = text(browser, focus);
            reached.add(now);
            if (!now.equals("BODY")) {
              assertTrue(
                  browser
                      .run(
                          "const s = getComputedStyle(document.activeElement); return"
                              + " s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0")
                      .getAsBoolean(),
                  now + " does not show that it is chosen");
            }
          }
          assertTrue(
              reached.containsAll(List.of("farm", "network", "form", "words", "SUMMARY", "BUTTON")),
              reached.toString());
          browser.open(PAGE + "/");
          browser.type(TAB + "4242" + TAB + "t" + TAB + TAB + "zos-debug" + ENTER);
          String shown = text(browser, "document.querySelector('main').innerHTML");
          assertTrue(shown.contains("https://boot.example.com/usb/test/4242/zos-debug"), shown);
          browser.open(PAGE + MADE);
          keep(browser, "service-page.png");
        });
  }

  @Test
  void fitsOnAPhone() throws IOException {
    visit(
        360,
        740,
        true,
        browser -> {
          for (String state : STATES) {
            browser.open(PAGE + state);
            browser.run("document.querySelectorAll('details').forEach(e => { e.open = true; })");
            assertEquals("360", text(browser, "document.documentElement.scrollWidth"), state);
          }
          browser.open(PAGE + MADE);
          keep(browser, "service-phone.png");
        });
  }

  /** For the guides: {@code ZBOOT_TEST_PICTURES} names a folder. */
  private static void keep(Browser browser, String name) throws IOException {
    byte[] picture = browser.screenshot();
    assertTrue(picture.length > 5000, picture.length + " bytes");
    String where = System.getenv("ZBOOT_TEST_PICTURES");
    if (where != null) {
      Files.write(Path.of(where).resolve(name), picture);
    }
  }
}
