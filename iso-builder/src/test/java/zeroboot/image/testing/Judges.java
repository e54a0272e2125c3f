package zeroboot.image.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Locale;
import java.util.regex.Pattern;
import zeroboot.testing.ForeignTool;

/** Foreign tools as judges: content only if they end well and complain of nothing. */
public final class Judges {
  private static final Pattern COMPLAINT =
      Pattern.compile(
          "warn|error|fail|differ|invalid|corrupt|damage|overlap|truncat|unexpected|sorry|not a ");

  private Judges() {}

  /** What the tool said, if it has nothing to complain about. */
  public static String content(String tool, String... arguments) {
    String output = ForeignTool.require(tool).run(arguments).ok();
    String heard = output.replace("No errors", "").toLowerCase(Locale.ROOT);
    assertFalse(COMPLAINT.matcher(heard).find(), () -> tool + " complains:\n" + output);
    return output;
  }
}
