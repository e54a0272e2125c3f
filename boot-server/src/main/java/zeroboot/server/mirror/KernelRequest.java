package zeroboot.server.mirror;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import zeroboot.server.mirror.KernelStore.Kept;

/** What is asked of a kernel's server: the kernel, if it is another than the one that is kept. */
final class KernelRequest {
  private static final Duration HEADERS = Duration.ofSeconds(20);

  private KernelRequest() {}

  static HttpRequest of(String url, Optional<Kept> before) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(HEADERS);
    before.ifPresent(
        last -> {
          if (last.etag() != null) {
            request.header("If-None-Match", last.etag());
          }
          if (last.lastModified() != null) {
            request.header("If-Modified-Since", last.lastModified());
          }
        });
    return request.build();
  }
}
