package zeroboot.server.service;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zeroboot.ground.Resources;

/** All that the service says, of one file: a translation is another such file. */
final class Texts {
  private static final Pattern PLACE = Pattern.compile("([@$]!?)\\{([a-z.-]+)\\}");

  private final Properties texts = new Properties();

  Texts() {
    try {
      texts.load(new StringReader(resource("texts.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file beside this class. */
  static String resource(String name) {
    return new String(
        Resources.bytes(Texts.class.getResourceAsStream(name), name), StandardCharsets.UTF_8);
  }

  boolean has(String key) {
    return texts.containsKey(key);
  }

  /** The text of a key, or this one. */
  String or(String key, String otherwise) {
    return has(key) ? get(key) : otherwise;
  }

  /** The text of a key, as it is. */
  String get(String key) {
    String text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalArgumentException("no text " + key);
    }
    return text;
  }

  /**
   * Fills a piece of HTML: <code>@{key}</code> with a text, <code>${name}</code> with a value,
   * <code>$!{name}</code> with a value that is HTML itself. Texts may hold values.
   */
  String html(String piece, Map<String, String> values) {
    return PLACE
        .matcher(piece)
        .replaceAll(
            place -> {
              String key = place.group(2);
              String filled =
                  switch (place.group(1)) {
                    case "@" -> html(escape(get(key)), values);
                    case "$" -> escape(value(values, key));
                    case "$!" -> value(values, key);
                    default -> throw new IllegalArgumentException(place.group());
                  };
              return Matcher.quoteReplacement(filled);
            });
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value " + name);
    }
    return value;
  }

  /** For the text of elements and for attributes in double quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
