package zeroboot.server.tftp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;

/** A TFTP packet (RFC 1350 section 5, RFC 2347), without the headers around it. */
sealed interface TftpPacket {
  int RRQ = 1;
  int WRQ = 2;
  int DATA = 3;
  int ACK = 4;
  int ERROR = 5;
  int OACK = 6; // RFC 2347

  /**
   * A request to read a file.
   *
   * @param file its name
   * @param mode {@code octet}, {@code netascii}; lower case
   * @param options in their order, names in lower case; the last of one name counts (RFC 2347 has
   *     none twice)
   */
  record ReadRequest(String file, String mode, Map<String, String> options) implements TftpPacket {
    /** Much longer than any of our names. */
    private static final int MOST_OPTIONS = 32;

    static ReadRequest read(SpecReader r) {
      List<String> words = words(r);
      r.require(words.size() >= 2, "a file name without a mode");
      r.require(words.size() <= 2 + 2 * MOST_OPTIONS, "too many options");
      Map<String, String> options = new LinkedHashMap<>();
      for (int i = 2; i + 1 < words.size(); i += 2) {
        options.put(words.get(i).toLowerCase(Locale.ROOT), words.get(i + 1));
      }
      return new ReadRequest(words.get(0), words.get(1).toLowerCase(Locale.ROOT), options);
    }

    private static List<String> words(SpecReader r) {
      List<String> words = new ArrayList<>();
      int from = 2;
      for (int at = 2; at < r.size(); at++) {
        if (r.u8(at) == 0) {
          words.add(new String(r.bytes(from, at - from), StandardCharsets.ISO_8859_1));
          from = at + 1;
        }
      }
      return words;
    }
  }

  /** A request to write a file. */
  record WriteRequest() implements TftpPacket {}

  /** The client has everything up to this block, a number of 16 bits. */
  record Acknowledgment(int block) implements TftpPacket {}

  /** One of the two gives up. */
  record Failure(int code, String message) implements TftpPacket {
    /** RFC 1350, appendix. */
    static final int NOT_FOUND = 1;

    static final int ACCESS_VIOLATION = 2;
    static final int ILLEGAL = 4;

    /** RFC 2347: the options are not what the client wants; sent before it asks anew. */
    static final int OPTIONS = 8;

    ByteBuffer write() {
      byte[] text = message.getBytes(StandardCharsets.US_ASCII);
      return ByteBuffer.allocate(text.length + 5)
          .putShort((short) ERROR)
          .putShort((short) code)
          .put(text)
          .put((byte) 0)
          .flip();
    }
  }

  /** The options that the server grants. */
  record OptionAcknowledgment(Map<String, String> options) implements TftpPacket {
    ByteBuffer write() {
      StringBuilder text = new StringBuilder();
      options.forEach((name, value) -> text.append(name).append('\0').append(value).append('\0'));
      byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      return ByteBuffer.allocate(bytes.length + 2).putShort((short) OACK).put(bytes).flip();
    }

    static OptionAcknowledgment read(SpecReader r) {
      // The words of a request are laid out the same way.
      List<String> words = ReadRequest.words(r);
      Map<String, String> options = new LinkedHashMap<>();
      for (int i = 0; i + 1 < words.size(); i += 2) {
        options.put(words.get(i).toLowerCase(Locale.ROOT), words.get(i + 1));
      }
      return new OptionAcknowledgment(options);
    }
  }

  /**
   * A block of a file.
   *
   * @param block a number of 16 bits
   */
  record Data(int block, byte[] bytes) implements TftpPacket {
    static void write(ByteBuffer into, int block, byte[] file, int from, int length) {
      into.clear();
      into.putShort((short) DATA).putShort((short) block).put(file, from, length).flip();
    }
  }

  /** The packet in what came from the network; null if it is none. */
  static @Nullable TftpPacket parse(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    try {
      return read(bytes);
    } catch (ZbootException e) {
      return null;
    }
  }

  /**
   * A packet from the network.
   *
   * @throws ZbootException (settings) if it is none
   */
  static TftpPacket read(byte[] bytes) {
    SpecReader r = SpecReader.of("TFTP packet", bytes);
    int opcode = r.be16(0);
    return switch (opcode) {
      case RRQ -> ReadRequest.read(r);
      case WRQ -> new WriteRequest();
      case DATA -> new Data(r.be16(2), r.bytes(4, r.size() - 4));
      case ACK -> new Acknowledgment(r.be16(2));
      case ERROR -> new Failure(r.be16(2), r.text(4, Math.max(0, r.size() - 5)));
      case OACK -> OptionAcknowledgment.read(r);
      default -> throw r.damaged("opcode " + opcode);
    };
  }
}
