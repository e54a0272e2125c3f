package zeroboot.signing.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes from ITU-T X.690 and from {@code openssl asn1parse -genstr … -out}. */
class DerTest {
  @ParameterizedTest
  @CsvSource({
    "1.2.840.113549.1.7.2, 06092a864886f70d010702",
    "2.16.840.1.101.3.4.2.1, 0609608648016503040201",
    "1.3.6.1.4.1.311.2.1.15, 060a2b06010401823702010f",
    "2.999.3, 0603883703",
    "0.39, 060127"
  })
  void objectIdentifiers(String dotted, String hex) {
    assertHex(hex, Der.oid(dotted));
  }

  @ParameterizedTest
  @CsvSource({"0,020100", "127,02017f", "128,02020080", "256,02020100"})
  void integers(int value, String hex) {
    assertHex(hex, Der.integer(BigInteger.valueOf(value)));
  }

  @ParameterizedTest
  @CsvSource({"0,0400", "127,047f", "128,048180", "255,0481ff", "256,04820100", "65536,0483010000"})
  void lengths(int length, String head) {
    byte[] encoded = Der.octets(new byte[length]);
    assertHex(head, Arrays.copyOf(encoded, head.length() / 2));
    assertEquals(head.length() / 2 + length, encoded.length);
    assertEquals(length, Der.content(encoded).length);
  }

  /** Section 11.6: as if the shorter one had zeros behind it. */
  @Test
  void setsAreInTheOrderOfTheirEncodings() {
    byte[] one = Der.integer(BigInteger.ONE);
    byte[] large = Der.octets(new byte[200]);
    byte[] text = Der.octets("a".getBytes(StandardCharsets.US_ASCII));
    byte[] sorted = Der.set(one, text, large);
    assertArrayEquals(Der.set(large, one, text), sorted);
    assertHex("020101" + "040161" + "0481c8", Arrays.copyOfRange(sorted, 3, 12));
  }

  @Test
  void tags() {
    assertHex("a003020101", Der.explicit(0, Der.integer(BigInteger.ONE)));
    assertHex("a003020101", Der.implicit(0, Der.set(Der.integer(BigInteger.ONE))));
    assertHex("8002003c", Der.bmpString(0, "<"));
    assertHex("030100", Der.noBits());
    assertHex("30020500", Der.sequence(Der.NULL));
  }

  @ParameterizedTest
  @CsvSource({
    "2049-12-31T23:59:59Z, 170d3439313233313233353935395a",
    "2050-01-01T00:00:00Z, 180f32303530303130313030303030305a"
  })
  void times(Instant time, String hex) {
    assertHex(hex, Der.time(time));
  }

  private static void assertHex(String expected, byte[] actual) {
    assertEquals(expected, HexFormat.of().formatHex(actual));
  }
}
