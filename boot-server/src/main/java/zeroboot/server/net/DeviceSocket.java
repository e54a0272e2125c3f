package zeroboot.server.net;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import zeroboot.ground.ZbootException;

/**
 * UDP sockets that hear what comes in by one interface, and send out of it, broadcasts too. A
 * socket of Java's alone hears the broadcasts of all interfaces and cannot tell them apart. Linux
 * only ({@code SO_BINDTODEVICE}, socket(7)); takes no more than {@code CAP_NET_BIND_SERVICE} since
 * Linux 5.7.
 */
public final class DeviceSocket {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int TRIES = 100;

  /** In bytes: two thousand questions, with what the kernel adds to each. */
  private static final int RECEIVED = 4 << 20;

  private DeviceSocket() {}

  /** Whether this machine can do it. */
  public static boolean isPossible() {
    return Files.isDirectory(DESCRIPTORS);
  }

  /**
   * A socket of this interface on this port, for broadcasts.
   *
   * @param shared whether another program may have the port too
   * @throws ZbootException (I/O) if the port is taken or not allowed: names who has it
   */
  public static DatagramChannel open(LocalInterface device, int port, boolean shared) {
    try {
      DatagramChannel channel = bound(device.name());
      try {
        channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
        // A farm that is switched on asks all at once; the kernel takes less where it allows less.
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVED);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
        channel.bind(new InetSocketAddress("0.0.0.0", port));
        return channel;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (BindException e) {
      throw Ports.refused(Ports.Protocol.UDP, port, e);
    } catch (IOException | LastErrorException e) {
      throw ZbootException.io(
          "interface " + device.name(),
          String.valueOf(e.getMessage()),
          "see what `ip link` says of it");
    }
  }

  /**
   * The descriptor is found as the one socket that is new: Java does not tell. Should another
   * thread open one at the same moment, it is done again.
   */
  private static synchronized DatagramChannel bound(String device) throws IOException {
    // The first channel brings helpers of Java's own along.
    DatagramChannel.open(StandardProtocolFamily.INET).close();
    for (int i = 0; i < TRIES; i++) {
      Map<String, Integer> before = sockets();
      DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
      Map<String, Integer> opened = sockets();
      opened.keySet().removeAll(before.keySet());
      if (opened.size() == 1) {
        byte[] name = (device + "\0").getBytes(StandardCharsets.US_ASCII);
        int fd = opened.values().iterator().next();
        LibC.load().setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_BINDTODEVICE, name, name.length);
        return channel;
      }
      channel.close();
    }
    throw new IOException("its socket cannot be told from others of this process");
  }

  /** Every socket of this process, by its inode: numbers of descriptors are used again. */
  private static Map<String, Integer> sockets() throws IOException {
    Map<String, Integer> all = new HashMap<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path link : links) {
        try {
          String target = Files.readSymbolicLink(link).toString();
          if (target.startsWith("socket:")) {
            all.put(target, Integer.valueOf(link.getFileName().toString()));
          }
        } catch (NoSuchFileException e) {
          // closed since, the list of links itself for one
        }
      }
    }
    return all;
  }
}
