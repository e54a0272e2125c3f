package zeroboot.cli.deploy;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.BmcTrust;
import zeroboot.bmc.link.Times;
import zeroboot.server.ImageServer;

/**
 * What every node's deployment works with, and what the user asks for.
 *
 * @param mayRestart whether a machine that runs may be switched off
 * @param mayReplace whether what others put into a drive may be thrown out
 * @param fallback by the firmware's own HTTP, then by PXE, if no drive takes the image
 * @param patience until the goal is reached, from the moment that a machine boots
 * @param look for all that a controller is asked at a look
 * @param here address of this machine that controllers are told; empty to look which one they reach
 * @param nodeAddress likewise, for nodes
 * @param certificate of the image server's authority, in PEM; made when it is needed
 */
record Means(
    boolean mayRestart,
    boolean mayReplace,
    Fallback fallback,
    Goal goal,
    Duration patience,
    Duration look,
    Optional<InetAddress> here,
    Optional<InetAddress> nodeAddress,
    BmcTrust trust,
    Times times,
    Executor threads,
    ImageServer server,
    Supplier<String> certificate) {
  /** What may be done if no drive takes the image. */
  enum Fallback {
    NONE,
    HTTP,
    PXE
  }

  /**
   * Where nodes report to.
   *
   * @param base of the server as controllers reach it
   */
  String reports(String base) {
    if (nodeAddress.isEmpty()) {
      return base;
    }
    try {
      if (NetworkInterface.getByInetAddress(nodeAddress.get()) != null) {
        return server.http(nodeAddress.get());
      }
    } catch (SocketException e) {
      // as below
    }
    // None of ours: somebody forwards what comes there.
    return base.replaceFirst("//.*:", "//" + nodeAddress.get().getHostAddress() + ":");
  }

  /** Whether an image may be thrown out of a drive of this node. */
  Predicate<String> mayGo(String node) {
    return image -> mayReplace || NodeImages.isOurs(image, node);
  }

  /** The address of this machine from which a controller is reached, and so can reach us. */
  InetAddress towards(BmcAddress controller) {
    if (here.isPresent()) {
      return here.get();
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      String host = controller.host().replaceAll("[\\[\\]]", "");
      // Nothing is sent: the system only says which of its addresses it would use.
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), controller.port()));
      InetAddress local = socket.getLocalAddress();
      if (local.isAnyLocalAddress()) {
        throw unreachable(controller, "no route");
      }
      return local;
    } catch (UnknownHostException e) {
      throw unreachable(controller, "there is no host of this name");
    } catch (SocketException | UncheckedIOException e) {
      throw unreachable(controller, String.valueOf(e.getMessage()));
    }
  }

  private static BmcException unreachable(BmcAddress controller, String why) {
    return BmcException.of(
        BmcException.Kind.SILENT,
        controller + " cannot be reached from here (" + why + ")",
        "is the address right, and has this machine a way into that network?");
  }
}
