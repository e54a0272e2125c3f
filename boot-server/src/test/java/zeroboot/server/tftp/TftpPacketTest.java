package zeroboot.server.tftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zeroboot.ground.ZbootException;
import zeroboot.testing.Fuzz;

class TftpPacketTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void requestOfUefiFirmware() {
    TftpPacket packet =
        TftpPacket.read(
            bytes("\0\1zboot.efi\0octet\0tsize\0" + "0\0blksize\0" + "1468\0windowsize\0" + "4\0"));
    assertEquals(
        new TftpPacket.ReadRequest(
            "zboot.efi", "octet", Map.of("tsize", "0", "blksize", "1468", "windowsize", "4")),
        packet);
  }

  @Test
  void wordsAreTakenInEitherCase() {
    TftpPacket packet = TftpPacket.read(bytes("\0\1F\0OCTET\0BlkSize\0" + "512\0"));
    assertEquals(new TftpPacket.ReadRequest("F", "octet", Map.of("blksize", "512")), packet);
  }

  @Test
  void whatIsNoPacketIsRefused() {
    for (String bad :
        List.of("", "\0", "\0\1", "\0\1name", "\0\1name\0octet", "\0\0", "\0\7", "\0\4\0")) {
      assertThrows(ZbootException.class, () -> TftpPacket.read(bytes(bad)), bad);
    }
    String many = "\0\1f\0octet\0" + "a\0b\0".repeat(33);
    assertThrows(ZbootException.class, () -> TftpPacket.read(bytes(many)));
  }

  @Test
  void hostilePackets() {
    List<Fuzz.Seed> seeds =
        List.of(
                "\0\1zboot.efi\0octet\0tsize\0" + "0\0blksize\0" + "1468\0",
                "\0\4\0\1",
                "\0\5\0\10no\0")
            .stream()
            .map(text -> new Fuzz.Seed(bytes(text), List.of(0, 2, 12)))
            .toList();
    Fuzz.of("tftp", 20_000)
        .run(
            seeds,
            bytes -> {},
            bytes -> {
              TftpPacket packet;
              try {
                packet = TftpPacket.read(bytes);
              } catch (ZbootException e) {
                return;
              }
              if (packet instanceof TftpPacket.ReadRequest request) {
                long[] sent = new long[1];
                Transfer transfer =
                    new Transfer(request, new byte[3000], p -> sent[0] += p.remaining());
                transfer.start();
                transfer.received(new TftpPacket.Acknowledgment(0));
                assertTrue(sent[0] < 70_000);
              }
            });
  }
}
