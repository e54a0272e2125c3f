package zeroboot.server.tftp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * One file on its way to one client: what to send, and when again. Knows neither sockets nor the
 * clock; who has both calls {@link #timeout} when {@link #patience} is over without {@link
 * #received}.
 */
final class Transfer {
  /** How it stands. */
  enum State {
    /** Packets go to and fro. */
    RUNNING,
    /** The client has all of it. */
    DONE,
    /** The client broke off. */
    ABORTED,
    /** The client is silent. */
    GIVEN_UP
  }

  static final int USUAL_BLOCK = 512; // RFC 1350 section 2
  private static final int SMALLEST_BLOCK = 8; // RFC 2348

  /** What goes into one Ethernet frame: larger ones come in pieces, and boot ROMs lose those. */
  private static final int LARGEST_BLOCK = 1468;

  private static final int LARGEST_WINDOW = 64; // RFC 7440 allows 65535
  private static final Duration FIRST_PATIENCE = Duration.ofMillis(250);
  private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(8);
  private static final int TRIES = 7;

  private final byte[] file;
  private final Consumer<ByteBuffer> link;
  private final Map<String, String> granted = new LinkedHashMap<>();
  private final ByteBuffer block;
  private final int blockSize;
  private final int window;
  private final long blocks;
  private final Duration first;

  /** Blocks that the client has. */
  private long acknowledged;

  /** The highest block that was sent; no less than {@link #acknowledged}. */
  private long sent;

  private boolean begun;
  private int tries;
  private Duration patience;
  private State state = State.RUNNING;
  private OptionalInt error = OptionalInt.empty();
  private long resent;

  /**
   * A transfer of {@code file}; {@link #start} begins it.
   *
   * @param link sends; keeps nothing of the buffer
   */
  Transfer(TftpPacket.ReadRequest request, byte[] file, Consumer<ByteBuffer> link) {
    this.file = file;
    this.link = link;
    int size = USUAL_BLOCK;
    int width = 1;
    Duration wait = FIRST_PATIENCE;
    // Only what was asked for, in values no larger than asked: firmware gives up on others.
    for (Map.Entry<String, String> option : request.options().entrySet()) {
      OptionalInt value = number(option.getValue());
      switch (option.getKey()) {
        case "tsize" -> granted.put("tsize", Integer.toString(file.length)); // RFC 2349
        case "blksize" -> {
          if (value.orElse(0) >= SMALLEST_BLOCK) {
            size = Math.min(value.getAsInt(), LARGEST_BLOCK);
            granted.put("blksize", Integer.toString(size));
          }
        }
        case "windowsize" -> {
          if (value.orElse(0) >= 1) {
            width = Math.min(value.getAsInt(), LARGEST_WINDOW);
            granted.put("windowsize", Integer.toString(width));
          }
        }
        case "timeout" -> { // RFC 2349: seconds, and to be granted as they are or not at all
          if (value.orElse(0) >= 1 && value.getAsInt() <= 255) {
            wait = Duration.ofSeconds(value.getAsInt());
            granted.put("timeout", Integer.toString(value.getAsInt()));
          }
        }
        default -> {}
      }
    }
    blockSize = size;
    window = width;
    first = wait;
    patience = wait;
    // A last block that is full would not tell that it is the last.
    blocks = file.length / blockSize + 1L;
    block = ByteBuffer.allocate(4 + blockSize);
  }

  private static OptionalInt number(String text) {
    return text.matches("[0-9]{1,6}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** Sends the first packet. */
  void start() {
    begun = granted.isEmpty();
    send();
  }

  private void send() {
    if (!begun) {
      link.accept(new TftpPacket.OptionAcknowledgment(granted).write());
      return;
    }
    long end = Math.min(acknowledged + window, blocks);
    while (sent < end) {
      sent++;
      int from = Math.toIntExact((sent - 1) * blockSize);
      // Numbers have 16 bits and start again at 0, as all clients of large files expect.
      TftpPacket.Data.write(
          block, (int) (sent & 0xFFFF), file, from, Math.min(blockSize, file.length - from));
      link.accept(block);
    }
  }

  /** The client sent something. */
  void received(TftpPacket packet) {
    if (state != State.RUNNING) {
      return;
    }
    if (packet instanceof TftpPacket.Failure failure) {
      error = OptionalInt.of(failure.code());
      state = State.ABORTED;
    } else if (packet instanceof TftpPacket.Acknowledgment ack) {
      acknowledged(ack.block());
    }
  }

  /**
   * What does not lead on is never answered (RFC 1123 section 4.2.3.1): a client that hears a
   * window twice acknowledges every block of it, and each answer would bring as many again.
   */
  private void acknowledged(int number) {
    if (!begun) {
      if (number == 0) {
        begun = true;
        lead();
      }
      return;
    }
    long step = (number - acknowledged) & 0xFFFF;
    if (step == 0 || step > sent - acknowledged) {
      return;
    }
    acknowledged += step;
    // Inside a window: the client misses what follows.
    sent = acknowledged;
    if (acknowledged == blocks) {
      state = State.DONE;
      return;
    }
    lead();
  }

  private void lead() {
    tries = 0;
    patience = first;
    send();
  }

  /** Nothing came for as long as {@link #patience}. */
  void timeout() {
    if (state != State.RUNNING) {
      return;
    }
    tries++;
    if (tries > TRIES) {
      state = State.GIVEN_UP;
      return;
    }
    Duration twice = patience.multipliedBy(2);
    patience = twice.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : twice;
    resent += begun ? sent - acknowledged : 1;
    sent = acknowledged;
    send();
  }

  /** Nobody listens at the client's port any more. */
  void unreachable() {
    if (state == State.RUNNING) {
      // Some clients leave with the last block; its acknowledgment may be what is missing.
      state = begun && acknowledged + window >= blocks ? State.DONE : State.ABORTED;
    }
  }

  /** How long to wait for the client. */
  Duration patience() {
    return patience;
  }

  State state() {
    return state;
  }

  /** The code with which the client broke off. */
  OptionalInt error() {
    return error;
  }

  /** Whether the client said anything yet. */
  boolean isAnswered() {
    return begun && (acknowledged > 0 || !granted.isEmpty());
  }

  /** Bytes that the client has. */
  long delivered() {
    return Math.min(acknowledged * blockSize, file.length);
  }

  /** Packets that were sent again. */
  long resent() {
    return resent;
  }
}
