package zeroboot.medium;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.image.SettingsRecord;
import zeroboot.script.BootScript;
import zeroboot.spec.Rack;

/** Compares {@code ZBOOT.JSN}, which anybody can edit, with what boots. */
final class RecordCheck {
  private static final String FILE = "ZBOOT.JSN";
  private static final int SHOWN = 5;

  /** Fields of the record, and the variable of the script that says the same. */
  private static final Map<String, String> VARIABLES =
      Map.of("farmId", "farm", "imageId", "image", "kernelCommandLine", "args", "network", "grid");

  private final Optional<JsonObject> record;

  RecordCheck(byte[] file) {
    record = parse(file);
  }

  private static Optional<JsonObject> parse(byte[] file) {
    try {
      JsonElement element = JsonParser.parseString(new String(file, StandardCharsets.UTF_8));
      return element.isJsonObject() ? Optional.of(element.getAsJsonObject()) : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  /** Where the record says the core came from. */
  static Optional<String> origin(byte[] file) {
    return parse(file)
        .map(json -> json.get("core"))
        .filter(core -> core != null && core.isJsonObject())
        .map(core -> core.getAsJsonObject().get("origin"))
        .filter(origin -> origin != null && origin.isJsonPrimitive())
        .map(JsonElement::getAsString);
  }

  /** Which root the record says that the core trusts. */
  static Optional<TrustRoot> trustRoot(byte[] file) {
    return parse(file)
        .map(json -> json.get("core"))
        .filter(core -> core != null && core.isJsonObject())
        .map(core -> core.getAsJsonObject().get("trustRootSha256"))
        .filter(root -> root != null && root.isJsonPrimitive())
        .map(JsonElement::getAsString)
        .filter(root -> root.matches("[0-9a-f]{64}"))
        .map(TrustRoot::new);
  }

  /** How the record differs from what zboot writes for this rack, one sentence a field. */
  List<String> against(Rack rack, BootScript script, IpxeCore core) {
    JsonObject expected = parse(SettingsRecord.file(rack, script, core)).orElseThrow();
    return differences(expected, true);
  }

  /** How the record differs from these variables of a script. */
  List<String> against(Map<String, String> variables) {
    JsonObject expected = new JsonObject();
    VARIABLES.forEach(
        (field, variable) -> {
          String value = variables.get(variable);
          if (value != null) {
            expected.addProperty(field, value);
          }
        });
    return differences(expected, false);
  }

  private List<String> differences(JsonObject expected, boolean complete) {
    if (record.isEmpty()) {
      return List.of(FILE + " cannot be read: it is no JSON object");
    }
    JsonObject said = record.get();
    TreeSet<String> fields = new TreeSet<>(expected.keySet());
    if (complete) {
      fields.addAll(said.keySet());
    }
    List<String> differences = new ArrayList<>();
    for (String field : fields) {
      String here = text(said.get(field));
      String boots = text(expected.get(field));
      if (!here.equals(boots) && differences.size() < SHOWN) {
        differences.add(FILE + " says " + field + " is " + here + ", but what boots says " + boots);
      }
    }
    return differences;
  }

  private static String text(@Nullable JsonElement element) {
    if (element == null) {
      return "nothing";
    }
    return element.isJsonPrimitive() ? element.getAsString() : element.toString();
  }
}
