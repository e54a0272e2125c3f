package zeroboot.server.dhcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import zeroboot.spec.Ipv4Address;

/** Each rule by which machines were seen to boot beside a router. */
class ProxyDhcpTest {
  private static final ProxyDhcp PROXY = new ProxyDhcp(BootFileNames.of(80));
  private static final String FOLDER = "52-54-00-77-00-10/";
  private static final String URL = "http://192.0.2.3/" + FOLDER;

  private static Optional<DhcpPacket> answer(DhcpPacket question, int port) {
    return BootClient.of(DhcpPacket.read(question.write()))
        .flatMap(client -> PROXY.answer(client, port, Packets.US));
  }

  private static DhcpPacket offer(DhcpPacket question) {
    return DhcpPacket.read(answer(question, 67).orElseThrow().write());
  }

  private static DhcpPacket with(DhcpPacket q, DhcpOptions options) {
    return Packets.discover(q.flags(), "", options);
  }

  @Test
  void offerToUefiFirmwareByteByByte() {
    byte[] bytes = answer(Packets.uefi(), 67).orElseThrow().write();
    assertEquals(300, bytes.length);
    HexFormat hex = HexFormat.of();
    assertEquals(
        "02010600" + "05bb5f86" + "00008000" + "00000000" + "00000000" + "c0000203" + "00000000",
        hex.formatHex(bytes, 0, 28));
    assertEquals("525400770010" + "00".repeat(10), hex.formatHex(bytes, 28, 44));
    assertArrayEquals(new byte[64], Arrays.copyOfRange(bytes, 44, 108));
    String file = FOLDER + "zboot.efi";
    assertEquals(file, new String(bytes, 108, file.length(), StandardCharsets.US_ASCII));
    assertArrayEquals(
        new byte[128 - file.length()], Arrays.copyOfRange(bytes, 108 + file.length(), 236));
    assertEquals(
        "63825363"
            + "350102"
            + "3604c0000203"
            + "3c09505845436c69656e74"
            + "6111"
            + "00".repeat(17)
            + "2b04060108ff"
            + "ff",
        hex.formatHex(bytes, 236, 236 + 4 + 3 + 6 + 11 + 19 + 6 + 1));
  }

  @Test
  void httpBootGetsAnAddressInItsUrlAndNoPxeOptions() {
    DhcpPacket offer = offer(Packets.http());
    assertEquals(URL + "zboot.efi", offer.file());
    assertEquals("HTTPClient", offer.options().text(60).orElseThrow());
    assertFalse(offer.options().has(43));
  }

  @Test
  void ipxeFetchesTheFileByHttpAndPrefersOurSettings() {
    DhcpPacket offer = offer(Packets.ipxeRom());
    assertEquals(URL + "zboot.lkrn", offer.file());
    assertArrayEquals(new byte[] {1, 1, 1}, offer.options().get(175).orElseThrow());
    assertEquals(0, offer.flags());
  }

  @Test
  void ipxeWithoutHttpOrBzImageFetchesByTftp() {
    for (String features : new String[] {"180101", "130101", ""}) {
      DhcpOptions options =
          Packets.ipxeOptions("iPXE").with(175, HexFormat.of().parseHex(features));
      assertEquals(FOLDER + "zboot.lkrn", offer(with(Packets.ipxeRom(), options)).file());
    }
  }

  @Test
  void ourOwnLoaderIsAnsweredAndKnown() {
    DhcpPacket question = with(Packets.ipxeRom(), Packets.ipxeOptions("zboot"));
    BootClient client = BootClient.of(question).orElseThrow();
    assertTrue(client.isZboot());
    assertTrue(PROXY.answer(client, 67, Packets.US).isPresent());
    assertEquals(Optional.of("8086:100e"), client.card());
    assertFalse(BootClient.of(Packets.ipxeRom()).orElseThrow().isZboot());
  }

  @Test
  void userClassMayHaveItsLengthBeforeIt() {
    DhcpOptions options = Packets.ipxeOptions("zboot").with(77, "\u0005zboot");
    assertTrue(BootClient.of(with(Packets.ipxeRom(), options)).orElseThrow().isZboot());
  }

  @Test
  void chainedIpxeSendsTheBareClassAndBootsByOption93() {
    DhcpOptions options =
        Packets.ipxeOptions("iPXE").with(60, "PXEClient").with(93, (byte) 0, (byte) 7);
    assertEquals(URL + "zboot.efi", offer(with(Packets.uefi(), options)).file());
  }

  @Test
  void architecture9IsUefiToo() {
    DhcpOptions options = Packets.options(1, "PXEClient:Arch:00009", 9);
    assertEquals(FOLDER + "zboot.efi", offer(with(Packets.uefi(), options)).file());
  }

  @Test
  void relayHearsAtItsOwnAddressAndIsToldToBroadcast() {
    DhcpPacket question = Packets.discover(0, "198.51.100.1", Packets.ipxeOptions("iPXE"));
    DhcpPacket offer = offer(question);
    assertEquals(Ipv4Address.parse("relay", "198.51.100.1"), offer.giaddr());
    assertEquals(0x8000, offer.flags());
  }

  @Test
  void bootPortAcknowledgesWithTheFile() {
    DhcpPacket ack = answer(Packets.uefi(), 4011).orElseThrow();
    assertEquals(DhcpPacket.ACK, ack.type());
    assertEquals(FOLDER + "zboot.efi", ack.file());
    DhcpOptions request = Packets.options(DhcpPacket.DHCP_REQUEST, "PXEClient", 7);
    assertTrue(answer(with(Packets.uefi(), request), 4011).isPresent());
  }

  @Test
  void nobodyElseIsAnswered() {
    DhcpOptions plain = DhcpOptions.NONE.with(53, (byte) 1);
    assertTrue(answer(with(Packets.uefi(), plain), 67).isEmpty(), "an ordinary DHCP client");
    DhcpOptions android = Packets.options(1, "android-dhcp-13", 7);
    assertTrue(answer(with(Packets.uefi(), android), 67).isEmpty());
    for (int type = 0; type < 16; type++) {
      DhcpOptions other = Packets.options(type, "PXEClient", 7);
      boolean onBootPort = type == 1 || type == 3;
      assertEquals(type == 1, answer(with(Packets.uefi(), other), 67).isPresent(), "67: " + type);
      assertEquals(onBootPort, answer(with(Packets.uefi(), other), 4011).isPresent());
    }
  }

  @Test
  void noImageBootsOtherArchitectures() {
    for (int type : new int[] {1, 2, 6, 8, 10, 11, 15, 19, 27, 0xFFFF}) {
      DhcpOptions other = Packets.options(1, "PXEClient", type);
      assertTrue(answer(with(Packets.uefi(), other), 67).isEmpty(), "type " + type);
    }
    DhcpOptions mixed = Packets.options(1, "HTTPClient", 7);
    assertTrue(answer(with(Packets.uefi(), mixed), 67).isEmpty());
  }

  /** By TFTP and by HTTP; a BIOS and another machine are not meant. */
  @Test
  void chosenMachinesGetTheOtherUefiFile() {
    ProxyDhcp chosen = new ProxyDhcp(new BootFileNames(80, mac -> mac.value().equals(Packets.MAC)));
    BootClient pxe = BootClient.of(Packets.uefi()).orElseThrow();
    assertEquals(FOLDER + "zboot-snp.efi", chosen.answer(pxe, 67, Packets.US).orElseThrow().file());
    BootClient http = BootClient.of(Packets.http()).orElseThrow();
    assertEquals(URL + "zboot-snp.efi", chosen.answer(http, 67, Packets.US).orElseThrow().file());
    DhcpOptions bios = Packets.options(1, "PXEClient", 0);
    BootClient old = BootClient.of(with(Packets.uefi(), bios)).orElseThrow();
    assertEquals(FOLDER + "zboot.lkrn", chosen.answer(old, 67, Packets.US).orElseThrow().file());
    ProxyDhcp another = new ProxyDhcp(new BootFileNames(80, mac -> mac.value().startsWith("02:")));
    assertEquals(FOLDER + "zboot.efi", another.answer(pxe, 67, Packets.US).orElseThrow().file());
  }

  @Test
  void portOfTheWebServerIsInTheUrl() {
    ProxyDhcp other = new ProxyDhcp(BootFileNames.of(8080));
    BootClient client = BootClient.of(Packets.http()).orElseThrow();
    assertEquals(
        "http://192.0.2.3:8080/" + FOLDER + "zboot.efi",
        other.answer(client, 67, Packets.US).orElseThrow().file());
    ProxyDhcp none = new ProxyDhcp(BootFileNames.of(0));
    assertTrue(none.answer(client, 67, Packets.US).isEmpty(), "HTTP boot without HTTP");
  }
}
