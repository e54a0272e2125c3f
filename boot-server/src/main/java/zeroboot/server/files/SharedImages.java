package zeroboot.server.files;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Images of many nodes in memory. They differ in their scripts alone, so each sector that several
 * have is kept once: two hundred images of a megabyte take a few of them.
 */
public final class SharedImages {
  /** The path that they are in: makers want a folder. */
  public static final String FOLDER = "/iso/";

  /** In bytes: what images are aligned to. */
  private static final int SECTOR = 2048;

  private final Map<String, Image> images = new ConcurrentHashMap<>();
  private final Map<Sector, byte[]> sectors = new HashMap<>();

  /**
   * An image, in sectors.
   *
   * @param size in bytes
   */
  public record Image(byte[][] sectors, int size) {
    /** Some bytes of it, in a buffer of their own. */
    public ByteBuffer range(int from, int length) {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      int at = from;
      while (bytes.hasRemaining()) {
        byte[] sector = sectors[at / SECTOR];
        int within = at % SECTOR;
        int count = Math.min(sector.length - within, bytes.remaining());
        bytes.put(sector, within, count);
        at += count;
      }
      return bytes.flip();
    }
  }

  /** The content is what counts. */
  private record Sector(byte[] bytes, int hash) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Sector sector && Arrays.equals(bytes, sector.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** Keeps an image under a name, {@code node-01-0123456789abcdef.iso}. */
  public void put(String name, byte[] bytes) {
    byte[][] shared = new byte[(bytes.length + SECTOR - 1) / SECTOR][];
    synchronized (sectors) {
      for (int i = 0; i < shared.length; i++) {
        byte[] own =
            Arrays.copyOfRange(bytes, i * SECTOR, Math.min(bytes.length, (i + 1) * SECTOR));
        shared[i] = sectors.computeIfAbsent(new Sector(own, Arrays.hashCode(own)), s -> own);
      }
    }
    images.put(name, new Image(shared, bytes.length));
  }

  /** The image of this name. */
  public Optional<Image> get(String name) {
    return Optional.ofNullable(images.get(name));
  }

  /** Bytes that all of them take. */
  public long held() {
    synchronized (sectors) {
      return sectors.values().stream().mapToLong(sector -> sector.length).sum();
    }
  }
}
