package zeroboot.image.mbr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.testing.Refusal;
import zeroboot.image.testing.SampleMedia;
import zeroboot.testing.ForeignTool;

final class MasterBootRecordTest {
  /** The last 72 bytes of what the script in {@link #sfdisk} makes sfdisk 2.38 write. */
  private static final String TABLE =
      "4F4F425A0000" + "800B0800EF1B2900BC02000012040000" + "00".repeat(48) + "55AA";

  @Test
  void tableIsTheOneThatSfdiskWrites() {
    PartitionRecord partition = PartitionRecord.active(PartitionRecord.EFI_SYSTEM, 700, 1042);
    byte[] code = SampleMedia.noise(1, 512);
    byte[] sector = MasterBootRecord.around(code, 0x5A424F4F, partition).toBytes();
    assertArrayEquals(Arrays.copyOf(code, 440), Arrays.copyOf(sector, 440));
    assertEquals(TABLE, hex(Arrays.copyOfRange(sector, 440, 512)));
  }

  @Test
  void readsWhatSfdiskWrites(@TempDir Path folder) throws IOException {
    byte[] disk = sfdisk(folder);
    assertEquals(TABLE, hex(Arrays.copyOfRange(disk, 440, 512)));
    MasterBootRecord record = MasterBootRecord.read(SpecReader.of("disk", disk));
    assertEquals(0x5A424F4FL, record.diskSignature());
    assertEquals(
        List.of(PartitionRecord.active(PartitionRecord.EFI_SYSTEM, 700, 1042)),
        record.partitions());
    assertArrayEquals(Arrays.copyOf(disk, 512), record.toBytes());
  }

  private static byte[] sfdisk(Path folder) throws IOException {
    Path disk = folder.resolve("disk.img");
    Files.write(disk, new byte[1742 * 512]);
    String script = "label: dos\nlabel-id: 0x5A424F4F\nstart=700,size=1042,type=ef,bootable\n";
    Path input = Files.writeString(folder.resolve("script"), script);
    String sfdisk = ForeignTool.require("sfdisk").path();
    ForeignTool.require("sh").run("-c", sfdisk + " -q " + disk + " < " + input).ok();
    return Files.readAllBytes(disk);
  }

  @Test
  void withoutBootCodeTheFirmwareGetsTheMachineBack() {
    PartitionRecord partition = PartitionRecord.active(PartitionRecord.EFI_SYSTEM, 4, 100);
    byte[] sector = MasterBootRecord.withoutBootCode(1, partition).toBytes();
    assertEquals("CD18F4EBFD00", hex(Arrays.copyOf(sector, 6)));
  }

  @ParameterizedTest
  @CsvSource({
    "511, 0, no 55 AA", // signature
    "446, 1, boot indicator 1", // first partition
    "494, 127, boot indicator 127", // fourth partition
  })
  void refusesWhatIsNoPartitionTable(int offset, byte value, String why) {
    PartitionRecord partition = PartitionRecord.active(PartitionRecord.EFI_SYSTEM, 4, 100);
    byte[] sector = MasterBootRecord.withoutBootCode(1, partition).toBytes();
    sector[offset] = value;
    SpecReader reader = SpecReader.of("disk", sector);
    Refusal.assertRefused(why, () -> MasterBootRecord.read(reader));
  }

  @Test
  void refusesAnImageWithoutAWholeSector() {
    SpecReader reader = SpecReader.of("disk", new byte[511]);
    Refusal.assertRefused("cut short", () -> MasterBootRecord.read(reader));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
