package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.mbr.PartitionRecord;
import zeroboot.usb.BlockReader;
import zeroboot.usb.probe.Probe;

/**
 * The module that writes devices knows no other, so it has its own eye for a master boot record.
 * Both see the same sectors as one.
 */
class PartitionTablesTest {
  private static String table(byte[] sector) throws IOException {
    return Probe.partitionTable(new Sector(sector), 512);
  }

  /** A disk of one sector. */
  private record Sector(byte[] bytes) implements BlockReader {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void close() {}

    @Override
    public byte[] read(long position, int length) {
      int from = (int) Math.min(Math.max(0, position), bytes.length);
      return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
    }
  }

  @Test
  void whatIsWrittenIsSeen() throws IOException {
    PartitionRecord partition = PartitionRecord.active(PartitionRecord.EFI_SYSTEM, 700, 1044);
    byte[] sector = MasterBootRecord.withoutBootCode(7, partition).toBytes();
    assertEquals("MBR", table(sector));
    List<Integer> decisive = new ArrayList<>();
    for (int at = MasterBootRecord.TABLE_OFFSET; at < sector.length; at++) {
      if (!table(changed(sector, at, 0x55)).equals("MBR")) {
        decisive.add(at);
      }
    }
    List<Integer> expected = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      expected.add(MasterBootRecord.recordOffset(number));
    }
    expected.addAll(List.of(sector.length - 2, sector.length - 1));
    assertEquals(expected, decisive);
    int type = MasterBootRecord.recordOffset(1) + 4;
    assertEquals("", table(changed(sector, type, PartitionRecord.EFI_SYSTEM)));
  }

  private static byte[] changed(byte[] sector, int at, int bits) {
    byte[] changed = sector.clone();
    changed[at] ^= (byte) bits;
    return changed;
  }
}
