package zeroboot.server.dhcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import zeroboot.image.bytes.SpecReader;

/**
 * The options of a DHCP message (RFC 2132 section 2): each a code, a length and so many bytes.
 * Immutable. What comes in pieces is one value (RFC 3396 section 5).
 */
public final class DhcpOptions {
  /** RFC 2132 section 9.3, "Option Overload": which header fields hold options too. */
  static final int OVERLOAD = 52;

  static final int REQUESTED_ADDRESS = 50; // RFC 2132 section 9.1
  static final int MESSAGE_TYPE = 53; // RFC 2132 section 9.6
  static final int SERVER_IDENTIFIER = 54; // RFC 2132 section 9.7
  static final int PARAMETER_LIST = 55; // RFC 2132 section 9.8
  static final int VENDOR_SPECIFIC = 43; // RFC 2132 section 8.4, PXE 2.1 table 2-1
  static final int VENDOR_CLASS = 60; // RFC 2132 section 9.13
  static final int TFTP_SERVER = 66; // RFC 2132 section 9.4
  static final int BOOT_FILE = 67; // RFC 2132 section 9.5
  static final int USER_CLASS = 77; // RFC 3004 section 4
  static final int ARCHITECTURE = 93; // RFC 4578 section 2.1
  static final int NETWORK_INTERFACE = 94; // RFC 4578 section 2.2
  static final int MACHINE_ID = 97; // RFC 4578 section 2.3
  static final int IPXE = 175; // iPXE's own, a list of options inside

  private static final int PAD = 0;
  private static final int END = 255;

  /** No option at all. */
  static final DhcpOptions NONE = new DhcpOptions(Map.of());

  private final Map<Integer, byte[]> values;

  private DhcpOptions(Map<Integer, byte[]> values) {
    this.values = values;
  }

  /**
   * All options of a message.
   *
   * @param areas where they stand, in the order of RFC 3396: the options field, then file and sname
   * @throws zeroboot.ground.ZbootException (settings) if one reaches past the end of its area
   */
  static DhcpOptions read(SpecReader... areas) {
    Map<Integer, ByteArrayOutputStream> found = new LinkedHashMap<>();
    for (SpecReader area : areas) {
      int at = 0;
      while (at < area.size() && area.u8(at) != END) {
        int code = area.u8(at++);
        if (code == PAD) {
          continue;
        }
        int length = area.u8(at++);
        found
            .computeIfAbsent(code, c -> new ByteArrayOutputStream())
            .writeBytes(area.bytes(at, length));
        at += length;
      }
    }
    Map<Integer, byte[]> values = new LinkedHashMap<>();
    found.forEach((code, bytes) -> values.put(code, bytes.toByteArray()));
    return new DhcpOptions(Collections.unmodifiableMap(values));
  }

  /** As they stand in a message, with the end mark. */
  byte[] write() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    values.forEach(
        (code, value) -> {
          out.write(code);
          out.write(value.length);
          out.writeBytes(value);
        });
    out.write(END);
    return out.toByteArray();
  }

  /** These and one more, which takes the place of an earlier one; at most 255 bytes. */
  DhcpOptions with(int code, byte... value) {
    if (code <= PAD || code >= END || value.length > 255) {
      throw new IllegalArgumentException("option " + code + " with " + value.length + " bytes");
    }
    Map<Integer, byte[]> more = new LinkedHashMap<>(values);
    more.put(code, value.clone());
    return new DhcpOptions(Collections.unmodifiableMap(more));
  }

  /** The same with ASCII text. */
  DhcpOptions with(int code, String text) {
    return with(code, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The value of an option. */
  public Optional<byte[]> get(int code) {
    return Optional.ofNullable(values.get(code)).map(byte[]::clone);
  }

  /** The value as text, one character a byte, without the zeros that some clients put behind it. */
  public Optional<String> text(int code) {
    return get(code)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("\0+$", ""));
  }

  /** Whether the option is there. */
  public boolean has(int code) {
    return values.containsKey(code);
  }
}
