package zeroboot.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProfileSchemaTest {
  private static final Path SCHEMA = Path.of("..", "docs", "profile.schema.json");

  /** Brought up to date by running this test with {@code ZBOOT_RENEW_GUIDES=1}. */
  @Test
  void theDocumentedSchemaIsThatOfTheCode() throws IOException {
    if (System.getenv("ZBOOT_RENEW_GUIDES") != null) {
      Files.writeString(SCHEMA, ProfileSchema.json());
    }
    assertEquals(
        ProfileSchema.json(),
        Files.readString(SCHEMA),
        "run this test with ZBOOT_RENEW_GUIDES=1 to write " + SCHEMA);
  }
}
