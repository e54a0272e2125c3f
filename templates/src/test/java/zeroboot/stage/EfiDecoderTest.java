package zeroboot.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.lzma.Samples;
import zeroboot.testing.ForeignTool;

/**
 * The loader's LZMA decoder as machine code, between pages that it may not touch, against XZ for
 * Java and xz: what one takes the other takes for the same, and what one refuses the other refuses.
 */
class EfiDecoderTest {
  /** Which LZMA the loader has built in. */
  private static final int LITERAL_CONTEXT_BITS = 4;

  @TempDir private static Path folder;
  private static ForeignTool unlzma = ForeignTool.require("as");

  @BeforeAll
  static void assemble() {
    String program = folder.resolve("unlzma").toString();
    String object = folder.resolve("unlzma.o").toString();
    String tests = "src/test/stage/efi/";
    unlzma
        .run(
            "--64",
            "--fatal-warnings",
            "-I",
            "src/main/stage/efi",
            "-o",
            object,
            tests + "unlzma.S")
        .ok();
    ForeignTool.require("gcc")
        .run("-O1", "-Wall", "-Wextra", "-Werror", "-o", program, tests + "unlzma.c", object)
        .ok();
    unlzma = ForeignTool.require(program);
  }

  @Test
  void takesWhatXzForJavaTakesAndNothingElse() throws IOException {
    takesNothingElse(0);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void nothingElseOfFurtherStreams(int seed) throws IOException {
    takesNothingElse(seed);
  }

  private void takesNothingElse(int seed) throws IOException {
    int good = 0;
    int bad = 0;
    List<Samples.Case> cases = Samples.streams(new Random(seed), LITERAL_CONTEXT_BITS);
    List<String> verdicts = run(cases);
    for (int i = 0; i < cases.size(); i++) {
      Optional<byte[]> data = Samples.judge(cases.get(i), LITERAL_CONTEXT_BITS);
      assertEquals(
          data.map(EfiDecoderTest::verdict).orElse("refused"), verdicts.get(i), "case " + i);
      good += data.isPresent() ? 1 : 0;
      bad += data.isPresent() ? 0 : 1;
    }
    assertTrue(good > 133 && bad > 1000, good + " good, " + bad + " bad");
  }

  /** xz is asked of those that are well: of others it says less, since it wants no end to be 0. */
  @Test
  void takesWhatXzTakes() throws IOException {
    List<Samples.Case> cases = new ArrayList<>();
    for (Samples.Case one : Samples.streams(new Random(77), LITERAL_CONTEXT_BITS)) {
      if (cases.size() < 40 && Samples.judge(one, LITERAL_CONTEXT_BITS).isPresent()) {
        cases.add(one);
      }
    }
    List<String> verdicts = run(cases);
    Path file = folder.resolve("case.lzma");
    for (int i = 0; i < cases.size(); i++) {
      Samples.Case one = cases.get(i);
      ByteBuffer header = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
      header.put((byte) LITERAL_CONTEXT_BITS).putInt(1 << 23).putLong(one.size());
      ByteBuffer whole = ByteBuffer.allocate(13 + one.bytes().length);
      Files.write(file, whole.put(header.array()).put(one.bytes()).array());
      Path out = folder.resolve("case");
      Files.deleteIfExists(out);
      ForeignTool.require("xz").run("-d", "-k", "--format=lzma", file.toString()).ok();
      assertEquals(verdict(Files.readAllBytes(out)), verdicts.get(i));
    }
  }

  /** The builder gives room for what the decoder keeps. */
  @Test
  void keepsAsMuchAsTheBuilderKnows() {
    assertEquals("26608\n", unlzma.run("size").ok());
  }

  private static List<String> run(List<Samples.Case> cases) throws IOException {
    int size = cases.stream().mapToInt(one -> 8 + one.bytes().length).sum();
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    cases.forEach(one -> file.putInt(one.bytes().length).putInt(one.size()).put(one.bytes()));
    Path path = Files.write(folder.resolve("cases"), file.array());
    List<String> verdicts = unlzma.run(path.toString()).ok().lines().toList();
    assertEquals(cases.size(), verdicts.size());
    return verdicts;
  }

  private static String verdict(byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(data);
    return String.format("whole %08X", crc.getValue());
  }
}
