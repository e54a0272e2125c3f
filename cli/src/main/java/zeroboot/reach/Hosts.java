package zeroboot.reach;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names, addresses, and connections to them. */
final class Hosts {
  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");
  private static final String NAME = "name";
  private static final String CONNECTION = "connection";

  private Hosts() {}

  /** Whether the host of a URL is an address; of IPv6 with or without its brackets. */
  static boolean isAddress(String host) {
    return host.contains(":") || IPV4.matcher(host).matches();
  }

  /** The addresses of a host, IPv4 first; none if nobody knows it. */
  static List<InetAddress> lookUp(String host, List<Found> found) {
    InetAddress[] all;
    try {
      all = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      found.add(Found.failed(NAME, "no name server knows " + host));
      return List.of();
    }
    List<InetAddress> four = new ArrayList<>();
    List<InetAddress> six = new ArrayList<>();
    for (InetAddress one : all) {
      (one instanceof Inet4Address ? four : six).add(one);
    }
    if (!isAddress(host)) {
      List<String> kinds = new ArrayList<>();
      if (!four.isEmpty()) {
        kinds.add("IPv4 " + shown(four));
      }
      if (!six.isEmpty()) {
        kinds.add("IPv6 " + shown(six));
      }
      found.add(Found.ok(NAME, host + " is " + String.join(", ", kinds)));
    }
    if (four.isEmpty()) {
      found.add(
          Found.note(NAME, "a node without IPv6 does not reach it: there is no IPv4 address"));
    }
    four.addAll(six);
    return four;
  }

  /** Connects to each of them, and keeps the first that answers. */
  static Optional<Socket> connect(
      List<InetAddress> addresses, int port, Limits limits, List<Found> found) {
    Optional<Socket> first = Optional.empty();
    List<Found> silent = new ArrayList<>();
    for (InetAddress address : addresses) {
      try {
        Socket socket = open(address, port, limits);
        if (first.isEmpty()) {
          first = Optional.of(socket);
        } else {
          socket.close();
        }
      } catch (IOException e) {
        silent.add(Found.note(CONNECTION, shown(address, port) + " does not answer: " + why(e)));
      }
    }
    if (first.isPresent()) {
      found.add(Found.ok(CONNECTION, shown(first.get().getInetAddress(), port) + " answers"));
      found.addAll(silent);
    } else {
      silent.forEach(one -> found.add(Found.failed(one.about(), one.says())));
    }
    return first;
  }

  static Socket open(InetAddress address, int port, Limits limits) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port), (int) limits.connect().toMillis());
      socket.setSoTimeout((int) limits.read().toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What an exception of the network says, or its kind where it says nothing. */
  static String why(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static String shown(InetAddress address, int port) {
    String text = address.getHostAddress();
    return (text.contains(":") ? "[" + text + "]" : text) + " port " + port;
  }

  private static String shown(List<InetAddress> addresses) {
    return String.join(" ", addresses.stream().map(InetAddress::getHostAddress).toList());
  }
}
