package zeroboot.cli.serve;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import zeroboot.server.ServerOptions;
import zeroboot.server.net.LocalInterface;
import zeroboot.signing.keys.ServerRoot;

/**
 * A mirror that speaks HTTPS, under a root that its nodes' loaders trust and no other.
 *
 * @param root the root, kept in the mirror's folder
 * @param tls the port and what it shows
 */
record SealedMirror(ServerRoot root, ServerOptions.Tls tls) {
  /** In the folder of the mirror, which is there; its owner's alone. */
  private static final String ROOT = "tls-root.pem";

  static SealedMirror in(Path folder, Instant now, List<LocalInterface> at, int port) {
    ServerRoot root = ServerRoot.keep(folder.resolve(ROOT), now);
    List<String> addresses = new ArrayList<>();
    at.forEach(each -> addresses.add(each.address().toString()));
    addresses.add("127.0.0.1");
    return new SealedMirror(root, new ServerOptions.Tls(port, root.server(addresses)));
  }
}
