package zeroboot.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of addresses. */
class AddressBlockTest {
  private static InetAddress address(String text) {
    return AddressBlock.address(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "127.0.0.1, ::ffff:127.0.0.1, true",
  })
  void contains(String block, String address, boolean is) {
    assertEquals(is, AddressBlock.parse(block).orElseThrow().contains(address(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/8", "10/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.1/8", "2001:db8::1/32",
        "::/129", "localhost", "256.0.0.1", "010.0.0.1", "1.2.3", "1.2.3.4.5", "::1%lo", ":::",
        "12345::1", "[::1]", " 10.0.0.1"
      })
  void isNone(String text) {
    assertEquals(Optional.empty(), AddressBlock.parse(text));
  }

  @Test
  void clientIsAnAddressOrWhatACustomerHas() {
    assertEquals(
        AddressBlock.ofClient(address("2001:db8:0:1::1")),
        AddressBlock.ofClient(address("2001:db8:0:1:ffff::2")));
    assertNotEquals(
        AddressBlock.ofClient(address("2001:db8:0:1::1")),
        AddressBlock.ofClient(address("2001:db8:0:2::1")));
    assertNotEquals(
        AddressBlock.ofClient(address("192.0.2.1")), AddressBlock.ofClient(address("192.0.2.2")));
    assertTrue(AddressBlock.ofClient(address("192.0.2.1")).contains(address("192.0.2.1")));
  }
}
