package zeroboot.shell;

import java.nio.charset.StandardCharsets;
import zeroboot.ground.Resources;

/** Texts beside the classes. */
final class ShellTexts {
  private ShellTexts() {}

  static String text(String name) {
    byte[] bytes = Resources.bytes(ShellTexts.class.getResourceAsStream(name), name);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
