package zeroboot.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The package of the iPXE that zboot knows beside its own: {@code ZBOOT_TEST_CORE}, which ./check
 * fetches. Its suite moves on, so where it cannot be had the test is skipped in sight, in CI too.
 */
public final class SecondCore {
  private SecondCore() {}

  /** The package, if it is here. */
  public static Optional<Path> find() {
    return Optional.ofNullable(System.getenv("ZBOOT_TEST_CORE"))
        .map(Path::of)
        .filter(Files::isRegularFile);
  }

  /** The package, or a skipped test. */
  public static Path require() {
    Optional<Path> found = find();
    if (found.isEmpty()) {
      Assumptions.abort("the second iPXE core is not here (ZBOOT_TEST_CORE); ./check fetches it");
    }
    return found.get();
  }
}
