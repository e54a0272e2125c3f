package zeroboot.image.iso;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.testing.Refusal;

final class DirectoryRecordTest {
  @Test
  void fileHasTheFieldsOfTheStandard() {
    DirectoryRecord file = new DirectoryRecord("README.TXT;1", 461, 1400, false);
    assertEquals(
        "2E00" // 46 bytes, no extended attribute record
            + "CD010000000001CD" // location 461
            + "7805000000000578" // length 1400
            + "50010100000000" // 1980-01-01
            + "00"
            + "0000"
            + "01000001" // a file, not interleaved, volume 1
            + "0C"
            + "524541444D452E5458543B31"
            + "00", // name, even size
        hex(file));
    assertEquals(file, read(hex(file)));
  }

  @Test
  void rootIsTheShortestRecord() {
    DirectoryRecord root = new DirectoryRecord(DirectoryRecord.SELF, 21, 2048, true);
    assertEquals(
        "220015000000000000150008000000000800"
            + "50010100000000"
            + "02"
            + "0000"
            + "01000001"
            + "0100",
        hex(root));
    assertEquals(root, read(hex(root)));
  }

  @Test
  void pathTableRecordsDifferInTheirByteOrder() {
    PathTableRecord folder = new PathTableRecord("EFI", 17, 1);
    assertEquals("030011000000010045464900", HexFormat.of().formatHex(folder.toTypeL()));
    assertEquals("030000000011000145464900", HexFormat.of().formatHex(folder.toTypeM()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00, a directory record of 0 bytes",
    "0, 21, a directory record of 33 bytes",
    "0, FF, cut short",
    "1, 01, extended attribute",
    "2, 16, the two byte orders",
    "25, 80, several extents",
    "26, 01, interleaved",
    "32, 00, without a name",
    "32, 02, cut short",
  })
  void refusesABrokenRecord(int offset, String hex, String why) {
    byte[] bytes = new DirectoryRecord(DirectoryRecord.SELF, 21, 2048, true).toBytes();
    bytes[offset] = HexFormat.of().parseHex(hex)[0];
    Refusal.assertRefused(why, () -> DirectoryRecord.read(SpecReader.of("record", bytes)));
  }

  private static DirectoryRecord read(String hex) {
    return DirectoryRecord.read(SpecReader.of("record", HexFormat.of().parseHex(hex)));
  }

  private static String hex(DirectoryRecord entry) {
    return HexFormat.of().withUpperCase().formatHex(entry.toBytes());
  }
}
