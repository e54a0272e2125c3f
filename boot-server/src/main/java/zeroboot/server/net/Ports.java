package zeroboot.server.net;

import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import zeroboot.ground.ZbootException;

/** Who holds a port of this machine, as Linux lists it in {@code /proc} (proc(5)). */
public final class Ports {
  private static final Path PROC = Path.of("/proc");

  /** A transport with ports. */
  public enum Protocol {
    /** UDP. */
    UDP,
    /** TCP. */
    TCP
  }

  private Ports() {}

  /** The error for a port that could not be bound. */
  public static ZbootException refused(Protocol protocol, int port, BindException why) {
    String where = "port " + port + "/" + protocol.name().toLowerCase(Locale.ROOT);
    String text = String.valueOf(why.getMessage());
    if (text.contains("Permission")) {
      return ZbootException.io(
          where,
          "only root may open a port below 1024",
          "run it with sudo, or as a service with CAP_NET_BIND_SERVICE; --http-only needs neither");
    }
    if (text.contains("Cannot assign")) {
      return ZbootException.io(
          where, "this machine has no such address", "see what `ip address` says");
    }
    Set<String> holders = holders(protocol, port);
    if (holders.isEmpty()) {
      return ZbootException.io(where, text, "ss -lnp shows who holds it, if you are root");
    }
    return ZbootException.io(
        where,
        "taken by " + String.join(" and ", holders),
        "stop that program, or keep it and let it boot the nodes: zboot serve --explain prints"
            + " the lines for it");
  }

  /**
   * The programs that have a socket on this port: {@code dnsmasq (process 812)}. Those of other
   * users are seen by root alone.
   */
  public static Set<String> holders(Protocol protocol, int port) {
    Set<String> inodes = new LinkedHashSet<>();
    String name = protocol.name().toLowerCase(Locale.ROOT);
    for (String table : List.of(name, name + "6")) {
      inodes.addAll(inodes(lines(PROC.resolve("net").resolve(table)), protocol, port));
    }
    Set<String> holders = new TreeSet<>();
    if (!inodes.isEmpty()) {
      for (Path process : list(PROC, "[0-9]*")) {
        if (holdsOne(process, inodes)) {
          String program = String.join("", lines(process.resolve("comm"))).strip();
          holders.add(program + " (process " + process.getFileName() + ")");
        }
      }
    }
    return holders;
  }

  /** The inodes of the sockets on a port: columns 2 (local address) and 10 of the table. */
  static Set<String> inodes(List<String> table, Protocol protocol, int port) {
    String hex = String.format(":%04X", port);
    Set<String> inodes = new LinkedHashSet<>();
    for (String line : table) {
      String[] words = line.strip().split("\\s+", -1);
      boolean isListening = words.length > 9 && (protocol == Protocol.UDP || words[3].equals("0A"));
      if (isListening && words[1].endsWith(hex)) {
        inodes.add("socket:[" + words[9] + "]");
      }
    }
    return inodes;
  }

  private static boolean holdsOne(Path process, Set<String> inodes) {
    for (Path link : list(process.resolve("fd"), "*")) {
      try {
        if (inodes.contains(Files.readSymbolicLink(link).toString())) {
          return true;
        }
      } catch (IOException e) {
        // closed since
      }
    }
    return false;
  }

  private static List<Path> list(Path folder, String glob) {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(all::add);
    } catch (IOException e) {
      // ended since, or another user's
    }
    return all;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
