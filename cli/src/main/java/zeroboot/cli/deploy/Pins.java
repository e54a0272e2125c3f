package zeroboot.cli.deploy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.ground.Staged;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;

/**
 * Certificates of controllers as they were first seen: a line for each, address and SHA-256. Other
 * runs may add to the file at any time; who was first at an address, was.
 */
final class Pins {
  /** The file's name. */
  static final String FILE = "bmc-certificates";

  private static final int TRIES = 500;
  private static final int WAIT_MILLIS = 20;

  private final Path file;
  private Map<String, String> known;

  Pins(Path file) {
    this.file = file;
    known = read(file);
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> known = new TreeMap<>();
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
    return known;
  }

  Path file() {
    return file;
  }

  Optional<String> of(BmcAddress address) {
    return Optional.ofNullable(known.get(address.toString()));
  }

  /**
   * Adds what is new to what is in the file by now, and writes it.
   *
   * @return those of which the file has another certificate by now, with that one: what another run
   *     has pinned is not pinned anew
   */
  Map<BmcAddress, String> add(Map<BmcAddress, String> fingerprints) {
    try (FileChannel place =
        FileChannel.open(
            file.resolveSibling(FILE + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      lock(place);
      Map<String, String> merged = read(file);
      Map<BmcAddress, String> others = new LinkedHashMap<>();
      fingerprints.forEach(
          (address, sha256) -> {
            String first = merged.putIfAbsent(address.toString(), sha256);
            if (first != null && !first.equals(sha256)) {
              others.put(address, first);
            }
          });
      write(merged);
      known = merged;
      return others;
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(), "cannot be written (" + e.getMessage() + ")", "make room");
    }
  }

  private void write(Map<String, String> pins) throws IOException {
    StringBuilder text = new StringBuilder("# Controllers as zboot first saw them: SHA-256.\n");
    pins.forEach((address, sha256) -> text.append(address + " " + sha256 + "\n"));
    try (Staged staged = Staged.file(file)) {
      staged.write(text.toString().getBytes(StandardCharsets.UTF_8));
      staged.replace();
    }
  }

  /** Until the file is closed; others, of this process or not, have it for a moment. */
  private static void lock(FileChannel place) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (isLocked(place)) {
        return;
      }
      try {
        Thread.sleep(WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    throw new IOException("another zboot holds it, and does not go on");
  }

  private static boolean isLocked(FileChannel place) throws IOException {
    try {
      return place.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
