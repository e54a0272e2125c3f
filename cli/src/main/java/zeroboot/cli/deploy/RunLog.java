package zeroboot.cli.deploy;

import java.io.IOException;
import java.io.RandomAccessFile;
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

/**
 * What a run has done, a line for each step, so that a second one goes on where it broke off: how
 * far each node came with which image and when, which word its reports have to know, and which
 * sessions are open (their addresses, no tokens). The file is there as long as work is left.
 */
final class RunLog implements SessionLog, AutoCloseable {
  private static final Duration MEANING = Duration.ofDays(1);

  /** Far more than a rack writes in a day. */
  private static final int MOST_BYTES = 64 << 20;

  private final Path file;
  private final RandomAccessFile out;
  private final Clock clock;
  private final Map<String, Reached> nodes = new HashMap<>();
  private final Map<String, Word> words = new HashMap<>();
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

  /**
   * What a node's report has to know.
   *
   * @param tag ID that the image would have without it: another image gets another word
   */
  private record Word(String tag, String text, Instant at) {}

  private RunLog(Path file, RandomAccessFile out, Clock clock, byte[] before) {
    this.file = file;
    this.out = out;
    this.clock = clock;
    new String(before, StandardCharsets.UTF_8).lines().forEach(this::replay);
    old.addAll(sessions);
  }

  /**
   * The log of a profile, which one run at a time has.
   *
   * @param file is there and its owner's alone: the words in it are secret
   */
  static RunLog open(Path file, Clock clock) {
    try {
      // Read and written by this one opening: to close another would take the lock away (fcntl(2)).
      // No channel: a thread that is interrupted at one closes it for all.
      RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
      if (!isLocked(out)) {
        out.close();
        throw ZbootException.refused(
            file.toString(),
            "another zboot deploy works on this profile",
            "wait for it, or end it first");
      }
      if (out.length() > MOST_BYTES) {
        out.close();
        throw ZbootException.settings(
            file.toString(), "is too large to be what it should be", "take it away");
      }
      byte[] before = new byte[(int) out.length()];
      out.readFully(before);
      if (before.length > 0 && before[before.length - 1] != '\n') {
        out.write('\n'); // a crash cut the last line off
      }
      return new RunLog(file, out, clock, before);
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(), "cannot be written (" + e.getMessage() + ")", "make room");
    }
  }

  private static boolean isLocked(RandomAccessFile out) throws IOException {
    try {
      return out.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void replay(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length == 3 && parts[0].equals("session") && Session.isPath(parts[2])) {
      sessions.add(parts[1] + " " + parts[2]);
    } else if (parts.length == 3 && parts[0].equals("ended")) {
      sessions.remove(parts[1] + " " + parts[2]);
      old.remove(parts[1] + " " + parts[2]);
    } else if (parts.length == 5 && parts[4].matches("\\d{1,15}")) {
      Instant at = Instant.ofEpochSecond(Long.parseLong(parts[4]));
      if (parts[0].equals("word") && ReportWord.isOne(parts[3])) {
        words.put(parts[1], new Word(parts[2], parts[3], at));
      }
      for (Mark mark : Mark.values()) {
        if (parts[0].equals("node") && word(mark).equals(parts[3])) {
          nodes.put(parts[1], new Reached(parts[2], mark, at));
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

  /**
   * The word that the node's reports have to know: the one before, if a run broke off with the same
   * image, else a new one.
   *
   * @param tag the ID of the image without it
   */
  synchronized String word(String node, String tag) {
    Word known = words.get(node);
    String text =
        known != null && known.tag().equals(tag) && (means(known.at()) || isUnderWay(node))
            ? known.text()
            : ReportWord.make();
    write("word " + node + " " + tag + " " + text + " " + clock.instant().getEpochSecond());
    return text;
  }

  private boolean isUnderWay(String node) {
    Reached reached = nodes.get(node);
    return reached != null && means(reached.at());
  }

  /** Whether it was not too long ago to mean anything. */
  private boolean means(Instant at) {
    return at.plus(MEANING).isAfter(clock.instant());
  }

  /** How far it came with this very image, if that was not too long ago to mean anything. */
  synchronized Optional<Reached> reached(String node, String image) {
    return Optional.ofNullable(nodes.get(node))
        .filter(known -> known.image().equals(image))
        .filter(known -> means(known.at()));
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
