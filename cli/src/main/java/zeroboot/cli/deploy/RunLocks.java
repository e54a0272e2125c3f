package zeroboot.cli.deploy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import zeroboot.bmc.link.BmcException;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;

/**
 * What this run works on, and no other run of this user may, whatever profile names it. Each name
 * is a byte of one file, at the place that its hash says, and is locked there: the system takes the
 * locks of a process away when that ends, however it ends, so none is ever left over.
 */
final class RunLocks implements AutoCloseable {
  /** The file's name. */
  static final String FILE = "bmc-locks";

  private static final int HASH_DIGITS = 16;

  private final Path file;
  private final RandomAccessFile places;
  private final Map<String, Boolean> asked = new HashMap<>();

  private RunLocks(Path file, RandomAccessFile places) {
    this.file = file;
    this.places = places;
  }

  static RunLocks open(Path file) {
    try {
      return new RunLocks(file, new RandomAccessFile(file.toFile(), "rw"));
    } catch (IOException e) {
      throw trouble(file, e);
    }
  }

  private static ZbootException trouble(Path file, IOException e) {
    return ZbootException.io(
        file.toString(),
        "cannot be locked (" + e.getMessage() + ")",
        "set XDG_STATE_HOME to a folder on a disk of this machine");
  }

  /** Locks their controllers; of those that others hold, why they are not worked on. */
  Map<String, BmcException> take(List<Access> accesses) {
    Map<String, BmcException> held = new LinkedHashMap<>();
    for (Access each : accesses) {
      if (!isOurs("controller " + each.address())) {
        held.put(each.name(), held("its controller " + each.address()));
      }
    }
    return held;
  }

  static BmcException held(String what) {
    return BmcException.of(
        BmcException.Kind.OCCUPIED,
        "another zboot deploy works on " + what,
        "wait for it, or end it first");
  }

  /** Whether this run holds a name, from now on if it is free. */
  boolean isOurs(String name) {
    return asked.computeIfAbsent(name.toLowerCase(Locale.ROOT), this::isLocked);
  }

  private boolean isLocked(String name) {
    String hash = Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
    long place = ByteBuffer.wrap(HexFormat.of().parseHex(hash)).getLong() >>> 2;
    try {
      return places.getChannel().tryLock(place, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw trouble(file, e);
    }
  }

  @Override
  public void close() {
    try {
      places.close();
    } catch (IOException e) {
      // nothing was written
    }
  }
}
