package zeroboot.usb.macos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Answers as programs did that were recorded: a line with {@code $} is a command. */
final class RecordedMac implements Commands {
  private final Map<String, String> outputs = new HashMap<>();

  /** What was run and is not in the recording: what changes something. */
  final List<String> changes = new ArrayList<>();

  /** A change that fails, and how. */
  String failing = "";

  /** From a resource beside this class. */
  static RecordedMac read(String name) {
    RecordedMac mac = new RecordedMac();
    try (InputStream in =
        Objects.requireNonNull(RecordedMac.class.getResourceAsStream(name + ".txt"), name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String[] sections = text.split("(?m)^\\$ ", -1);
      for (int i = 1; i < sections.length; i++) {
        String[] parts = sections[i].split("\n", 2);
        mac.outputs.put(parts[0], parts[1]);
      }
      return mac;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void replace(String command, String from, String to) {
    outputs.computeIfPresent(command, (key, output) -> output.replace(from, to));
  }

  @Override
  public byte[] run(String... words) throws IOException {
    String command = String.join(" ", words);
    String output = outputs.get(command);
    if (output == null) {
      changes.add(command);
      if (command.contains(" info ") || command.equals(failing)) {
        throw new IOException("Could not find disk, or it is busy");
      }
      return new byte[0];
    }
    return output.getBytes(StandardCharsets.UTF_8);
  }
}
