package zeroboot.server.dhcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import zeroboot.server.net.LocalInterface;
import zeroboot.spec.Ipv4Address;

class ProbeTest {
  private static final LocalInterface ETH0 =
      new LocalInterface("eth0", 2, Packets.US, 24, Optional.of(Packets.MAC), true);
  private static final Ipv4Address ROUTER = Ipv4Address.parse("router", "192.0.2.1");

  private static Probe.Offer offer(Ipv4Address yours, String file, DhcpOptions options) {
    DhcpPacket q = Packets.uefi();
    return Probe.Offer.of(
        new DhcpPacket(
            2,
            0,
            q.xid(),
            0,
            0,
            DhcpPacket.NONE,
            yours,
            ROUTER,
            DhcpPacket.NONE,
            q.chaddr(),
            "",
            file,
            options),
        ROUTER);
  }

  private static List<String> findings(Probe.Offer... offers) {
    return Probe.findings(ETH0, List.of(offers));
  }

  private static void assertSays(String words, List<String> findings) {
    assertEquals(1, findings.size(), findings.toString());
    assertTrue(findings.get(0).contains(words), findings.get(0));
  }

  @Test
  void plainRouterIsFine() {
    assertEquals(List.of(), findings(offer(Packets.US, "", DhcpOptions.NONE)));
  }

  @Test
  void whatStandsInTheWayIsNamed() {
    assertSays("no DHCP server answers", findings());
    assertSays(
        "names a boot file of its own, pxelinux.0",
        findings(offer(Packets.US, "pxelinux.0", DhcpOptions.NONE)));
    assertSays(
        "names a boot file of its own, x.efi",
        findings(offer(Packets.US, "", DhcpOptions.NONE.with(67, "x.efi"))));
    assertSays(
        "calls itself a boot server",
        findings(offer(Packets.US, "x", DhcpOptions.NONE.with(60, "PXEClient"))));
    assertSays(
        "another boot server, 192.0.2.1",
        findings(
            offer(Packets.US, "", DhcpOptions.NONE),
            offer(DhcpPacket.NONE, "x", DhcpOptions.NONE.with(60, "PXEClient"))));
  }

  @Test
  void questionIsOneOfABootClient() {
    DhcpPacket question = DhcpPacket.read(Probe.question(Packets.MAC, 7).write());
    BootClient client = BootClient.of(question).orElseThrow();
    assertEquals(Optional.of(BootArchitecture.UEFI_X64), client.architecture());
    assertEquals(1, question.type());
  }
}
