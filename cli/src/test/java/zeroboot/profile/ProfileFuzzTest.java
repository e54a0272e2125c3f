package zeroboot.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import zeroboot.ground.ZbootException;
import zeroboot.spec.BootSpec;
import zeroboot.testing.Fuzz;

/** Whatever is in a profile, it is settings or one clear line. */
class ProfileFuzzTest {
  private static final Set<ZbootException.Kind> EXPECTED =
      Set.of(ZbootException.Kind.SETTINGS, ZbootException.Kind.USAGE);

  @Test
  void hostileProfiles() throws IOException {
    List<byte[]> seeds = seeds();
    Fuzz.of("profile", 3000)
        .run(
            random -> ProfileMutants.mutate(seeds.get(random.nextInt(seeds.size())), random),
            ProfileFuzzTest::read);
  }

  /** Every example, and one profile that has every kind of value. */
  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(ProfileReaderTest.RACK.getBytes(StandardCharsets.UTF_8));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("../examples"), "*.yaml")) {
      List<Path> sorted = new ArrayList<>();
      files.forEach(sorted::add);
      sorted.sort(null);
      for (Path file : sorted) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  private static void read(byte[] input) {
    try {
      Profile profile = ProfileFile.read("f", new ByteArrayInputStream(input));
      BootSpec.of(profile.settings());
      profile
          .nodes()
          .forEach(
              node ->
                  new BootSpec(profile.settings().and(node.settings()), Optional.of(node.name())));
    } catch (ZbootException e) {
      // A profile may leave the farm ID to the command line.
      assertTrue(EXPECTED.contains(e.kind()), e.getMessage());
      assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
    }
  }
}
