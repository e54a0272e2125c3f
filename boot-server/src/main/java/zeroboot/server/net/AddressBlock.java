package zeroboot.server.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses with the same first bits (RFC 4632 section 3.1, RFC 4291 section 2.3).
 *
 * @param first all bits behind the length are zero; 4 or 16 bytes, in hexadecimal
 * @param length of what they share, in bits
 */
public record AddressBlock(String first, int length) {
  /** What one customer of a provider is given (RFC 6177): who has one address has all of them. */
  private static final int IPV6_CLIENT = 64;

  /** No leading zeros: some programs read those as octal. */
  private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  /** With a colon in it Java asks nobody for the address of a name. */
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static AddressBlock of(InetAddress address, int length) {
    byte[] bytes = address.getAddress();
    for (int bit = length; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return new AddressBlock(HexFormat.of().formatHex(bytes), length);
  }

  /** Those that one client may have: an IPv4 address, or a /64 of IPv6. */
  public static AddressBlock ofClient(InetAddress address) {
    int bits = address.getAddress().length * 8;
    return of(address, Math.min(bits, bits == 32 ? 32 : IPV6_CLIENT));
  }

  /** {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address; empty for anything else. */
  public static Optional<AddressBlock> parse(String text) {
    String[] parts = text.split("/", 2);
    Optional<InetAddress> address = address(parts[0]);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int bits = address.get().getAddress().length * 8;
    if (parts.length == 1) {
      return Optional.of(of(address.get(), bits));
    }
    if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > bits) {
      return Optional.empty();
    }
    AddressBlock block = of(address.get(), Integer.parseInt(parts[1]));
    // Whose last bits are not zero meant another length, or another address.
    boolean isExact = block.first.equals(HexFormat.of().formatHex(address.get().getAddress()));
    return isExact ? Optional.of(block) : Optional.empty();
  }

  /** An address in digits, never a name; empty for anything else. */
  public static Optional<InetAddress> address(String text) {
    boolean isOne =
        IPV4.matcher(text).matches()
            ? Arrays.stream(text.split("\\.", -1)).allMatch(part -> Integer.parseInt(part) < 256)
            : IPV6.matcher(text).matches();
    try {
      return isOne ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether an address is one of them. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length * 2 == first.length() && of(address, length).first.equals(first);
  }
}
