package zeroboot.server.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootSpec;
import zeroboot.spec.GridNetwork;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/** The page for people: a form, and what it comes to. Works without any script. */
final class Page {
  private static final String FORM = Texts.resource("page.html");
  private static final String RESULT = Texts.resource("result.html");
  private static final String STICK = Texts.resource("stick.html");

  private final Texts texts;
  private final Images images;

  Page(Texts texts, Images images) {
    this.texts = texts;
    this.images = images;
  }

  /** A page, and how its request went. */
  record Shown(int status, String html) {}

  /**
   * What the form asks for, as it came.
   *
   * @param words for the kernel
   * @param special further settings
   */
  record Asked(
      String farm, String network, String kind, String words, Map<Setting, String> special) {
    /** Before anybody has filled it in. */
    static final Asked NOTHING = new Asked("", "main", "usb", "", Map.of());
  }

  /**
   * The page.
   *
   * @param asked empty if nothing was
   * @param base under which visitors reach this service, without a slash at its end
   */
  Shown show(Optional<Asked> asked, String base) {
    String result = "";
    int status = 200;
    if (asked.isPresent()) {
      try {
        result = result(asked.get(), base);
      } catch (ZbootException e) {
        status = 400;
        result =
            "<p id=\"error\" role=\"alert\">"
                + Texts.escape(String.valueOf(e.getMessage()))
                + "</p>";
      }
    }
    Asked filled = asked.orElse(Asked.NOTHING);
    Map<String, String> values = new HashMap<>();
    values.put("farm", filled.farm());
    values.put("words", filled.words());
    values.put("special", PageSettings.html(texts, filled.special()));
    values.put("open", filled.special().isEmpty() ? "" : " open");
    values.put("networks", networks(filled.network()));
    values.put("kinds", kinds(filled.kind()));
    values.put("result", result);
    return new Shown(status, texts.html(FORM, values));
  }

  private String networks(String chosen) {
    StringBuilder options = new StringBuilder();
    for (GridNetwork each : GridNetwork.values()) {
      options.append(option(each.shown(), each.shown().equals(chosen), each.shown()));
    }
    return options.toString();
  }

  private String kinds(String chosen) {
    StringBuilder options = new StringBuilder();
    for (MediaKind each : MediaKind.values()) {
      if (each.isOffered()) {
        options.append(
            option(each.word(), each.word().equals(chosen), texts.get("kind." + each.word())));
      }
    }
    return options.toString();
  }

  private static String option(String value, boolean chosen, String shown) {
    return "<option value=\""
        + value
        + (chosen ? "\" selected>" : "\">")
        + Texts.escape(shown)
        + "</option>\n";
  }

  private String result(Asked asked, String base) {
    MediaKind kind =
        MediaKind.of(asked.kind())
            .filter(MediaKind::isOffered)
            .orElseThrow(() -> refused("kind", asked.kind()));
    GridNetwork network = GridNetwork.parse(asked.network());
    String farm = asked.farm().strip();
    String path =
        ImageAddress.path(kind, network, farm, asked.words())
            .orElseThrow(() -> refused("words", asked.words()));
    ImageAddress address =
        ImageAddress.parse(
            kind, List.of(kind.word(), network.runMode(), farm, asked.words().strip()));
    Wanted wanted = address.wanted();
    if (!asked.special().isEmpty()) {
      Settings settings =
          address.rack().defaults().settings().and(PageSettings.checked(asked.special()));
      wanted = Wanted.of(kind.form(), Rack.of(BootSpec.of(settings)));
      path = PageSettings.path(wanted, settings);
    }
    Image image = images.get(wanted);
    Map<String, String> values = new HashMap<>();
    values.put("farm", farm);
    values.put("network", network.shown());
    values.put("path", path);
    values.put("url", base + path);
    values.put("file", wanted.fileName());
    values.put("size", String.format(Locale.ROOT, "%,d", image.bytes().length));
    values.put("sha", image.sha256());
    values.put("id", image.imageId());
    List<String> warnings = new ArrayList<>(BootScripts.warnings(wanted.rack(), images.core()));
    warnings.replaceAll(warning -> "<p>" + Texts.escape(warning) + "</p>\n");
    values.put("warnings", String.join("", warnings));
    values.put(
        "use",
        kind.isForSticks()
            ? texts.html(STICK, values)
            : "<p>" + texts.html("@{use." + kind.word() + "}", values) + "</p>");
    return texts.html(RESULT, values);
  }

  private ZbootException refused(String field, String value) {
    return ZbootException.settings(
        texts.get("refused." + field + ".name") + " '" + value + "'",
        texts.get("refused." + field + ".why"),
        texts.get("refused." + field + ".mend"));
  }
}
