package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zboot schema}: the files of {@code docs/json}, from the program itself. */
class SchemaCommandTest {
  private static final String EXTENSION = ".schema.json";

  @TempDir private Path folder;

  @Test
  void theListIsOfEveryFile() throws IOException {
    Set<String> listed =
        run().lines().map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());
    Set<String> files = new TreeSet<>(Set.of("profile"));
    try (Stream<Path> all = Files.list(JsonSchemas.FOLDER)) {
      all.forEach(file -> files.add(file.getFileName().toString().replace(EXTENSION, "")));
    }
    assertEquals(files, new TreeSet<>(listed));
  }

  @Test
  void theFolderHasThemAsTheyAre() throws IOException {
    Path out = folder.resolve("schemas");
    run("-o", out.toString());
    try (Stream<Path> all = Files.list(out)) {
      for (Path file : all.toList()) {
        Path source = JsonSchemas.FOLDER.resolve(file.getFileName());
        if (!Files.exists(source)) {
          source = JsonSchemas.FOLDER.resolveSibling(file.getFileName());
        }
        assertEquals(-1, Files.mismatch(source, file), file.toString());
        JsonObject schema = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertEquals(
            "https://zboot.invalid/json/" + file.getFileName(), schema.get("$id").getAsString());
      }
    }
  }

  /** A validator that knows no other file takes what the command prints. */
  @Test
  void oneSchemaNeedsNoOtherFile() {
    Path image = folder.resolve("x.img");
    CliRun receipt = CliRun.of("usb", "--farm-id", "7", "-o", image.toString(), "--json");
    CliRun inspected = CliRun.of("inspect", image.toString(), "--json");
    for (String command : List.of("usb", "receipt")) {
      assertEquals(List.of(), errors(run(command), receipt.text()));
      assertTrue(!errors(run(command), inspected.text()).isEmpty());
    }
    assertEquals(List.of(), errors(run("inspect"), inspected.text()));
    assertEquals(run("keys-new"), run("keys", "new"));
  }

  private static List<String> errors(String text, String json) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
    return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  @Test
  void nameThatIsNone() {
    CliRun run = CliRun.of("schema", "inspct");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("did you mean inspect?"), run.err());
    CliRun both = CliRun.of("schema", "inspect", "-o", folder.resolve("s").toString());
    assertEquals(2, both.exitCode());
    assertTrue(Files.notExists(folder.resolve("s")));
  }

  private static String run(String... args) {
    CliRun run =
        CliRun.of(Stream.concat(Stream.of("schema"), Stream.of(args)).toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return run.text();
  }
}
