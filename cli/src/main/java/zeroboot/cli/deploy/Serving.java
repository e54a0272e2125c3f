package zeroboot.cli.deploy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zeroboot.server.ImageServer;
import zeroboot.server.files.SharedImages;
import zeroboot.server.nodes.ImageListener;
import zeroboot.server.nodes.Report;
import zeroboot.signing.keys.ServerRoot;

/** The server of the images, and the authority that vouches for it where HTTPS is wanted. */
final class Serving implements AutoCloseable {
  private static final String ROOT = "deploy-root.pem";
  private static final int PEM_COLUMNS = 64;

  private final Path rootFile;
  private final Clock clock;
  private @Nullable ServerRoot root;
  private @Nullable ImageServer server;

  private Serving(Path rootFile, Clock clock) {
    this.rootFile = rootFile;
    this.clock = clock;
  }

  static Serving start(
      SharedImages images,
      List<DeployNode> nodes,
      DeployNetwork network,
      StateFolder state,
      Clock clock) {
    Serving serving = new Serving(state.file(ROOT), clock);
    Map<String, DeployNode> byName = new HashMap<>();
    nodes.forEach(node -> byName.put(node.name(), node));
    ImageListener listener =
        new ImageListener() {
          @Override
          public void gave(String image, String from, long bytes) {
            DeployNode node = byName.get(image.replaceFirst("-[0-9a-f]{16}\\.[a-z]+$", ""));
            if (node != null) {
              node.gave(from, bytes);
            }
          }

          @Override
          public void reported(String path, String from, Report report) {
            DeployNode node = byName.get(path.replaceFirst("/.*", ""));
            if (node != null) {
              node.reported(path.substring(node.name().length()), from, report);
            }
          }
        };
    serving.server =
        ImageServer.start(
            images,
            listener,
            network.httpPort,
            network.httpsPort,
            address -> serving.root().server(List.of(address)));
    return serving;
  }

  ImageServer server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  /** Made when it is needed first, and kept: controllers keep what was posted to them. */
  private synchronized ServerRoot root() {
    if (root == null) {
      root = ServerRoot.keep(rootFile, clock.instant());
    }
    return root;
  }

  /** Of the authority, in PEM (RFC 7468). */
  String certificate() {
    try {
      byte[] line = {'\n'};
      return "-----BEGIN CERTIFICATE-----\n"
          + new String(
              Base64.getMimeEncoder(PEM_COLUMNS, line).encode(root().certificate().getEncoded()),
              StandardCharsets.US_ASCII)
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e); // it was made or read here
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
