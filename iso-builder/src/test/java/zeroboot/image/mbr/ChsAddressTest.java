package zeroboot.image.mbr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/** The bytes are those that sfdisk 2.38 writes for partitions that begin at these sectors. */
final class ChsAddressTest {
  @ParameterizedTest
  @CsvSource({
    "1, 000200",
    "62, 003F00",
    "63, 010100",
    "2048, 202100",
    "16064, FE3F00",
    "16065, 000101",
    "4112640, 004100",
    "16434494, FEFFFE",
    "16434495, 00C1FF",
    "16450559, FEFFFF",
    "16450560, FEFFFF",
    "4294967284, FEFFFF"
  })
  void isRecordedInThreeBytes(long lba, String hex) {
    SpecWriter w = new SpecWriter(3);
    ChsAddress.of(lba).writeTo(w);
    byte[] bytes = w.endsAt(3);
    assertEquals(hex, HexFormat.of().withUpperCase().formatHex(bytes));
    assertEquals(ChsAddress.of(lba), ChsAddress.read(SpecReader.of("CHS", bytes), 0));
  }
}
