package zeroboot.profile;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.spec.Setting;
import zeroboot.spec.SettingType;

/**
 * The JSON Schema (draft 2020-12) of profiles, for editors that complete and check them. It knows
 * types, names and ranges; what takes more to check, {@link ProfileReader} alone does.
 */
public final class ProfileSchema {
  /** No address to fetch it from: nobody can serve another under it (RFC 6761, section 6.4). */
  private static final String ID = "https://zboot.invalid/json/profile.schema.json";

  private static final String NAME_PATTERN = "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$";
  private static final String MAC_PATTERN = "^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}$";

  private static final String ADDRESS_PATTERN = "^" + BmcAddress.FORM + "$";

  private ProfileSchema() {}

  /** The schema, indented, with one line feed at the end. */
  public static String json() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent("  ");
      json.setHtmlSafe(false);
      json.beginObject();
      json.name("$schema").value("https://json-schema.org/draft/2020-12/schema");
      json.name("$id").value(ID);
      json.name("title").value("Zero Boot profile");
      json.name("description").value("What Zero-OS nodes are told at boot, for zboot --config.");
      json.name("type").value("object");
      json.name("additionalProperties").value(false);
      json.name("properties").beginObject();
      settings(json);
      bmc(json);
      proof(json);
      nodes(json);
      json.endObject();
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static void settings(JsonWriter json) throws IOException {
    for (Setting setting : Setting.values()) {
      json.name(setting.key()).beginObject();
      json.name("description").value(setting.description());
      if (setting.isRepeatable()) {
        json.name("anyOf").beginArray();
        json.beginObject();
        json.name("type").value("array");
        json.name("minItems").value(1);
        json.name("items").beginObject();
        type(json, setting.type());
        json.endObject();
        json.endObject();
        json.beginObject();
        type(json, setting.type());
        json.endObject();
        json.endArray();
      } else {
        type(json, setting.type());
      }
      if (setting.otherwise().isPresent()) {
        json.name("default");
        value(json, setting, setting.otherwise().get());
      }
      json.endObject();
    }
  }

  private static void value(JsonWriter json, Setting setting, String value) throws IOException {
    if (setting.type().shape() == SettingType.Shape.NUMBER) {
      json.value(Long.parseLong(value));
    } else {
      json.value(value);
    }
  }

  private static void type(JsonWriter json, SettingType type) throws IOException {
    switch (type.shape()) {
      case FLAG -> json.name("type").value("boolean");
      case NUMBER -> {
        json.name("type").value("integer");
        json.name("minimum").value(type.min());
        json.name("maximum").value(type.max());
      }
      case TEXT -> json.name("type").value("string");
    }
    if (!type.choices().isEmpty()) {
      json.name("enum").beginArray();
      for (String choice : type.choices()) {
        json.value(choice);
      }
      json.endArray();
    }
  }

  private static void nodes(JsonWriter json) throws IOException {
    json.name(ProfileReader.NODES).beginObject();
    json.name("description").value("The nodes of a rack, each with what differs for it.");
    json.name("type").value("array");
    json.name("items").beginObject();
    json.name("type").value("object");
    json.name("additionalProperties").value(false);
    json.name("required").beginArray().value(ProfileReader.NAME).endArray();
    json.name("properties").beginObject();
    pattern(json, ProfileReader.NAME, "What the node is called.", NAME_PATTERN);
    pattern(json, ProfileReader.MAC, "The MAC address of one of its network cards.", MAC_PATTERN);
    settings(json);
    bmc(json);
    proof(json);
    json.endObject();
    json.endObject();
    json.endObject();
  }

  private static void bmc(JsonWriter json) throws IOException {
    json.name(BmcSettings.KEY).beginObject();
    json.name("description").value("The management controller: its address, or a group of keys.");
    json.name("anyOf").beginArray();
    json.beginObject();
    json.name("type").value("string");
    json.name("pattern").value(ADDRESS_PATTERN);
    json.endObject();
    json.beginObject();
    json.name("type").value("object");
    json.name("additionalProperties").value(false);
    json.name("properties").beginObject();
    for (String key : BmcSettings.KEYS) {
      json.name(key).beginObject();
      json.name("description").value(BmcSettings.description(key));
      json.name("anyOf").beginArray();
      for (String type : new String[] {"string", "integer"}) {
        json.beginObject().name("type").value(type);
        if (key.equals(BmcSettings.ADDRESS) && type.equals("string")) {
          json.name("pattern").value(ADDRESS_PATTERN);
        }
        json.endObject();
      }
      json.endArray();
      json.endObject();
    }
    json.endObject();
    json.endObject();
    json.endArray();
    json.endObject();
  }

  private static void proof(JsonWriter json) throws IOException {
    for (String key : KernelProof.KEYS) {
      json.name(key).beginObject();
      json.name("description").value(KernelProof.description(key));
      if (KernelProof.isRepeatable(key)) {
        json.name("anyOf").beginArray();
        json.beginObject();
        json.name("type").value("array");
        json.name("minItems").value(1);
        json.name("items").beginObject();
        proofType(json, key);
        json.endObject();
        json.endObject();
        json.beginObject();
        proofType(json, key);
        json.endObject();
        json.endArray();
      } else {
        proofType(json, key);
      }
      json.endObject();
    }
  }

  private static void proofType(JsonWriter json, String key) throws IOException {
    json.name("type").value("string");
    if (key.equals(KernelProof.SHA256)) {
      json.name("pattern").value("^[0-9A-Fa-f]{64}$");
    }
  }

  private static void pattern(JsonWriter json, String key, String description, String pattern)
      throws IOException {
    json.name(key).beginObject();
    json.name("description").value(description);
    json.name("type").value("string");
    json.name("pattern").value(pattern);
    json.endObject();
  }
}
