package zeroboot.signing.der;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value in BER (ITU-T X.690, chapter 8), as far as one has to look into a key file before opening
 * it: DER, and what other programs write of BER (indefinite lengths, strings in pieces).
 *
 * @param tag the identifier octet
 * @param content without end-of-contents octets
 */
public record BerValue(int tag, byte[] content) {
  private static final int CONSTRUCTED = Der.CONSTRUCTED;
  private static final int OCTET_STRING = 0x04;
  private static final int INDEFINITE = 0x80;

  /** Of values in values; nobody writes more. */
  private static final int MAX_DEPTH = 64;

  /** Octets of a length: the most that a long has without a sign; the first may be zeros. */
  private static final int LONGEST_LENGTH = 7;

  /** An INTEGER that is larger stands for all that are: no bound is near. */
  private static final int LONGEST_INTEGER = 64;

  /** Those in a row; what is no BER ends the row. */
  public static List<BerValue> all(byte[] bytes) {
    List<BerValue> values = new ArrayList<>();
    int[] at = {0};
    while (at[0] < bytes.length) {
      int before = at[0];
      BerValue value = next(bytes, at, bytes.length, 0);
      if (value == null || at[0] <= before) {
        return values;
      }
      values.add(value);
    }
    return values;
  }

  /** Where the first value ends, in bytes; 0 if there is none. */
  public static int endOfFirst(byte[] bytes) {
    int[] at = {0};
    return next(bytes, at, bytes.length, 0) == null ? 0 : at[0];
  }

  private static @Nullable BerValue next(byte[] bytes, int[] at, int end, int depth) {
    if (at[0] + 2 > end || depth > MAX_DEPTH) {
      return null;
    }
    int tag = bytes[at[0]++] & 0xFF;
    int length = bytes[at[0]++] & 0xFF;
    if (length == INDEFINITE) {
      int start = at[0];
      while (at[0] + 2 <= end && (bytes[at[0]] != 0 || bytes[at[0] + 1] != 0)) {
        if (next(bytes, at, end, depth + 1) == null) {
          return null;
        }
      }
      BerValue value = new BerValue(tag, Arrays.copyOfRange(bytes, start, Math.min(at[0], end)));
      at[0] += 2;
      return value;
    }
    if (length > INDEFINITE) {
      int count = length & 0x7F;
      if (count > LONGEST_LENGTH || at[0] + count > end) {
        return null;
      }
      long read = new BigInteger(1, Arrays.copyOfRange(bytes, at[0], at[0] + count)).longValue();
      at[0] += count;
      if (read > end - at[0]) {
        return null;
      }
      length = (int) read;
    }
    if (length > end - at[0]) {
      return null;
    }
    BerValue value = new BerValue(tag, Arrays.copyOfRange(bytes, at[0], at[0] + length));
    at[0] += length;
    return value;
  }

  public boolean isObjectIdentifier() {
    return tag == 0x06;
  }

  public boolean isInteger() {
    return tag == 0x02;
  }

  /** The number; 0 if it is none. */
  public BigInteger integer() {
    if (!isInteger() || content.length == 0) {
      return BigInteger.ZERO;
    }
    return new BigInteger(Arrays.copyOf(content, Math.min(content.length, LONGEST_INTEGER)));
  }

  /** The parts of a constructed value; none of any other. */
  public List<BerValue> children() {
    return (tag & CONSTRUCTED) == 0 ? List.of() : all(content);
  }

  public boolean isOctetString() {
    return (tag & ~CONSTRUCTED) == OCTET_STRING;
  }

  /** What an OCTET STRING wraps, as PKCS #12 does; nothing if it holds something else. */
  public List<BerValue> wrapped() {
    if (!isOctetString()) {
      return List.of();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    addTo(whole, 0);
    byte[] bytes = whole.toByteArray();
    return bytes.length > 1 && bytes[0] == 0x30 ? all(bytes) : List.of();
  }

  /** The octets, of all pieces: a piece may come in pieces as well (section 8.7.3). */
  private void addTo(ByteArrayOutputStream whole, int depth) {
    if (tag == OCTET_STRING) {
      whole.writeBytes(content);
    } else if (isOctetString() && depth < MAX_DEPTH) {
      children().forEach(piece -> piece.addTo(whole, depth + 1));
    }
  }
}
