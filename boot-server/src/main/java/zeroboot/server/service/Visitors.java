package zeroboot.server.service;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import zeroboot.server.net.AddressBlock;

/**
 * Who asks, and by which URL he came here. Headers that proxies write ({@code X-Forwarded-For},
 * {@code -Proto}, {@code -Host}) count only where a named proxy sent them: anybody can write them.
 *
 * @param proxies whose word counts
 * @param base under which visitors reach the service; empty for what they ask for
 */
record Visitors(List<AddressBlock> proxies, Optional<String> base) {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?");

  /** Whether a proxy was named so. */
  boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(block -> block.contains(address));
  }

  private static InetAddress peer(Request request) {
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    return remote instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /** The client: the last address in the chain of proxies that is none of them. */
  InetAddress client(Request request) {
    InetAddress client = peer(request);
    List<String> chain = request.getHeaders().getCSV("X-Forwarded-For", false);
    for (int i = chain.size() - 1; i >= 0 && isProxy(client); i--) {
      Optional<InetAddress> before = AddressBlock.address(plain(chain.get(i)));
      if (before.isEmpty()) {
        break;
      }
      client = before.get();
    }
    return client;
  }

  /** Without brackets; some proxies write those of IPv6. */
  private static String plain(String text) {
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  /** The URL of this server as its visitor wrote it, without a slash at its end. */
  String base(Request request) {
    return base.orElseGet(() -> asked(request));
  }

  private String asked(Request request) {
    int port = Request.getServerPort(request);
    String scheme = String.valueOf(request.getHttpURI().getScheme());
    boolean isUsual = port <= 0 || port == (scheme.equals("https") ? 443 : 80);
    String host = Request.getServerName(request) + (isUsual ? "" : ":" + port);
    if (isProxy(peer(request))) {
      scheme = forwarded(request, "X-Forwarded-Proto", Pattern.compile("https?")).orElse(scheme);
      host = forwarded(request, "X-Forwarded-Host", HOST).orElse(host);
    }
    return scheme + "://" + host;
  }

  private static Optional<String> forwarded(Request request, String header, Pattern form) {
    return Optional.ofNullable(request.getHeaders().get(header))
        .map(value -> value.toLowerCase(Locale.ROOT))
        .filter(value -> form.matcher(value).matches());
  }
}
