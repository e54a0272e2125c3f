package zeroboot.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

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
    return Instant.parse(property("date"));
  }

  private static String property(String name) {
    try (InputStream in = ZbootVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
