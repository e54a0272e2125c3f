package zeroboot.image;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.core.IpxeCore;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.script.BootScript;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/**
 * What was made, for programs: {@code docs/json/receipt.schema.json}.
 *
 * @param form {@code script}, {@code iso}, {@code usb}, …
 * @param fileName null when it has none
 * @param firmware what boots it; empty for a script
 * @param size in bytes
 * @param sha256 lower-case hexadecimal
 * @param warnings what whoever made it should know
 */
public record ImageReceipt(
    String form,
    @Nullable String fileName,
    Optional<TargetFirmware> firmware,
    int size,
    String sha256,
    Rack rack,
    BootScript script,
    IpxeCore core,
    Layout layout,
    List<String> warnings) {
  /** Who signed it. */
  public interface Signatures {
    /** Writes the fields into an object that was begun. */
    void writeFields(JsonWriter json) throws IOException;
  }

  /** The fields, into an object that the caller has begun. */
  public void writeFields(JsonWriter json, Signatures signatures) throws IOException {
    json.name("form").value(form);
    json.name("file").value(fileName);
    json.name("firmware").value(firmware.map(TargetFirmware::shown).orElse(null));
    json.name("size").value(size);
    json.name("sha256").value(sha256);
    SettingsRecord.writeFields(json, rack, script, core);
    signatures.writeFields(json);
    json.name("layout");
    writeExtents(json, layout.extents());
    json.name("views");
    writeExtents(json, layout.views());
    json.name("warnings").beginArray();
    for (String warning : warnings) {
      json.value(warning);
    }
    json.endArray();
  }

  /** An array of what lies where. */
  public static void writeExtents(JsonWriter json, Iterable<Extent> extents) throws IOException {
    json.beginArray();
    for (Extent extent : extents) {
      json.beginObject();
      json.name("name").value(extent.name());
      json.name("offset").value(extent.offset());
      json.name("length").value(extent.length());
      json.endObject();
    }
    json.endArray();
  }
}
