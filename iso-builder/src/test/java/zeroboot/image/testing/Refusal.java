package zeroboot.image.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import zeroboot.ground.ZbootException;

/** What unacceptable input has to end in. */
public final class Refusal {
  private Refusal() {}

  /** Fails unless {@code action} is refused as unacceptable, in one line that holds {@code why}. */
  public static void assertRefused(String why, Executable action) {
    ZbootException e = assertThrows(ZbootException.class, action);
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(why), message);
    assertEquals(1, message.lines().count(), message);
  }
}
