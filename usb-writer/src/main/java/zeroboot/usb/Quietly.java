package zeroboot.usb;

import java.io.Closeable;
import java.io.IOException;

/** Closes what is given up because of an error that says more than a second one would. */
public final class Quietly {
  private Quietly() {}

  /** Closes it; what goes wrong then is not told. */
  public static void close(Closeable open) {
    try {
      open.close();
    } catch (IOException e) {
      // The system closes it at the latest when the program ends.
      return;
    }
  }
}
