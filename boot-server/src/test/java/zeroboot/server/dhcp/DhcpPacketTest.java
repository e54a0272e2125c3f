package zeroboot.server.dhcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import zeroboot.ground.ZbootException;
import zeroboot.testing.Fuzz;

class DhcpPacketTest {
  @Test
  void whatIsWrittenIsReadBack() {
    DhcpPacket packet = Packets.discover(0x8000, "198.51.100.1", Packets.ipxeOptions("iPXE"));
    byte[] bytes = packet.write();
    DhcpPacket read = DhcpPacket.read(bytes);
    assertArrayEquals(bytes, read.write());
    assertEquals(packet.xid(), read.xid());
    assertEquals(Optional.of(Packets.MAC), read.mac().map(mac -> mac.value()));
  }

  @Test
  void optionsInPiecesAndInTheHeaderAreOne() {
    byte[] bytes = Packets.uefi().write();
    int options = 240;
    byte[] field = {52, 1, 3, 60, 3, 'P', 'X', 'E', 53, 1, 1, (byte) 255};
    Arrays.fill(bytes, options, bytes.length, (byte) 0);
    System.arraycopy(field, 0, bytes, options, field.length);
    byte[] file = {60, 4, 'C', 'l', 'i', 'e', (byte) 255};
    System.arraycopy(file, 0, bytes, 108, file.length);
    byte[] sname = {0, 60, 2, 'n', 't', (byte) 255};
    System.arraycopy(sname, 0, bytes, 44, sname.length);
    DhcpPacket read = DhcpPacket.read(bytes);
    assertEquals(Optional.of("PXEClient"), read.options().text(60));
    assertEquals(1, read.type());
  }

  @Test
  void strangersAreRefused() {
    byte[] good = Packets.uefi().write();
    for (int offset : new int[] {0, 1, 2, 236, 239}) {
      byte[] bad = good.clone();
      bad[offset] = 77;
      assertThrows(ZbootException.class, () -> DhcpPacket.read(bad), "offset " + offset);
    }
    assertThrows(ZbootException.class, () -> DhcpPacket.read(new byte[0]));
    byte[] endless = Arrays.copyOf(good, 242);
    endless[240] = 60;
    endless[241] = (byte) 200;
    assertThrows(ZbootException.class, () -> DhcpPacket.read(endless));
  }

  @Test
  void groupAddressesAreNoCards() {
    byte[] bytes = Packets.uefi().write();
    bytes[28] = 1;
    assertTrue(DhcpServer.client(bytes).isEmpty());
    Arrays.fill(bytes, 28, 34, (byte) 0);
    assertTrue(DhcpServer.client(bytes).isEmpty());
  }

  @Test
  void hostilePackets() {
    List<Integer> spots = List.of(0, 12, 28, 108, 236, 240, 243, 250, 280);
    List<Fuzz.Seed> seeds =
        List.of(Packets.uefi(), Packets.http(), Packets.ipxeRom()).stream()
            .map(packet -> new Fuzz.Seed(packet.write(), spots))
            .toList();
    ProxyDhcp proxy = new ProxyDhcp(BootFileNames.of(80));
    Fuzz.of("dhcp", 20_000)
        .run(
            seeds,
            bytes -> {},
            bytes -> {
              Optional<BootClient> client = DhcpServer.client(bytes);
              for (int port : new int[] {67, 4011}) {
                client
                    .flatMap(known -> proxy.answer(known, port, Packets.US))
                    .ifPresent(
                        answer -> {
                          byte[] written = answer.write();
                          DhcpPacket.read(written);
                          assertTrue(written.length <= 576, "longer than anybody must take");
                        });
              }
            });
  }
}
