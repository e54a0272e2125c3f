package zeroboot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A port of a switch that carries one VLAN, tagged, and nothing else: what comes without the tag,
 * or with another, goes nowhere. The tags are put on and taken off here, between two sockets of
 * QEMU, because not every kernel can.
 */
public final class TaggedPort implements AutoCloseable {
  /** A frame begins with two addresses of 6 bytes; the tag comes next (IEEE 802.1Q, 9.6). */
  private static final int ADDRESSES = 12;

  private static final int TAG_LENGTH = 4;
  private static final int TPID = 0x8100;
  private static final int VID_MASK = 0xFFF;
  private static final int MAX_FRAME = 0x10000;

  private final Lan lan;
  private final String path;
  private final short tag;
  private final ServerSocketChannel machineSide;
  private final ServerSocketChannel switchSide;
  private int carried;
  private int refused;

  private TaggedPort(Lan lan, Path path, int tag) throws IOException {
    this.lan = lan;
    this.path = path.toString();
    this.tag = (short) tag;
    machineSide = listen(this.path + ".machine");
    switchSide = listen(this.path + ".switch");
  }

  static TaggedPort open(Lan lan, Path path, int tag) {
    try {
      TaggedPort port = new TaggedPort(lan, path, tag);
      start("from the machine", port::carryFromMachine);
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocketChannel listen(String path) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return channel.bind(UnixDomainSocketAddress.of(path));
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "tagged port, " + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Adds a card whose cable leads here; there is room for one. */
  public Qemu plug(Qemu machine, Nic card) {
    // QEMU connects the other socket to the switch, in a hub with room for no one else.
    String hub = "hubport,hubid=" + tag;
    machine.option("-netdev", socket(".switch") + ",id=trunk" + tag);
    machine.option("-netdev", lan.port() + ",id=switch" + tag);
    machine.option("-netdev", hub + ",id=outer" + tag + ",netdev=trunk" + tag);
    machine.option("-netdev", hub + ",id=inner" + tag + ",netdev=switch" + tag);
    return lan.plugIndirectly(machine, card.pluggedInto(socket(".machine")));
  }

  private String socket(String end) {
    return "stream,server=off,addr.type=unix,addr.path=" + path + end;
  }

  private void carryFromMachine() {
    try (SocketChannel machine = machineSide.accept();
        SocketChannel toSwitch = switchSide.accept()) {
      start("to the machine", () -> carry(toSwitch, machine, this::tagged));
      carry(machine, toSwitch, this::untagged);
    } catch (IOException e) {
      // Closed before a machine came.
    }
  }

  /** QEMU sends each frame with its length before it, big endian. */
  private static void carry(
      SocketChannel from, SocketChannel to, Function<ByteBuffer, Optional<ByteBuffer>> change) {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    ByteBuffer frame = ByteBuffer.allocate(MAX_FRAME);
    try {
      while (fill(from, length.clear())) {
        frame.clear().limit(length.getInt(0));
        if (!fill(from, frame)) {
          return;
        }
        Optional<ByteBuffer> changed = change.apply(frame.flip());
        if (changed.isPresent()) {
          ByteBuffer out = changed.get();
          write(to, length.clear().putInt(0, out.remaining()));
          write(to, out);
        }
      }
    } catch (IOException e) {
      // The machine is off.
    }
  }

  private static boolean fill(SocketChannel from, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (from.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void write(SocketChannel to, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }

  private Optional<ByteBuffer> tagged(ByteBuffer frame) {
    ByteBuffer out = ByteBuffer.allocate(frame.limit() + TAG_LENGTH);
    out.put(frame.slice(0, ADDRESSES)).putShort((short) TPID).putShort(tag);
    return Optional.of(out.put(frame.position(ADDRESSES)).flip());
  }

  private synchronized Optional<ByteBuffer> untagged(ByteBuffer frame) {
    if (frame.limit() < ADDRESSES + TAG_LENGTH
        || frame.getShort(ADDRESSES) != (short) TPID
        || (frame.getShort(ADDRESSES + Short.BYTES) & VID_MASK) != tag) {
      refused++;
      return Optional.empty();
    }
    carried++;
    ByteBuffer out = ByteBuffer.allocate(frame.limit() - TAG_LENGTH);
    out.put(frame.slice(0, ADDRESSES));
    return Optional.of(out.put(frame.position(ADDRESSES + TAG_LENGTH)).flip());
  }

  /** How many frames of the machine had the right tag. */
  public synchronized int carried() {
    return carried;
  }

  /** How many frames of the machine had no tag, or another. */
  public synchronized int refused() {
    return refused;
  }

  @Override
  public void close() {
    try {
      machineSide.close();
      switchSide.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
