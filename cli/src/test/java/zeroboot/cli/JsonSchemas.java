package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import zeroboot.ground.Sha256;

/**
 * The schemas of {@code docs/json}, as a validator of somebody else reads them. They let fields be
 * added, as the documents promise; the tests allow none that no schema names.
 */
public final class JsonSchemas {
  /** They refer to each other, and to the schema of profiles above them. */
  static final Path FOLDER = Path.of("..", "docs", "json");

  /**
   * What is printed comes here too, for the validator that {@code ./check} runs behind the tests.
   */
  private static final Path PRINTED = Path.of("target", "json");

  private static final String EXTENSION = ".schema.json";
  private static final String BASE = "https://zboot.invalid/json/";
  private static final Set<String> MAKING = Set.of("iso", "usb", "efi", "lkrn", "script");
  private static final SchemaRegistry OPEN = registry(texts());
  private static final SchemaRegistry CLOSED = registry(closed(texts()));

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
    Stream<String> texts =
        Set.of("write", "serve", "deploy").contains(name) ? out.lines() : Stream.of(out);
    texts.forEach(text -> check(name, text));
  }

  /** This text is what the schema says, with nothing more; it is kept for other judges. */
  public static void check(String name, String text) {
    assertEquals(List.of(), errors(name, text), text);
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Path folder = Files.createDirectories(PRINTED.resolve(name));
      Files.write(folder.resolve(Sha256.hex(bytes).substring(0, 16) + ".json"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with this text, fields that no schema names among it. */
  static List<String> errors(String name, String text) {
    return errors(CLOSED, name, text);
  }

  /** What is wrong with this text for a program that knows this schema, and not all to come. */
  static List<String> errorsForOthers(String name, String text) {
    return errors(OPEN, name, text);
  }

  private static List<String> errors(SchemaRegistry registry, String name, String text) {
    Schema schema = registry.getSchema(SchemaLocation.of(BASE + name + EXTENSION));
    return schema.validate(text, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  private static SchemaRegistry registry(Map<String, String> texts) {
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts));
  }

  private static Map<String, String> closed(Map<String, String> texts) {
    Map<String, String> closed = new HashMap<>();
    texts.forEach(
        (id, text) -> {
          JsonElement schema = JsonParser.parseString(text);
          close(schema);
          closed.put(id, schema.toString());
        });
    return closed;
  }

  /**
   * Refuses fields that a schema does not name. A schema that adds fields to another (by a {@code
   * $ref} beside them) closes both; so {@code device}, which is added to, stays open itself.
   */
  private static void close(JsonElement element) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(JsonSchemas::close);
    } else if (element.isJsonObject()) {
      JsonObject object = element.getAsJsonObject();
      object.asMap().values().forEach(JsonSchemas::close);
      if (isSchemaWithFields(object) && !object.has("additionalProperties")) {
        object.addProperty("unevaluatedProperties", false);
      }
      if (object.has("device") && isSchemaWithFields(object.get("device"))) {
        object.getAsJsonObject("device").remove("unevaluatedProperties");
      }
    }
  }

  private static boolean isSchemaWithFields(JsonElement element) {
    if (!element.isJsonObject()) {
      return false;
    }
    JsonObject object = element.getAsJsonObject();
    return object.get("properties") instanceof JsonObject
        && (object.has("type") || object.has("$ref"));
  }

  /** Whether tests write what schemas have to say of the code's tables, instead of comparing it. */
  static boolean isRenewing() {
    return System.getenv("ZBOOT_RENEW_GUIDES") != null;
  }

  /** Writes a schema, as all are written. */
  static void write(Path file, JsonObject schema) throws IOException {
    Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    Files.writeString(file, gson.toJson(schema) + "\n");
  }

  /** What brings a schema up to date. */
  static String mend(Path file) {
    return "run this test with ZBOOT_RENEW_GUIDES=1 to write " + file;
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        texts.put(BASE + file.getFileName(), Files.readString(file));
      }
      Path profile = FOLDER.resolveSibling("profile" + EXTENSION);
      texts.put(BASE + profile.getFileName(), Files.readString(profile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
