package zeroboot.server.tftp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.ZbootException;
import zeroboot.server.net.PacketLoop;
import zeroboot.server.net.Ports;

/** Gives files on one address. All its transfers share the thread of the packets. */
public final class TftpServer {
  /** RFC 1350 section 4. */
  public static final int PORT = 69;

  private static final int MOST_TRANSFERS = 2048;
  private static final int MOST_OF_A_CLIENT = 16;
  private static final int LARGEST_REQUEST = 2048;

  private final DatagramChannel door;
  private final InetAddress address;
  private final Function<String, Optional<byte[]>> files;
  private final TftpListener listener;
  private final PacketLoop loop;
  private final Map<InetSocketAddress, Session> sessions = new HashMap<>();

  /** Those of clients that said nothing yet, and may not be where they seem to be. */
  private final Set<Session> unanswered = new LinkedHashSet<>();

  private final Map<InetAddress, Integer> perClient = new HashMap<>();

  private TftpServer(
      DatagramChannel door,
      InetAddress address,
      Function<String, Optional<byte[]>> files,
      TftpListener listener,
      PacketLoop loop) {
    this.door = door;
    this.address = address;
    this.files = files;
    this.listener = listener;
    this.loop = loop;
  }

  /**
   * Opens the port, and gives files from then on.
   *
   * @param files by the name that is asked for; empty for what is not to be had
   * @throws ZbootException (I/O) if the port is taken: names who has it
   */
  public static TftpServer open(
      InetSocketAddress at,
      Function<String, Optional<byte[]>> files,
      TftpListener listener,
      PacketLoop loop) {
    try {
      DatagramChannel channel = TftpSockets.door(at);
      TftpServer server = new TftpServer(channel, at.getAddress(), files, listener, loop);
      loop.execute(server::listen);
      return server;
    } catch (BindException e) {
      throw Ports.refused(Ports.Protocol.UDP, at.getPort(), e);
    } catch (IOException e) {
      throw ZbootException.io("port " + at, String.valueOf(e.getMessage()), "see `ip address`");
    }
  }

  /** The port, where the system chose it. */
  public int port() {
    try {
      return ((InetSocketAddress) door.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void listen() {
    try {
      loop.register(door, new Door());
    } catch (IOException e) {
      listener.failed("TFTP: " + e.getMessage());
    }
  }

  /** Port 69, where requests come in. */
  private final class Door implements PacketLoop.Receiver {
    @Override
    public void received(InetSocketAddress from, ByteBuffer packet) {
      TftpPacket parsed = packet.remaining() > LARGEST_REQUEST ? null : TftpPacket.parse(packet);
      if (parsed instanceof TftpPacket.ReadRequest request) {
        asked(from, request);
      } else if (parsed instanceof TftpPacket.WriteRequest) {
        refuse(from, TftpPacket.Failure.ACCESS_VIOLATION, "this server gives files only");
      }
      // All else is an answer to nobody, and gets none: it could be a mirror of our own errors.
    }

    @Override
    public void failed(IOException why) {
      if (!(why instanceof PortUnreachableException)) {
        listener.failed("TFTP: " + why.getMessage());
      }
    }
  }

  private void asked(InetSocketAddress from, TftpPacket.ReadRequest request) {
    Session running = sessions.get(from);
    if (running != null && !running.transfer.isAnswered() && running.request.equals(request)) {
      return; // our answer is on its way
    }
    if (running != null) {
      running.end(); // it has begun anew, after a reset
    }
    if (sessions.size() >= MOST_TRANSFERS && !unanswered.isEmpty()) {
      unanswered.iterator().next().end();
    }
    if (sessions.size() >= MOST_TRANSFERS
        || perClient.getOrDefault(from.getAddress(), 0) >= MOST_OF_A_CLIENT) {
      return; // it will ask again
    }
    if (!request.mode().equals("octet")) {
      refuse(from, TftpPacket.Failure.ILLEGAL, "octet (binary) mode only");
      return;
    }
    Optional<byte[]> file = files.apply(request.file());
    if (file.isEmpty()) {
      refuse(from, TftpPacket.Failure.NOT_FOUND, "no such file");
      listener.missing(from.getAddress(), request.file());
      return;
    }
    listener.asked(from.getAddress(), request.file());
    begin(from, request, file.get());
  }

  private void begin(InetSocketAddress from, TftpPacket.ReadRequest request, byte[] file) {
    @SuppressWarnings("resource") // closed by the session, at its end
    DatagramChannel channel = openTo(from);
    if (channel == null) {
      return;
    }
    Session session = new Session(from, channel, request, file);
    sessions.put(from, session);
    unanswered.add(session);
    perClient.merge(from.getAddress(), 1, Integer::sum);
    try {
      loop.register(channel, session);
    } catch (IOException e) {
      listener.failed("TFTP: " + e.getMessage());
      session.end();
      return;
    }
    session.transfer.start();
    session.watch();
  }

  private @Nullable DatagramChannel openTo(InetSocketAddress client) {
    try {
      return TftpSockets.transfer(address, client);
    } catch (IOException e) {
      listener.failed("TFTP: " + e.getMessage());
      return null;
    }
  }

  private void refuse(InetSocketAddress from, int code, String why) {
    try {
      door.send(new TftpPacket.Failure(code, why).write(), from);
    } catch (IOException e) {
      listener.failed("TFTP: " + e.getMessage());
    }
  }

  /** One transfer, with a port of its own (RFC 1350 section 4, "transfer identifier"). */
  private final class Session implements PacketLoop.Receiver {
    private final InetSocketAddress client;
    private final DatagramChannel channel;
    private final TftpPacket.ReadRequest request;
    private final Transfer transfer;
    private long deadline;

    Session(
        InetSocketAddress client,
        DatagramChannel channel,
        TftpPacket.ReadRequest request,
        byte[] file) {
      this.client = client;
      this.channel = channel;
      this.request = request;
      this.transfer = new Transfer(request, file, this::send);
    }

    /** What the network does not take is lost, as it may be anywhere on the way. */
    private void send(ByteBuffer packet) {
      try {
        channel.write(packet);
      } catch (PortUnreachableException e) {
        loop.execute(() -> failed(e)); // not in the middle of a window
      } catch (IOException e) {
        listener.failed("TFTP: " + e.getMessage());
      }
    }

    @Override
    public void received(InetSocketAddress from, ByteBuffer packet) {
      long before = transfer.delivered();
      boolean answered = transfer.isAnswered();
      TftpPacket parsed = TftpPacket.parse(packet);
      if (parsed != null) {
        transfer.received(parsed);
        if (transfer.isAnswered()) {
          unanswered.remove(this);
        }
        if (transfer.delivered() != before || transfer.isAnswered() != answered) {
          wait(transfer.patience());
        }
        endIfOver();
      }
    }

    @Override
    public void failed(IOException why) {
      transfer.unreachable();
      endIfOver();
    }

    /** Starts the clock: one alarm at a time, which is put off while packets come. */
    void watch() {
      wait(transfer.patience());
      loop.after(transfer.patience(), this::alarm);
    }

    private void wait(Duration time) {
      deadline = System.nanoTime() + time.toNanos();
    }

    private void alarm() {
      if (transfer.state() != Transfer.State.RUNNING || !channel.isOpen()) {
        return;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        transfer.timeout();
        endIfOver();
        wait(transfer.patience());
        left = transfer.patience().toNanos();
      }
      loop.after(Duration.ofNanos(left), this::alarm);
    }

    private void endIfOver() {
      if (transfer.state() == Transfer.State.RUNNING || !channel.isOpen()) {
        return;
      }
      end();
      InetAddress who = client.getAddress();
      switch (transfer.state()) {
        case DONE -> listener.done(who, request.file(), transfer.delivered());
        case ABORTED -> listener.aborted(who, request.file(), transfer.error().orElse(0));
        default -> listener.silent(who, request.file(), transfer.delivered());
      }
    }

    private void end() {
      PacketLoop.closeQuietly(channel);
      sessions.remove(client, this);
      unanswered.remove(this);
      perClient.computeIfPresent(client.getAddress(), (a, n) -> n > 1 ? n - 1 : null);
    }
  }

  /** Transfers that are not over. To be called in the loop. */
  public int running() {
    return sessions.size();
  }

  /** Closes the port; what runs goes on until the loop ends. */
  public void close() {
    PacketLoop.closeQuietly(door);
  }

  /** Waits until no transfer runs any more, or this time is over. Not to be called in the loop. */
  public void awaitEnd(Duration patience) {
    loop.await(sessions::isEmpty, patience);
  }
}
