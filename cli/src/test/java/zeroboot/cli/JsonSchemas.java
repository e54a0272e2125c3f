package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The schemas of {@code docs/json}, as a validator of somebody else reads them. */
final class JsonSchemas {
  /** They refer to each other, and to the schema of profiles above them. */
  static final Path FOLDER = Path.of("..", "docs", "json");

  private static final String EXTENSION = ".schema.json";
  private static final String BASE = "file:///docs/json/";
  private static final Set<String> MAKING = Set.of("iso", "usb", "efi", "lkrn", "script");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts()));

  private JsonSchemas() {}

  /** The name of the schema for what this command prints. */
  static String name(List<String> words) {
    if (words.contains("--version") || words.contains("-V")) {
      return "version";
    }
    String command = words.get(0);
    if (MAKING.contains(command)) {
      return "receipt";
    }
    return Files.exists(FOLDER.resolve(command + EXTENSION))
        ? command
        : command + "-" + words.get(1);
  }

  /** What a run with {@code --json} printed is what its schema says; nothing is nothing. */
  static void check(String[] args, String out) {
    List<String> words = Arrays.asList(args);
    if (!words.contains("--json") || out.isEmpty() || words.contains("--help")) {
      return;
    }
    String name = name(words);
    Stream<String> texts = name.equals("write") ? out.lines() : Stream.of(out);
    texts.forEach(text -> assertEquals(List.of(), errors(name, text), text));
  }

  /** What is wrong with this text. */
  static List<String> errors(String name, String text) {
    Schema schema = REGISTRY.getSchema(SchemaLocation.of(BASE + name + EXTENSION));
    return schema.validate(text, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        texts.put(BASE + file.getFileName(), Files.readString(file));
      }
      Path profile = FOLDER.resolveSibling("profile" + EXTENSION);
      texts.put("file:///docs/" + profile.getFileName(), Files.readString(profile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
