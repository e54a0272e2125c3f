package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.LanHost;

/**
 * Chromium on a machine of the network, without a screen of its own, led by chromedriver (W3C
 * WebDriver). What is said to it goes by curl, since its port is that machine's alone.
 */
final class Browser implements AutoCloseable {
  private final LanHost host;
  private final LanHost.Program driver;
  private final int port;
  private final Path said;
  private String session = "";

  private Browser(LanHost host, LanHost.Program driver, int port, Path said) {
    this.host = host;
    this.driver = driver;
    this.port = port;
    this.said = said;
  }

  /** Opens a window of this many pixels; a phone's shows pages as a phone does. */
  static Browser on(LanHost host, Path folder, int width, int height, boolean phone) {
    String chromium = ForeignTool.require("chromium").path();
    String chromedriver = ForeignTool.require("chromedriver").path();
    int port = 9000 + width; // one that was used keeps its port for a while
    LanHost.Program driver = host.start(List.of(chromedriver, "--port=" + port));
    driver.await("started successfully");
    Browser browser = new Browser(host, driver, port, folder.resolve("said" + width));
    JsonArray args = new JsonArray();
    for (String each :
        List.of(
            "--headless=new",
            "--no-sandbox", // root may not run it otherwise
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--window-size=" + width + "," + height,
            "--user-data-dir=" + folder.resolve("browser" + width))) {
      args.add(each);
    }
    JsonObject chrome = new JsonObject();
    chrome.add("args", args);
    chrome.addProperty("binary", chromium);
    if (phone) {
      JsonObject device = new JsonObject();
      device.addProperty("width", width);
      device.addProperty("height", height);
      device.addProperty("pixelRatio", 2.0);
      JsonObject emulation = new JsonObject();
      emulation.add("deviceMetrics", device);
      chrome.add("mobileEmulation", emulation);
    }
    JsonObject logs = new JsonObject();
    logs.addProperty("browser", "ALL");
    JsonObject always = new JsonObject();
    always.add("goog:chromeOptions", chrome);
    always.add("goog:loggingPrefs", logs);
    JsonObject capabilities = new JsonObject();
    capabilities.add("alwaysMatch", always);
    JsonObject body = new JsonObject();
    body.add("capabilities", capabilities);
    browser.session =
        browser.ask("POST", "/session", body).getAsJsonObject().get("sessionId").getAsString();
    return browser;
  }

  private JsonElement ask(String method, String path, @Nullable JsonObject body) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ForeignTool.require("curl").path(), "-sS", "-X", method));
    if (body != null) {
      // Longer, with a script in it, than a word on a command line may be.
      try {
        Files.writeString(said, body.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      command.addAll(List.of("-H", "Content-Type: application/json", "--data-binary", "@" + said));
    }
    command.add("http://127.0.0.1:" + port + path);
    String answer = host.run(command.toArray(String[]::new)).ok();
    JsonElement value = JsonParser.parseString(answer).getAsJsonObject().get("value");
    if (value.isJsonObject() && value.getAsJsonObject().has("error")) {
      throw new AssertionError(answer);
    }
    return value;
  }

  private JsonElement ask(String path, JsonObject body) {
    return ask("POST", "/session/" + session + path, body);
  }

  void open(String url) {
    JsonObject body = new JsonObject();
    body.addProperty("url", url);
    ask("/url", body);
  }

  /** Runs the body of a function in the page, and tells what it returns. */
  JsonElement run(String script) {
    JsonObject body = new JsonObject();
    body.addProperty("script", script);
    body.add("args", new JsonArray());
    return ask("/execute/sync", body);
  }

  /** The same for what calls back the last of its {@code arguments} with its result. */
  JsonElement await(String script) {
    JsonObject body = new JsonObject();
    body.addProperty("script", script);
    body.add("args", new JsonArray());
    return ask("/execute/async", body);
  }

  /** Presses and releases these keys, one after the other; {@code \uE004} is Tab. */
  void type(String keys) {
    JsonArray strokes = new JsonArray();
    keys.codePoints()
        .forEach(
            key -> {
              for (String what : List.of("keyDown", "keyUp")) {
                JsonObject stroke = new JsonObject();
                stroke.addProperty("type", what);
                stroke.addProperty("value", Character.toString(key));
                strokes.add(stroke);
              }
            });
    JsonObject keyboard = new JsonObject();
    keyboard.addProperty("type", "key");
    keyboard.addProperty("id", "keyboard");
    keyboard.add("actions", strokes);
    JsonArray devices = new JsonArray();
    devices.add(keyboard);
    JsonObject body = new JsonObject();
    body.add("actions", devices);
    ask("/actions", body);
  }

  /** A command of Chromium's own protocol (DevTools). */
  void command(String name, JsonObject parameters) {
    JsonObject body = new JsonObject();
    body.addProperty("cmd", name);
    body.add("params", parameters);
    ask("/goog/cdp/execute", body);
  }

  /** What the page shows, as PNG. */
  byte[] screenshot() {
    return Base64.getDecoder()
        .decode(ask("GET", "/session/" + session + "/screenshot", null).getAsString());
  }

  /** Neither errors of the page's script nor anything that its policy refused. */
  void assertNoComplaints() {
    assertNoComplaintsBut("favicon.ico");
  }

  /** The same, but for complaints with these words. */
  void assertNoComplaintsBut(String words) {
    JsonObject body = new JsonObject();
    body.addProperty("type", "browser");
    List<String> complaints = new ArrayList<>();
    for (JsonElement each : ask("/se/log", body).getAsJsonArray()) {
      if (!each.toString().contains("favicon.ico") && !each.toString().contains(words)) {
        complaints.add(each.toString());
      }
    }
    assertEquals(List.of(), complaints);
  }

  @Override
  public void close() {
    try {
      if (!session.isEmpty()) {
        ask("DELETE", "/session/" + session, null);
      }
    } finally {
      driver.process().destroy();
    }
  }
}
