package zeroboot.server.service;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.util.Fields;
import zeroboot.spec.Setting;
import zeroboot.spec.SettingType;
import zeroboot.spec.Settings;

/**
 * The page's fields for special settings: one for each row of the table that has no other place.
 */
final class PageSettings {
  /** Asked for above, or by the words for the kernel. */
  private static final Set<Setting> ELSEWHERE =
      EnumSet.of(Setting.FARM_ID, Setting.NETWORK, Setting.KERNEL_ARG);

  private PageSettings() {}

  /** What was filled in, as it came: fields that were left empty are not there. */
  static Map<Setting, String> filled(Fields fields) {
    Map<Setting, String> filled = new EnumMap<>(Setting.class);
    for (Setting each : Setting.values()) {
      String value = fields.getValue(each.key());
      if (!ELSEWHERE.contains(each) && value != null && !value.isBlank()) {
        filled.put(each, value.strip());
      }
    }
    return filled;
  }

  /**
   * The settings that say so; values of one that may be repeated stand with blanks between them.
   *
   * @throws zeroboot.ground.ZbootException (settings) if one is not acceptable
   */
  static Settings checked(Map<Setting, String> filled) {
    Settings settings = Settings.NONE;
    for (Map.Entry<Setting, String> each : filled.entrySet()) {
      Setting setting = each.getKey();
      List<String> values =
          setting.isRepeatable()
              ? Arrays.asList(each.getValue().split("\\s+", -1))
              : List.of(each.getValue());
      settings = settings.with(setting, values, setting.key());
    }
    return settings;
  }

  /** The address of an image in the API. */
  static String path(Wanted wanted, Settings settings) {
    List<String> fields = new ArrayList<>();
    for (Setting each : settings.keys()) {
      for (String value : settings.values(each)) {
        fields.add(
            each.key()
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
      }
    }
    return Replies.API + "images/" + wanted.shown() + "?" + String.join("&", fields);
  }

  /** The fields, as HTML, with what was filled in. */
  static String html(Texts texts, Map<Setting, String> filled) {
    StringBuilder html = new StringBuilder();
    for (Setting.Group group : Setting.Group.values()) {
      html.append("<fieldset><legend>")
          .append(Texts.escape(texts.or("group." + group.name(), group.title())))
          .append("</legend>\n");
      for (Setting each : Setting.values()) {
        if (each.group() == group && !ELSEWHERE.contains(each)) {
          html.append(field(texts, each, filled.getOrDefault(each, "")));
        }
      }
      html.append("</fieldset>\n");
    }
    return html.toString();
  }

  private static String field(Texts texts, Setting setting, String value) {
    String key = setting.key();
    String help =
        texts.or("setting." + key, setting.description())
            + setting.otherwise().map(usual -> " (" + usual + ")").orElse("");
    String attributes =
        " id=\"" + key + "\" name=\"" + key + "\" aria-describedby=\"" + key + "-help\"";
    return "<p><label for=\""
        + key
        + "\">"
        + key
        + "</label>\n"
        + input(setting, attributes, value)
        + "\n<span id=\""
        + key
        + "-help\" class=\"help\">"
        + Texts.escape(help)
        + "</span></p>\n";
  }

  private static String input(Setting setting, String attributes, String value) {
    SettingType type = setting.type();
    if (type.shape() == SettingType.Shape.FLAG) {
      return "<input type=\"checkbox\" value=\"true\""
          + attributes
          + (value.equals("true") ? " checked>" : ">");
    }
    if (!type.choices().isEmpty()) {
      StringBuilder options = new StringBuilder("<option value=\"\"></option>");
      for (String choice : type.choices()) {
        String mark = choice.equals(value) ? " selected>" : ">";
        options.append("<option value=\"").append(choice).append('"').append(mark);
        options.append(choice).append("</option>");
      }
      return "<select" + attributes + ">" + options + "</select>";
    }
    String mode = type.shape() == SettingType.Shape.NUMBER ? " inputmode=\"numeric\"" : "";
    return "<input autocomplete=\"off\""
        + mode
        + attributes
        + " placeholder=\""
        + Texts.escape(setting.placeholder())
        + "\" value=\""
        + Texts.escape(value)
        + "\">";
  }
}
