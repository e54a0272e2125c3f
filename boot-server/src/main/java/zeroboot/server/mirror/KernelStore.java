package zeroboot.server.mirror;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;

/**
 * The folder of a mirror: kernels under their hashes, and a record for each URL that names the one
 * it last gave. A record takes its place in one step, after the kernel is on the disk; so whatever
 * happens between, what a record names is whole.
 */
final class KernelStore implements AutoCloseable {
  private static final String PART = ".part";
  private static final String RECORD = ".json";
  private static final String KERNEL = ".kernel";
  private static final Gson GSON = new Gson();

  private final Path folder;
  private final FileChannel lock;

  /**
   * What was fetched from a URL.
   *
   * @param url the URL
   * @param etag the validator of its server (RFC 9110 section 8.8.3); null for none
   * @param lastModified the other one, section 8.8.2; null for none
   * @param length in bytes
   * @param sha256 in hexadecimal
   * @param fetched when, in ISO 8601
   * @param signature that was beside it, in base 64; null for none
   */
  record Kept(
      String url,
      @Nullable String etag,
      @Nullable String lastModified,
      long length,
      String sha256,
      String fetched,
      @Nullable String signature) {
    /** What was beside it; empty also for what is no base 64. */
    Optional<byte[]> signatureBytes() {
      try {
        return Optional.ofNullable(signature).map(text -> Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // somebody else wrote that
      }
    }
  }

  private KernelStore(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a folder, which is made if it is not there, and clears away what was cut off.
   *
   * @throws ZbootException (I/O) if it cannot be used, or another server uses it
   */
  static KernelStore open(Path folder) {
    try {
      Files.createDirectories(folder);
      @SuppressWarnings("resource") // closed with the store
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw ZbootException.io(
            folder.toString(),
            "another zboot serve uses it",
            "end that one, or name another folder");
      }
      KernelStore store = new KernelStore(folder, channel);
      store.clear();
      return store;
    } catch (IOException e) {
      throw ZbootException.io(
          folder.toString(),
          "cannot be used for kernels (" + e.getMessage() + ")",
          "name a folder that can be written");
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process
    }
  }

  private void clear() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + PART)) {
      for (Path part : parts) {
        Files.delete(part);
      }
    }
  }

  /** What is kept of a URL; read and hashed anew, and forgotten if one byte is not as it was. */
  Optional<Kept> find(String key, String url) throws IOException {
    Path record = folder.resolve(key + RECORD);
    Kept kept;
    try {
      kept = GSON.fromJson(Files.readString(record), Kept.class);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonParseException e) {
      kept = null;
    }
    if (kept == null || !url.equals(kept.url()) || !isSound(key, kept)) {
      Files.deleteIfExists(record);
      return Optional.empty();
    }
    return Optional.of(kept);
  }

  private boolean isSound(String key, Kept kept) throws IOException {
    if (kept.sha256() == null || !kept.sha256().matches("[0-9a-f]{64}")) {
      return false;
    }
    Path file = kernel(key, kept);
    MessageDigest digest = Sha256.begin();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      long length = in.transferTo(java.io.OutputStream.nullOutputStream());
      return length == kept.length() && Sha256.hex(digest).equals(kept.sha256());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Where a kernel that is kept lies. */
  Path kernel(String key, Kept kept) {
    return folder.resolve(key + "-" + kept.sha256().substring(0, 16) + KERNEL);
  }

  /** Opens a kernel that is kept. */
  FileChannel open(String key, Kept kept) throws IOException {
    return FileChannel.open(kernel(key, kept), StandardOpenOption.READ);
  }

  /** A file for a kernel that arrives; {@link #keep} or {@link #drop} ends it. */
  FileChannel begin(String key) throws IOException {
    return FileChannel.open(
        part(key),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /** Where a kernel lies that arrives. */
  Path part(String key) {
    return folder.resolve(key + PART);
  }

  /** Throws away what arrived. */
  void drop(String key) {
    try {
      Files.deleteIfExists(part(key));
    } catch (IOException e) {
      // the next start clears it away
    }
  }

  /**
   * What arrived is whole: it takes the place of the one before.
   *
   * @param file as {@link #begin} gave it; stays open
   */
  void keep(String key, FileChannel file, Kept kept) throws IOException {
    file.force(true);
    Path kernel = kernel(key, kept);
    Files.move(part(key), kernel, StandardCopyOption.ATOMIC_MOVE);
    record(key, kept);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, key + "-*" + KERNEL)) {
      for (Path old : all) {
        if (!old.equals(kernel)) {
          Files.delete(old); // who reads it goes on reading
        }
      }
    }
  }

  /** Writes the record. */
  void record(String key, Kept kept) throws IOException {
    Path part = folder.resolve(key + RECORD + PART);
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer text =
          ByteBuffer.wrap((GSON.toJson(kept) + "\n").getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        out.write(text);
      }
      out.force(true);
    }
    Files.move(part, folder.resolve(key + RECORD), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // it goes with the process
    }
  }
}
