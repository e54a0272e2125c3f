package zeroboot.server.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import zeroboot.server.net.AddressBlock;
import zeroboot.server.nodes.Node;
import zeroboot.server.nodes.NodeJson;
import zeroboot.spec.MacAddress;

/**
 * Tells pages which nodes changed, by server-sent events (HTML, section 9.2). A page that reads
 * slowly hears of a node once, however often it changed.
 */
final class EventStreams {
  private static final int MOST = 64;

  /** Of one client: nobody keeps the page from all others. */
  private static final int MOST_OF_A_CLIENT = 8;

  /** Ticks without news after which something is sent, so that a dead connection is noticed. */
  private static final int QUIET_TICKS = 20;

  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private final Supplier<List<Node>> nodes;

  EventStreams(Supplier<List<Node>> nodes) {
    this.nodes = nodes;
  }

  /** Takes a page on; false if there are too many. */
  boolean open(Request request, Response response, Callback done) {
    Optional<AddressBlock> client = client(request);
    long same = viewers.stream().filter(viewer -> viewer.client.equals(client)).count();
    if (viewers.size() >= MOST || same >= MOST_OF_A_CLIENT) {
      return false;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Viewer viewer = new Viewer(client, response, done);
    viewers.add(viewer);
    nodes.get().forEach(node -> viewer.changed(node.mac()));
    viewer.tick(nodes.get());
    return true;
  }

  private static Optional<AddressBlock> client(Request request) {
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    return remote instanceof InetSocketAddress inet && inet.getAddress() != null
        ? Optional.of(AddressBlock.ofClient(inet.getAddress()))
        : Optional.empty();
  }

  /** A node changed; cheap. */
  void changed(MacAddress node) {
    viewers.forEach(viewer -> viewer.changed(node));
  }

  /** Sends what there is to send: twice a second or so. */
  void tick() {
    if (!viewers.isEmpty()) {
      List<Node> now = nodes.get();
      viewers.forEach(viewer -> viewer.tick(now));
    }
  }

  /** Ends all streams. */
  void close() {
    viewers.forEach(Viewer::end);
  }

  private final class Viewer implements Callback {
    private final Optional<AddressBlock> client;
    private final Response response;
    private final Callback done;
    private final Set<MacAddress> changed = new LinkedHashSet<>();
    private boolean writing;
    private boolean ended;
    private int quiet;

    Viewer(Optional<AddressBlock> client, Response response, Callback done) {
      this.client = client;
      this.response = response;
      this.done = done;
    }

    synchronized void changed(MacAddress node) {
      changed.add(node);
    }

    void tick(List<Node> all) {
      StringBuilder text = new StringBuilder();
      synchronized (this) {
        if (writing || ended || (changed.isEmpty() && ++quiet < QUIET_TICKS && quiet > 1)) {
          return;
        }
        writing = true;
        quiet = 1;
        for (Node node : all) {
          // Why a node is silent comes with time alone.
          if (changed.contains(node.mac()) || node.why().isPresent()) {
            text.append("data: ").append(NodeJson.node(node)).append("\n\n");
          }
        }
        changed.clear();
      }
      if (text.length() == 0) {
        text.append(":\n\n");
      }
      response.write(
          false, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)), this);
    }

    @Override
    public synchronized void succeeded() {
      writing = false;
    }

    @Override
    public void failed(Throwable why) {
      leave();
      done.failed(why);
    }

    void end() {
      if (leave()) {
        done.succeeded();
      }
    }

    private synchronized boolean leave() {
      boolean was = !ended;
      ended = true;
      viewers.remove(this);
      return was;
    }
  }
}
