package zeroboot.cli.shell;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import zeroboot.ground.Resources;
import zeroboot.profile.ProfileSchema;

/**
 * The JSON Schemas (draft 2020-12) of all that {@code --json} prints, of what lies on media, and of
 * profiles. They name each other by {@code $ref}, relative to their {@code $id}.
 */
final class SchemaSet {
  static final String EXTENSION = ".schema.json";

  /** What several others refer to. */
  private static final String COMMON = "common";

  private static final String PROFILE = "profile";

  /** The files of {@code docs/json}, and that of profiles. */
  private static final List<String> NAMES =
      List.of(
          "receipt",
          "batch",
          "netboot",
          "serve",
          "watch",
          "deploy",
          "bmc",
          "inspect",
          "try",
          "check",
          "core-list",
          "core-show",
          "core-import",
          "core-fetch",
          "keys-new",
          "keys-show",
          "keys-revoke",
          "sign",
          "verify",
          "config-list",
          "config-show",
          "devices",
          "write",
          "version",
          "record",
          PROFILE,
          COMMON);

  private static final Set<String> MAKING = Set.of("iso", "usb", "efi", "lkrn", "script");
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private SchemaSet() {}

  /** Of all schemas, in the order of the commands. */
  static List<String> names() {
    return NAMES;
  }

  /** The name of the schema for what a command prints; the word itself if it is none. */
  static String nameFor(String command) {
    return MAKING.contains(command) ? "receipt" : command;
  }

  /** One file, as it lies in {@code docs/json}. */
  static String file(String name) {
    if (name.equals(PROFILE)) {
      return ProfileSchema.json();
    }
    String file = name + EXTENSION;
    return new String(
        Resources.bytes(SchemaSet.class.getResourceAsStream(file), file), StandardCharsets.UTF_8);
  }

  /** What it describes, in a line. */
  static String title(String name) {
    return read(name).get("title").getAsString();
  }

  /**
   * One that needs no other file: those that it refers to are among its definitions, each under its
   * own {@code $id} (JSON Schema Core 2020-12, section 9.3, compound documents).
   */
  static String whole(String name) {
    JsonObject schema = read(name);
    Map<String, JsonObject> needed = new TreeMap<>();
    gather(name, schema, needed);
    if (needed.isEmpty()) {
      return file(name);
    }
    JsonObject definitions =
        schema.has("$defs") ? schema.getAsJsonObject("$defs") : new JsonObject();
    needed.forEach(definitions::add);
    schema.add("$defs", definitions);
    return GSON.toJson(schema) + "\n";
  }

  private static void gather(String name, JsonObject schema, Map<String, JsonObject> needed) {
    Set<String> references = new TreeSet<>();
    references(schema, references);
    references.remove(name);
    for (String other : references) {
      if (!needed.containsKey(other)) {
        JsonObject read = read(other);
        needed.put(other, read);
        gather(name, read, needed);
      }
    }
  }

  /** The names of the schemas that {@code $ref}s lead to. */
  private static void references(JsonElement element, Set<String> found) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(item -> references(item, found));
    } else if (element.isJsonObject()) {
      JsonObject object = element.getAsJsonObject();
      object.asMap().values().forEach(value -> references(value, found));
      JsonElement reference = object.get("$ref");
      if (reference != null && reference.isJsonPrimitive()) {
        int end = reference.getAsString().indexOf(EXTENSION);
        if (end > 0) {
          found.add(reference.getAsString().substring(0, end));
        }
      }
    }
  }

  private static JsonObject read(String name) {
    return JsonParser.parseString(file(name)).getAsJsonObject();
  }
}
