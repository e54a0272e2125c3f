package zeroboot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A machine in a {@link Lan}, beside the router. It ends with the test, and takes all it runs
 * along.
 */
public final class LanHost implements AutoCloseable {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  /** The card of a host that leads to the network behind it. */
  public static final String BEHIND = "behind";

  private final NetworkNamespace namespace;
  private final Path folder;

  LanHost(NetworkNamespace namespace, Path folder) {
    this.namespace = namespace;
    this.folder = folder;
  }

  String holder() {
    return namespace.holder();
  }

  void card(String name, String address) {
    namespace.ip("address", "add", address, "dev", name);
    namespace.ip("link", "set", name, "up");
    namespace.ip("route", "add", "default", "via", Lan.SERVER);
    // On a busy machine the kernel takes its time to see the other end of the cable.
    Lan.await(
        name + " is up",
        folder.resolve("link.log"),
        () -> run("ip", "-o", "link", "show", "dev", name).ok().contains("LOWER_UP"));
  }

  /** Adds an interface for a VLAN of a card; tells its name. */
  public String vlan(String card, int tag) {
    return Vlan.add(namespace, folder, card, tag);
  }

  /** Runs {@code ip} there. */
  public void ip(String... words) {
    namespace.ip(words);
  }

  /**
   * A program that runs there.
   *
   * @param process wraps it
   * @param log what it says
   */
  public record Program(Process process, Path log) {
    /** Everything that it said. */
    public String text() {
      return Lan.read(log);
    }

    /**
     * Waits until it says this; fails with all that it said, if it ends before or takes minutes.
     */
    public void await(String expected) {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (!text().contains(expected)) {
        if (!process.isAlive() && !text().contains(expected)) {
          throw new AssertionError("ended before it said: " + expected + "\n" + text());
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError("never said: " + expected + "\n" + text());
        }
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted", e);
        }
      }
    }
  }

  /** Starts a program. */
  public Program start(List<String> command) {
    Path log;
    try {
      // Several hosts may share a folder.
      log = Files.createTempFile(folder, "host", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Program(namespace.start(log, command), log);
  }

  /** Runs a tool to its end. */
  public ForeignTool.Result run(String... command) {
    List<String> words = new ArrayList<>(namespace.wrapper());
    words.addAll(Arrays.asList(command));
    String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
    return ForeignTool.require("nsenter").run(arguments);
  }

  /**
   * Adds a card whose cable leads here, into a network of its own behind this machine, which routes
   * between the two.
   *
   * @param address of this machine in that network, with the bits of the network
   */
  public Qemu plugBehind(Qemu machine, Nic card, String address) {
    run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward").ok();
    namespace.ip("tuntap", "add", BEHIND, "mode", "tap");
    namespace.ip("address", "add", address, "dev", BEHIND);
    namespace.ip("link", "set", BEHIND, "up");
    return machine
        .in(namespace)
        .nic(card.pluggedInto("tap,script=no,downscript=no,ifname=" + BEHIND));
  }

  /** Lays a cable to another host, past the switch; both ends are cards of this name. */
  public void cable(LanHost other, String card, String address, String otherAddress) {
    namespace.ip(
        "link", "add", card, "type", "veth", "peer", "name", card, "netns", other.holder());
    namespace.ip("address", "add", address, "dev", card);
    namespace.ip("link", "set", card, "up");
    other.namespace.ip("address", "add", otherAddress, "dev", card);
    other.namespace.ip("link", "set", card, "up");
  }

  @Override
  public void close() {
    namespace.close();
  }
}
