package zeroboot.testing.bmc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Fetches an image as controllers do: asks for its size, then range by range. */
final class ImageFetcher {
  private static final int BLOCK = 64 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final class Plain {
    /** For all controllers of a test: each client has threads of its own. */
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  private final HttpClient client;
  private final URI uri;

  /**
   * For an address.
   *
   * @param trusted certificates in PEM that HTTPS is checked against; null trusts those of Java
   */
  ImageFetcher(String url, @Nullable String trusted) throws IOException {
    uri = URI.create(url);
    client = trusted == null ? Plain.CLIENT : trusting(trusted);
  }

  private static HttpClient trusting(String pem) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
      int count = 0;
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))) {
        store.setCertificateEntry("c" + count++, each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(tls)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** How long it is, as HEAD says; there is no following of redirections. */
  long size() throws IOException {
    HttpResponse<Void> head =
        send(
            HttpRequest.newBuilder(uri).method("HEAD", HttpRequest.BodyPublishers.noBody()),
            HttpResponse.BodyHandlers.discarding());
    OptionalLong length = head.headers().firstValueAsLong("Content-Length");
    if (head.statusCode() != 200 || length.isEmpty()) {
      throw new IOException("HEAD " + uri + ": " + head.statusCode() + ", length " + length);
    }
    return length.getAsLong();
  }

  /** Some bytes of it. */
  byte[] range(long from, long to) throws IOException {
    HttpResponse<byte[]> part =
        send(
            HttpRequest.newBuilder(uri).header("Range", "bytes=" + from + "-" + to),
            HttpResponse.BodyHandlers.ofByteArray());
    if (part.statusCode() != 206 || part.body().length != to - from + 1) {
      throw new IOException("GET " + uri + " with a range: " + part.statusCode());
    }
    return part.body();
  }

  /** All of it, in blocks. */
  void fetch(Path to) throws IOException {
    long size = size();
    try (OutputStream out = Files.newOutputStream(to)) {
      for (long at = 0; at < size; at += BLOCK) {
        out.write(range(at, Math.min(size, at + BLOCK) - 1));
      }
    }
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      return client.send(request.timeout(PATIENCE).build(), body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
