package zeroboot.cli.deploy;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.bmc.link.Session;
import zeroboot.bmc.link.SessionLog;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;

/**
 * What a run has done, a line for each step, so that a second one goes on where it broke off: how
 * far each node came with which image and when, and which sessions are open (their addresses, no
 * tokens). The file is there as long as work is left.
 */
final class RunLog implements SessionLog, AutoCloseable {
  private static final Duration MEANING = Duration.ofDays(1);

  private final Path file;
  private final FileOutputStream out;
  private final Clock clock;
  private final Map<String, Reached> nodes = new HashMap<>();
  private final Set<String> sessions = new LinkedHashSet<>();

  /** Sessions that a run before left open. */
  private final Set<String> old = new LinkedHashSet<>();

  /** How far a node can have come. */
  enum Mark {
    /** Its image is in a drive. */
    INSERTED,
    /** Its machine was switched on. */
    BOOTS,
    /** It reported what was waited for; the image may still be in its drive. */
    STARTED,
    /** Nothing is left to do. */
    DONE,
    /** It was given up. */
    FAILED
  }

  /** How far a node came. */
  record Reached(String image, Mark mark, Instant at) {}

  private RunLog(Path file, FileOutputStream out, Clock clock, byte[] before) {
    this.file = file;
    this.out = out;
    this.clock = clock;
    new String(before, StandardCharsets.UTF_8).lines().forEach(this::replay);
    old.addAll(sessions);
  }

  static RunLog open(Path file, Clock clock) {
    try {
      // No channel: a thread that is interrupted at one closes it for all.
      FileOutputStream out = new FileOutputStream(file.toFile(), true);
      if (!isLocked(out)) {
        out.close();
        throw ZbootException.refused(
            file.toString(),
            "another zboot deploy works on this profile",
            "wait for it, or end it first");
      }
      byte[] before = BoundedReader.file(file, InputKind.PROFILE);
      if (before.length > 0 && before[before.length - 1] != '\n') {
        out.write('\n'); // a crash cut the last line off
      }
      return new RunLog(file, out, clock, before);
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(), "cannot be written (" + e.getMessage() + ")", "make room");
    }
  }

  private static boolean isLocked(FileOutputStream out) throws IOException {
    try {
      return out.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void replay(String line) {
    String[] words = line.split(" ", -1);
    if (words.length == 3 && words[0].equals("session") && Session.isPath(words[2])) {
      sessions.add(words[1] + " " + words[2]);
    } else if (words.length == 3 && words[0].equals("ended")) {
      sessions.remove(words[1] + " " + words[2]);
      old.remove(words[1] + " " + words[2]);
    } else if (words.length == 5 && words[0].equals("node") && words[4].matches("\\d{1,15}")) {
      for (Mark mark : Mark.values()) {
        if (word(mark).equals(words[3])) {
          Instant at = Instant.ofEpochSecond(Long.parseLong(words[4]));
          nodes.put(words[1], new Reached(words[2], mark, at));
        }
      }
    }
  }

  private static String word(Mark mark) {
    return mark.name().toLowerCase(Locale.ROOT);
  }

  private synchronized void write(String line) {
    replay(line);
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(), "cannot be written (" + e.getMessage() + ")", "make room");
    }
  }

  @Override
  public void opened(BmcAddress address, String path) {
    if (Session.isPath(path)) {
      write("session " + address + " " + path);
    }
  }

  @Override
  public void ended(BmcAddress address, String path) {
    if (Session.isPath(path)) {
      write("ended " + address + " " + path);
    }
  }

  /** A node has come so far with an image. */
  void reached(String node, String image, Mark mark) {
    write("node " + node + " " + image + " " + word(mark) + " " + clock.instant().getEpochSecond());
  }

  /** How far it came with this very image, if that was not too long ago to mean anything. */
  synchronized Optional<Reached> reached(String node, String image) {
    return Optional.ofNullable(nodes.get(node))
        .filter(known -> known.image().equals(image))
        .filter(known -> known.at().plus(MEANING).isAfter(clock.instant()));
  }

  /** Sessions that a run before left open at an address. */
  synchronized List<String> left(BmcAddress address) {
    List<String> paths = new ArrayList<>();
    for (String each : old) {
      if (each.startsWith(address + " ")) {
        paths.add(each.substring(each.indexOf(' ') + 1));
      }
    }
    return paths;
  }

  /** If all is done, the next run begins anew. */
  synchronized void finish() {
    if (sessions.isEmpty() && nodes.values().stream().allMatch(each -> each.mark() == Mark.DONE)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // it says then that all is done, which is true
      }
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // every line was written at once
    }
  }
}
