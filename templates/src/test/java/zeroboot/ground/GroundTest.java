package zeroboot.ground;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ground room, against values of the standards. */
class GroundTest {
  /** FIPS 180-2, appendix B.1. */
  @Test
  void theHashOfThreeLetters() {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    String hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertEquals(hex, Sha256.hex(abc));
    assertArrayEquals(HexFormat.of().parseHex(hex), Sha256.of(abc));
    var begun = Sha256.begin();
    begun.update(abc);
    assertEquals(hex, Sha256.hex(begun));
  }

  /** UEFI specification 2.10, table 5-7: the EFI system partition, as every disk has it. */
  @Test
  void aGuidHasThreePartsTurnedRound() {
    byte[] stored = HexFormat.of().parseHex("28732ac11ff8d211ba4b00a0c93ec93b");
    Guid guid = Guid.of("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");
    assertArrayEquals(stored, guid.toBytes());
    assertEquals(guid, Guid.read(stored, 0));
    assertEquals("C12A7328-F81F-11D2-BA4B-00A0C93EC93B", guid.shown());
  }

  @Test
  void aDerivedGuidIsOfVersionEight() {
    Guid guid = Guid.derivedFrom(new byte[] {1});
    assertEquals(8, guid.value().version());
    assertEquals(2, guid.value().variant());
    assertEquals(guid, Guid.derivedFrom(new byte[] {1}));
  }

  @Test
  void wholeUnits() {
    assertEquals(0, Units.count(0, 512));
    assertEquals(1, Units.count(1, 512));
    assertEquals(1, Units.count(512, 512));
    assertEquals(2, Units.count(513L, 512L));
    assertEquals(0, Units.roundUp(0, 2048));
    assertEquals(4096, Units.roundUp(2049, 2048));
    assertEquals(1L << 40, Units.roundUp((1L << 40) - 1, 4096L));
  }

  @Test
  void aResourceThatIsMissing() {
    assertEquals(Optional.empty(), Resources.find(null));
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> Resources.bytes(null, "stage.bin"));
    assertEquals("this build carries no stage.bin", thrown.getMessage());
    byte[] bytes = {1, 2};
    assertArrayEquals(bytes, Resources.bytes(new ByteArrayInputStream(bytes), "stage.bin"));
  }
}
