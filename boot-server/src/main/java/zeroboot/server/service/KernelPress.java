package zeroboot.server.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;

/** Takes kernels from whoever has the token: each is there in one step, or not at all. */
final class KernelPress {
  /** In bytes. */
  private static final long MOST = 256L << 20;

  private static final String PART = ".part";
  private static final int GUESSES = 5;
  private static final double GUESSES_PER_SECOND = 1.0 / 60;

  private final Texts texts;
  private final KernelShelf shelf;
  private final KernelOptions.Publishing publishing;
  private final byte[] token;
  private final RateLimit guesses = new RateLimit(GUESSES_PER_SECOND, GUESSES, System::nanoTime);

  KernelPress(Texts texts, KernelShelf shelf, KernelOptions.Publishing publishing) {
    this.texts = texts;
    this.shelf = shelf;
    this.publishing = publishing;
    token = digest(publishing.token());
  }

  private static byte[] digest(String text) {
    return Sha256.begin().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether who asks has the token; answers him if not. */
  private boolean mayPublish(InetAddress client, Replies reply) {
    int wait = guesses.look(client);
    if (wait > 0) {
      reply.response().getHeaders().put(HttpHeader.RETRY_AFTER, wait);
      refuse(reply, 429, texts.get("error.guesses"));
      return false;
    }
    String given = String.valueOf(reply.request().getHeaders().get(HttpHeader.AUTHORIZATION));
    String bearer = given.startsWith("Bearer ") ? given.substring("Bearer ".length()) : "";
    // As long, wherever the first wrong letter is.
    if (MessageDigest.isEqual(token, digest(bearer))) {
      return true;
    }
    var unused = guesses.secondsToWait(client);
    reply.response().getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    refuse(reply, 401, texts.get("error.401"));
    return false;
  }

  private static void refuse(Replies reply, int status, String text) {
    reply.response().getHeaders().put(HttpHeader.CONNECTION, "close"); // its content is not read
    reply.text(status, text);
  }

  /**
   * Puts a kernel onto the shelf: what is sent, or with {@code ?from=NAME} one that is there.
   *
   * @throws ZbootException (settings) if it is not acceptable
   */
  void put(List<String> parts, InetAddress client, Replies reply) {
    if (!mayPublish(client, reply)) {
      return;
    }
    Optional<String> name = KernelShelf.name(parts);
    if (name.isEmpty()) {
      refuse(reply, 400, texts.get("error.kernel-name"));
      return;
    }
    if (reply.request().getLength() > MOST) {
      refuse(reply, 413, texts.get("error.kernel-size"));
      return;
    }
    try {
      publish(name.get(), reply);
    } catch (ZbootException e) {
      refuse(reply, 422, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      refuse(reply, 500, texts.get("error.kernel-io"));
    }
  }

  private void publish(String name, Replies reply) throws IOException {
    Path place = shelf.folder().resolve(name);
    Path folder = Files.createDirectories(place.resolveSibling("."));
    Path part = Files.createTempFile(folder, ".", PART);
    try {
      String sha256 = write(name, part, reply);
      String wanted = reply.query().getValue("sha256");
      if (wanted != null && !wanted.equalsIgnoreCase(sha256)) {
        throw ZbootException.settings(name, "arrived with the SHA-256 " + sha256, "send it again");
      }
      publishing.judge().judge(name, part);
      Files.setPosixFilePermissions(
          part, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
      long size = Files.size(place);
      reply.text(
          201, Downloads.JSON, ApiJson.text(json -> KernelPages.fields(json, name, size, sha256)));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private String write(String name, Path part, Replies reply) throws IOException {
    MessageDigest digest = Sha256.begin();
    String from = reply.query().getValue("from");
    try (InputStream in = from == null ? sent(reply.request()) : source(from);
        OutputStream out = Files.newOutputStream(part)) {
      byte[] piece = new byte[1 << 16];
      long size = 0;
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        size += count;
        if (size > MOST) {
          throw ZbootException.settings(name, "is larger than 256 MiB", "send a kernel");
        }
        digest.update(piece, 0, count);
        out.write(piece, 0, count);
      }
      if (size == 0) {
        throw ZbootException.settings(name, "is empty", "send a kernel, or name one by ?from=NAME");
      }
    }
    return Sha256.hex(digest);
  }

  private static InputStream sent(Request request) {
    return Content.Source.asInputStream(request);
  }

  private InputStream source(String from) throws IOException {
    Optional<String> name = KernelShelf.name(List.of(from.split("/", -1)));
    if (name.isEmpty() || shelf.get(name.get()).isEmpty()) {
      throw ZbootException.settings(
          "'" + from + "'", "there is no such kernel", "publish it first");
    }
    return Files.newInputStream(shelf.folder().resolve(name.get()));
  }
}
