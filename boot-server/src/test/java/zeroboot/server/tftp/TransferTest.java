package zeroboot.server.tftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Transfers over a wire of the test's own, which loses what it is told to. */
class TransferTest {
  private final Deque<TftpPacket> wire = new ArrayDeque<>();
  private long packets;

  private static byte[] file(int size) {
    byte[] file = new byte[size];
    new Random(size).nextBytes(file);
    return file;
  }

  private Transfer transfer(byte[] file, String... options) {
    Map<String, String> asked = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      asked.put(options[i], options[i + 1]);
    }
    return new Transfer(
        new TftpPacket.ReadRequest("f", "octet", asked),
        file,
        packet -> {
          byte[] bytes = new byte[packet.remaining()];
          packet.get(bytes);
          wire.add(TftpPacket.read(bytes));
          packets++;
        });
  }

  private static Map<String, String> granted(TftpPacket packet) {
    return ((TftpPacket.OptionAcknowledgment) packet).options();
  }

  /**
   * A client that, like UEFI firmware, acknowledges at the end of a window and every block that it
   * has already.
   *
   * @param loss of 1000 packets, in each direction
   */
  private byte[] fetch(Transfer transfer, int block, int window, int loss, Random random) {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    long expected = 1;
    long inWindow = 0;
    boolean over = false;
    transfer.start();
    int silences = 0;
    while (transfer.state() == Transfer.State.RUNNING) {
      TftpPacket packet = wire.poll();
      if (packet == null) {
        assertTrue(++silences < 5000, "no end");
        transfer.timeout();
        continue;
      }
      if (random.nextInt(1000) < loss) {
        continue;
      }
      int answer = -1;
      if (packet instanceof TftpPacket.OptionAcknowledgment) {
        answer = 0;
      } else if (packet instanceof TftpPacket.Data data) {
        if (data.block() == (expected & 0xFFFF) && !over) {
          got.writeBytes(data.bytes());
          expected++;
          inWindow++;
          over = data.bytes().length < block;
          if (over || inWindow == window) {
            answer = data.block();
            inWindow = 0;
          }
        } else if (((expected - 1 - data.block()) & 0xFFFF) < 0x8000) {
          answer = (int) ((expected - 1) & 0xFFFF);
          inWindow = 0;
        }
      }
      if (answer >= 0 && random.nextInt(1000) >= loss) {
        transfer.received(new TftpPacket.Acknowledgment(answer));
      }
    }
    return got.toByteArray();
  }

  @Test
  void everySizeArrivesWhole() {
    for (int size : new int[] {0, 1, 511, 512, 513, 1468 * 4, 100_000}) {
      byte[] file = file(size);
      Transfer plain = transfer(file);
      assertArrayEquals(file, fetch(plain, 512, 1, 0, new Random(1)));
      assertEquals(Transfer.State.DONE, plain.state());
      Transfer wide = transfer(file, "tsize", "0", "blksize", "1468", "windowsize", "4");
      assertArrayEquals(file, fetch(wide, 1468, 4, 0, new Random(1)));
      assertEquals(size, wide.delivered());
    }
  }

  @Test
  void blockNumbersStartAgainAtZero() {
    byte[] file = file(70_000 * 8 + 3);
    assertArrayEquals(file, fetch(transfer(file, "blksize", "8"), 8, 1, 0, new Random(1)));
    assertArrayEquals(
        file, fetch(transfer(file, "blksize", "8", "windowsize", "16"), 8, 16, 0, new Random(1)));
  }

  @Test
  void lossIsMendedWithoutAStormOfPackets() {
    byte[] file = file(500_000);
    for (int seed = 0; seed < 20; seed++) {
      packets = 0;
      Transfer transfer = transfer(file, "tsize", "0", "blksize", "1468", "windowsize", "4");
      assertArrayEquals(file, fetch(transfer, 1468, 4, 50, new Random(seed)));
      assertEquals(Transfer.State.DONE, transfer.state());
      assertTrue(packets < 3 * 342, packets + " packets for 342 blocks");
    }
  }

  @Test
  void grantsNoMoreThanWasAskedFor() {
    Transfer transfer =
        transfer(file(5000), "blksize", "9000", "tsize", "0", "windowsize", "100", "multicast", "");
    transfer.start();
    assertEquals(
        Map.of("blksize", "1468", "tsize", "5000", "windowsize", "64"), granted(wire.remove()));
    transfer(file(5000), "blksize", "7", "windowsize", "0", "timeout", "256").start();
    assertEquals(512, ((TftpPacket.Data) wire.remove()).bytes().length);
    transfer(file(5000), "blksize", "-1", "windowsize", "99999999999").start();
    assertEquals(512, ((TftpPacket.Data) wire.remove()).bytes().length);
  }

  @Test
  void oldAcknowledgmentsAreNeverAnswered() {
    Transfer transfer = transfer(file(100_000), "windowsize", "4");
    transfer.start();
    transfer.received(new TftpPacket.Acknowledgment(0));
    transfer.received(new TftpPacket.Acknowledgment(4));
    long before = packets;
    for (int i = 0; i < 100; i++) {
      transfer.received(new TftpPacket.Acknowledgment(i % 5));
      transfer.received(new TftpPacket.Acknowledgment(9 + i));
      transfer.received(new TftpPacket.Acknowledgment(65_535 - i));
    }
    assertEquals(before, packets);
    transfer.received(new TftpPacket.Acknowledgment(6));
    assertEquals(before + 4, packets, "inside the window: goes on behind it");
  }

  @Test
  void silentClientIsGivenUpAfterLongerAndLongerWaits() {
    Transfer transfer = transfer(file(1000));
    transfer.start();
    long waited = 0;
    while (transfer.state() == Transfer.State.RUNNING) {
      long next = transfer.patience().toMillis();
      waited += next;
      transfer.timeout();
    }
    assertEquals(Transfer.State.GIVEN_UP, transfer.state());
    assertEquals(8, packets);
    assertEquals(250 + 500 + 1000 + 2000 + 4000 + 8000 + 8000 + 8000, waited);
  }

  @Test
  void firmwareThatWantedTheSizeBreaksOff() {
    Transfer transfer = transfer(file(1000), "tsize", "0");
    transfer.start();
    transfer.received(new TftpPacket.Failure(8, "User aborted the transfer"));
    assertEquals(Transfer.State.ABORTED, transfer.state());
    assertEquals(8, transfer.error().orElseThrow());
  }

  @Test
  void bufferHoldsOnlyWhatIsSent() {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    TftpPacket.Data.write(buffer, 65_535, new byte[] {1, 2, 3, 4}, 1, 2);
    assertEquals(6, buffer.remaining());
  }
}
