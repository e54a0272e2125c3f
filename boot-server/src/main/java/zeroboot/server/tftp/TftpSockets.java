package zeroboot.server.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** The two kinds of sockets that TFTP needs (RFC 1350 section 4). */
final class TftpSockets {
  /** In bytes: two thousand requests, with what the kernel adds to each. */
  private static final int RECEIVED = 4 << 20;

  private TftpSockets() {}

  private interface Preparation {
    void of(DatagramChannel channel) throws IOException;
  }

  /** Where requests come in. */
  static DatagramChannel door(InetSocketAddress at) throws IOException {
    return opened(
        channel -> {
          // A farm that is switched on asks all at once; the kernel takes less where it allows
          // less.
          channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVED);
          channel.bind(at);
        });
  }

  /** For one transfer: a port of its own, which hears its client alone. */
  static DatagramChannel transfer(InetAddress address, InetSocketAddress client)
      throws IOException {
    return opened(
        channel -> {
          channel.configureBlocking(false);
          channel.bind(new InetSocketAddress(address, 0));
          channel.connect(client);
        });
  }

  private static DatagramChannel opened(Preparation preparation) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      preparation.of(channel);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
