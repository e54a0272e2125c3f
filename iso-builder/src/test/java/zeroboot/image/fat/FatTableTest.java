package zeroboot.image.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import zeroboot.image.bytes.SpecReader;

final class FatTableTest {
  /** The FAT of a volume that mtools 4.0.32 made, with files of 3, 1 and 2 clusters. */
  private static final String MTOOLS = "F8FFFF034000FFFFFF07F0FF000000";

  @Test
  void packsTwoEntriesIntoThreeBytes() {
    FatTable table = new FatTable(8, 0xF8);
    table.chain(2, 3);
    table.chain(5, 1);
    table.chain(6, 2);
    byte[] bytes = table.toBytes(1);
    assertEquals(512, bytes.length);
    assertEquals(MTOOLS, hex(Arrays.copyOf(bytes, 15)));
    assertArrayEquals(new byte[497], Arrays.copyOfRange(bytes, 15, 512));
  }

  @Test
  void readsChainsBack() {
    SpecReader reader = SpecReader.of("FAT", HexFormat.of().parseHex(MTOOLS));
    FatTable table = FatTable.read(reader, 8, 0xF8);
    assertEquals(List.of(2, 3, 4), table.follow(2, new BitSet(), reader));
    assertEquals(List.of(5), table.follow(5, new BitSet(), reader));
    assertEquals(List.of(6, 7), table.follow(6, new BitSet(), reader));
  }

  @Test
  void anOddNumberOfEntriesTakesAHalfByteMore() {
    assertEquals(3, FatTable.bytesFor(0));
    assertEquals(5, FatTable.bytesFor(1));
    assertEquals(6, FatTable.bytesFor(2));
    assertEquals(512, FatTable.bytesFor(339));
    assertEquals(513, FatTable.bytesFor(340));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
