package zeroboot.lzma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LzmaTest {
  /** XZ for Java and this decoder take the same streams for the same, and refuse the same. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void takesWhatAnotherTakesAndNothingElse(int literalContextBits) throws IOException {
    int good = 0;
    int bad = 0;
    for (Samples.Case one : Samples.streams(new Random(literalContextBits), literalContextBits)) {
      Optional<byte[]> expected = Samples.judge(one, literalContextBits);
      Optional<byte[]> found = decode(one, literalContextBits);
      assertEquals(expected.isPresent(), found.isPresent(), one.bytes().length + " bytes");
      if (expected.isPresent()) {
        assertArrayEquals(expected.get(), found.get());
        good++;
      } else {
        bad++;
      }
    }
    assertTrue(good > 100 && bad > 1000, good + " good, " + bad + " bad");
  }

  static Optional<byte[]> decode(Samples.Case one, int literalContextBits) {
    try {
      byte[] stream = one.bytes();
      return Optional.of(
          LzmaDecoder.of(literalContextBits, stream, 0, stream.length, one.size()).readAll());
    } catch (DamagedLzmaException e) {
      return Optional.empty();
    }
  }

  /** So the other's parameters, model and end are understood, whatever searched the strings. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void theSameDecisionsGiveTheSameBytes(int literalContextBits) throws Exception {
    for (byte[] data : Samples.data(new Random(3))) {
      for (int preset : new int[] {1, 9}) {
        byte[] stream = Samples.pack(data, literalContextBits, preset, false);
        LzmaDecoder from =
            LzmaDecoder.of(literalContextBits, stream, 0, stream.length, data.length);
        LzmaEncoder to = LzmaEncoder.of(literalContextBits);
        LzmaReuse.copy(from, to, data, data.length);
        assertArrayEquals(stream, to.finish());
      }
    }
  }

  @Test
  void changedDataAreWrittenByTheDecisionsOfOthers() throws Exception {
    Random random = new Random(5);
    for (byte[] data : Samples.data(random)) {
      byte[] stream = Samples.pack(data, 4, 6, false);
      byte[] changed = data.clone();
      for (int i = 0; i < changed.length; i += 1 + random.nextInt(900)) {
        changed[i] ^= (byte) random.nextInt();
      }
      LzmaEncoder to = LzmaEncoder.of(4);
      LzmaDecoder from = LzmaDecoder.of(4, stream, 0, stream.length, data.length);
      LzmaReuse.copy(from, to, changed, data.length);
      assertArrayEquals(
          changed, Samples.judge(new Samples.Case(to.finish(), data.length), 4).orElseThrow());
    }
  }

  /** At any decision both sides can be left and taken up again. */
  @Test
  void goesOnWhereItWasSaved() throws Exception {
    List<byte[]> all = Samples.data(new Random(8));
    for (byte[] data : all.subList(25, all.size())) {
      byte[] stream = Samples.parsed(data, 4);
      for (int place = 0; place <= data.length; place += 1 + data.length / 7) {
        LzmaEncoder first = LzmaEncoder.of(4);
        LzmaReuse.copy(
            LzmaDecoder.of(4, stream, 0, stream.length, data.length), first, data, place);
        LzmaEncoder later = LzmaEncoder.load(stream, first.save());
        LzmaDecoder from = LzmaDecoder.at(later, stream, data);
        assertEquals(from.position(), later.position());
        LzmaReuse.copy(from, later, data, data.length);
        assertArrayEquals(stream, later.finish());
        assertTrue(Arrays.equals(data, from.readAll()));
      }
    }
  }
}
