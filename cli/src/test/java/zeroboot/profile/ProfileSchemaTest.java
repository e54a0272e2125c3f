package zeroboot.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProfileSchemaTest {
  private static final Path SCHEMA = Path.of("..", "docs", "profile.schema.json");

  /** To bring it up to date: {@code ./zboot config schema >docs/profile.schema.json}. */
  @Test
  void theDocumentedSchemaIsThatOfTheCode() throws IOException {
    assertEquals(ProfileSchema.json(), Files.readString(SCHEMA));
  }
}
