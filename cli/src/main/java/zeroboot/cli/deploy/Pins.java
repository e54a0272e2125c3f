package zeroboot.cli.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.ground.Staged;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;

/** Certificates of controllers as they were first seen: a line for each, address and SHA-256. */
final class Pins {
  /** The file's name. */
  static final String FILE = "bmc-certificates";

  private final Path file;
  private final Map<String, String> known = new TreeMap<>();

  Pins(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      String text = new String(BoundedReader.file(file, InputKind.KEY), StandardCharsets.UTF_8);
      int number = 0;
      for (String line : text.lines().toList()) {
        number++;
        String[] words = line.strip().split("\\s+", -1);
        if (words.length == 2 && words[1].matches("[0-9a-f]{64}")) {
          known.put(words[0], words[1]);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          throw ZbootException.settings(
              file + ":" + number,
              "is no address with the SHA-256 of a certificate",
              "take the line out");
        }
      }
    }
  }

  Path file() {
    return file;
  }

  Optional<String> of(BmcAddress address) {
    return Optional.ofNullable(known.get(address.toString()));
  }

  /** Adds what is new, and writes the file. */
  void add(Map<BmcAddress, String> fingerprints) {
    fingerprints.forEach((address, sha256) -> known.put(address.toString(), sha256));
    StringBuilder text = new StringBuilder("# Controllers as zboot first saw them: SHA-256.\n");
    known.forEach((address, sha256) -> text.append(address + " " + sha256 + "\n"));
    try (Staged staged = Staged.file(file)) {
      staged.write(text.toString().getBytes(StandardCharsets.UTF_8));
      staged.replace();
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(), "cannot be written (" + e.getMessage() + ")", "make room");
    }
  }
}
