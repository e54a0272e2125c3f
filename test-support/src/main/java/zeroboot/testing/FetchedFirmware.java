package zeroboot.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * UEFI firmware of other Debian releases, which {@code tools/firmware.sh} fetches. Where it could
 * not, as {@code ./check} then says, its tests are skipped in sight.
 */
public final class FetchedFirmware {
  private FetchedFirmware() {}

  /** A build of OVMF, or a skipped test. */
  public static Path require(String release, String build) {
    String folder = System.getenv("ZBOOT_TEST_OVMF");
    Path file = Path.of(folder == null ? "." : folder, release, build);
    Assumptions.assumeTrue(
        folder != null && Files.isRegularFile(file),
        "the firmware of Debian " + release + " was not fetched (ZBOOT_TEST_OVMF); ./check tries");
    return file;
  }
}
