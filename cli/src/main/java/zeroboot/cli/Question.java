package zeroboot.cli;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import zeroboot.spec.ZbootException;
import zeroboot.usb.Device;

/**
 * The question before anything is erased. It goes to the terminal itself, so that neither a pipe
 * nor a file can answer it by accident.
 */
final class Question {
  private static final boolean IS_WINDOWS = System.getProperty("os.name").startsWith("Windows");
  private static final String TERMINAL_IN = IS_WINDOWS ? "CONIN$" : "/dev/tty";
  private static final String TERMINAL_OUT = IS_WINDOWS ? "CONOUT$" : "/dev/tty";
  private static final int LONGEST_ANSWER = 4096;

  private Question() {}

  /** Returns if the answer names the device; a new file needs none. */
  static void ask(Device device, Streams streams) {
    if (NewFiles.isNew(device)) {
      return;
    }
    if (streams.err() != System.err) {
      // Who runs this command inside a program of theirs does not sit at its terminal.
      throw noTerminal(device);
    }
    String answer;
    try (InputStream in = new FileInputStream(TERMINAL_IN);
        OutputStream out = new FileOutputStream(TERMINAL_OUT)) {
      String text =
          "Everything on " + device.path() + " will be lost. To go on, type " + what(device) + " ";
      out.write((Shown.line(text + device.challenge()) + "\n> ").getBytes(StandardCharsets.UTF_8));
      out.flush();
      NothingWritten hook = new NothingWritten(streams.err());
      try {
        answer = line(in);
      } finally {
        hook.close();
      }
    } catch (IOException e) {
      throw noTerminal(device);
    }
    if (!device.isNamedBy(answer)) {
      throw ZbootException.refused(
          device.path(),
          "the answer does not name it, and nothing was changed",
          "run the command again, and type " + device.challenge());
    }
  }

  private static ZbootException noTerminal(Device device) {
    return ZbootException.refused(
        device.path(),
        "there is no terminal to ask on whether it may be erased",
        "add --yes-erase '" + device.challenge() + "'");
  }

  private static String what(Device device) {
    if (device.kind() == Device.Kind.FILE) {
      return "the file's name";
    }
    return device.product().serial().isEmpty() ? "its size and name" : "its serial";
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST_ANSWER; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }
}
