import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Many nodes that boot at once, for {@code bench/serve}: {@code ServeBench dhcp|tftp|http SERVER
 * NODES FILE}. Prints the median time to an offer in milliseconds, or megabytes a second. Node
 * number i has the address 10.99.(1 + i / 250).(1 + i % 250).
 */
final class ServeBench {
  private static final long PATIENCE = 300_000_000_000L;
  private static final long RESEND = 1_000_000_000L;

  private ServeBench() {}

  public static void main(String[] args) throws Exception {
    int nodes = Integer.parseInt(args[2]);
    double result =
        switch (args[0]) {
          case "dhcp" -> dhcp(nodes);
          case "tftp" -> tftp(args[1], nodes, args[3]);
          default -> http(args[1], nodes, args[3]);
        };
    System.out.printf(Locale.ROOT, "%.2f%n", result);
  }

  private static InetAddress address(int node) throws IOException {
    return InetAddress.getByAddress(
        new byte[] {10, 99, (byte) (1 + node / 250), (byte) (1 + node % 250)});
  }

  private static ByteBuffer question(int node) {
    byte[] vendor = "PXEClient:Arch:00007:UNDI:003000".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer p = ByteBuffer.allocate(300);
    p.put(new byte[] {1, 1, 6, 0}).putInt(node).putShort((short) 0).putShort((short) 0x8000);
    p.position(28).put(new byte[] {2, 0, 0, 0}).putShort((short) node);
    p.position(236).putInt(0x63825363).put(new byte[] {53, 1, 1, 60, (byte) vendor.length});
    p.put(vendor).put(new byte[] {93, 2, 0, 7, (byte) 255});
    return p.clear();
  }

  /** From each node's first packet to its offer: UEFI firmware over PXE. */
  private static double dhcp(int nodes) throws IOException {
    long[] asked = new long[nodes];
    long[] taken = new long[nodes];
    long[] last = new long[nodes];
    try (DatagramChannel channel = DatagramChannel.open();
        Selector selector = Selector.open()) {
      channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
      channel.bind(new InetSocketAddress("0.0.0.0", 68));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      InetSocketAddress all = new InetSocketAddress("255.255.255.255", 67);
      ByteBuffer answer = ByteBuffer.allocate(2048);
      int offers = 0;
      int sent = 0;
      long end = System.nanoTime() + PATIENCE;
      while (offers < nodes) {
        if (System.nanoTime() > end) {
          throw new IOException(offers + " of " + nodes + " offers");
        }
        if (sent < nodes) {
          asked[sent] = System.nanoTime();
          last[sent] = asked[sent];
          channel.send(question(sent), all);
          sent++;
        } else if (selector.select(100) == 0) {
          // Lost on the way, as some of five hundred are: firmware asks again after a second or more.
          for (int i = 0; i < nodes; i++) {
            if (taken[i] == 0 && System.nanoTime() - last[i] > RESEND) {
              last[i] = System.nanoTime();
              channel.send(question(i), all);
            }
          }
        }
        selector.selectedKeys().clear();
        answer.clear();
        while (channel.receive(answer) != null) {
          int node = answer.getInt(4);
          if (answer.get(0) == 2 && node >= 0 && node < nodes && taken[node] == 0) {
            taken[node] = System.nanoTime() - asked[node];
            offers++;
          }
          answer.clear();
        }
      }
    }
    Arrays.sort(taken);
    return taken[nodes / 2] / 1e6;
  }

  /** One node that fetches: acknowledges windows as they are granted. */
  private static final class Fetch {
    final DatagramChannel channel;
    final InetSocketAddress door;
    final ByteBuffer request;
    InetSocketAddress peer;
    int block = 512;
    int window = 1;
    long expected = 1;
    int inWindow;
    long bytes;
    long heard;
    boolean done;

    Fetch(int node, String server, String file) throws IOException {
      door = new InetSocketAddress(server, 69);
      channel = DatagramChannel.open();
      channel.bind(new InetSocketAddress(address(node), 0));
      channel.configureBlocking(false);
      String text = "\0\1" + file + "\0octet\0blksize\0" + "1468\0windowsize\0" + "4\0";
      request = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    void send() throws IOException {
      heard = System.nanoTime();
      if (peer == null) {
        channel.send(request.duplicate(), door);
      } else {
        ByteBuffer ack = ByteBuffer.allocate(4).putShort((short) 4);
        channel.send(ack.putShort((short) (expected - 1)).flip(), peer);
      }
      inWindow = 0;
    }

    void take(ByteBuffer packet, InetSocketAddress from) throws IOException {
      int opcode = packet.getShort();
      if (opcode == 6) {
        peer = from;
        byte[] rest = new byte[packet.remaining()];
        packet.get(rest);
        String[] words = new String(rest, StandardCharsets.US_ASCII).split("\0", -1);
        for (int i = 0; i + 1 < words.length; i += 2) {
          if (words[i].equals("blksize")) {
            block = Integer.parseInt(words[i + 1]);
          } else if (words[i].equals("windowsize")) {
            window = Integer.parseInt(words[i + 1]);
          }
        }
        send();
      } else if (opcode == 3) {
        if ((packet.getShort() & 0xFFFF) != (expected & 0xFFFF)) {
          return;
        }
        heard = System.nanoTime();
        expected++;
        bytes += packet.remaining();
        inWindow++;
        done = packet.remaining() < block;
        if (done || inWindow == window) {
          send();
        }
      } else {
        throw new IOException("opcode " + opcode);
      }
    }
  }

  private static double tftp(String server, int nodes, String file) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(2048);
    List<Fetch> fetches = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < nodes; i++) {
        Fetch fetch = new Fetch(i, server, file);
        fetch.channel.register(selector, SelectionKey.OP_READ, fetch);
        fetches.add(fetch);
      }
      long start = System.nanoTime();
      for (Fetch fetch : fetches) {
        fetch.send();
      }
      int left = nodes;
      while (left > 0) {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
          Fetch fetch = (Fetch) key.attachment();
          packet.clear();
          InetSocketAddress from = (InetSocketAddress) fetch.channel.receive(packet);
          while (from != null && !fetch.done) {
            fetch.take(packet.flip(), from);
            packet.clear();
            from = (InetSocketAddress) fetch.channel.receive(packet);
          }
          if (fetch.done) {
            left--;
            key.cancel();
          }
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        for (Fetch fetch : fetches) {
          if (!fetch.done && now - fetch.heard > RESEND) {
            fetch.send();
          }
        }
        if (now - start > PATIENCE) {
          throw new IOException(left + " of " + nodes + " are not through");
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long bytes = fetches.stream().mapToLong(fetch -> fetch.bytes).sum();
      if (bytes != nodes * fetches.get(0).bytes) {
        throw new IOException("files of different lengths");
      }
      return bytes / seconds / 1e6;
    }
  }

  private static double http(String server, int nodes, String file) throws IOException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    URI uri = URI.create("http://" + server + "/" + file);
    List<CompletableFuture<Long>> all = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < nodes; i++) {
      all.add(
          client
              .sendAsync(
                  HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
              .thenApply(answer -> answer.statusCode() == 200 ? (long) answer.body().length : -1L));
    }
    List<Long> sizes = new ArrayList<>();
    for (CompletableFuture<Long> each : all) {
      sizes.add(each.join());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (Collections.min(sizes) < 1 || !Collections.min(sizes).equals(Collections.max(sizes))) {
      throw new IOException("not every node has the file");
    }
    return sizes.stream().mapToLong(Long::longValue).sum() / seconds / 1e6;
  }
}
