package zeroboot.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ZbootVersionTest {
  /** Java's reader of dates is the judge; it takes too long for every run. */
  @Test
  void theReleaseIsReadAsJavaReadsIt() {
    assertEquals(Instant.parse(ZbootVersion.property("date")), ZbootVersion.released());
  }
}
