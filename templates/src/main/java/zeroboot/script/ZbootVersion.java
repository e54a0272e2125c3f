package zeroboot.script;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Properties;
import zeroboot.ground.Resources;

/** The version of this program. */
public final class ZbootVersion {
  private ZbootVersion() {}

  /** As the build states it, {@code 0.1.0}. */
  public static String current() {
    return property("version");
  }

  /** The day its files state, {@code 2026-01-01}. */
  public static String date() {
    return property("date").substring(0, "yyyy-mm-dd".length());
  }

  /** When it was released: no clock that is right is behind it. */
  static Instant released() {
    // "2026-01-01T00:00:00Z": Java's own reader of dates takes as long as all the rest of a script.
    String date = property("date");
    return LocalDateTime.of(
            number(date, 0, 4),
            number(date, 5, 7),
            number(date, 8, 10),
            number(date, 11, 13),
            number(date, 14, 16),
            number(date, 17, 19))
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static final class Loaded {
    private static final Properties PROPERTIES = read();
  }

  private static Properties read() {
    String name = "version.properties";
    Properties properties = new Properties();
    try {
      properties.load(
          new ByteArrayInputStream(
              Resources.bytes(ZbootVersion.class.getResourceAsStream(name), name)));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String property(String name) {
    return Loaded.PROPERTIES.getProperty(name);
  }
}
