package zeroboot.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import zeroboot.core.IpxeCore;
import zeroboot.image.Extent;
import zeroboot.image.SettingsRecord;
import zeroboot.script.BootScript;
import zeroboot.spec.BootSpec;
import zeroboot.spec.TargetFirmware;

/**
 * What was made, for people and for programs.
 *
 * @param form {@code script}, {@code iso}, {@code usb}, …
 * @param fileName null when it went to standard output
 * @param sha256 lower-case hexadecimal
 * @param made the result itself
 */
record Receipt(
    String form,
    @Nullable String fileName,
    String sha256,
    BootSpec spec,
    BootScript script,
    IpxeCore core,
    Made made) {

  /** Version of the JSON format; it grows when a field changes its meaning. */
  private static final int JSON_FORMAT = 1;

  /** The short text on standard error. */
  void print(PrintStream err) {
    err.println("Farm ID " + spec.farmId() + " on the " + spec.network().shown() + " network");
    err.println(
        String.format(
            Locale.ROOT,
            "%s: %,d bytes, image %s%s",
            fileName == null ? form : fileName,
            made.bytes().length,
            script.imageId().shown(),
            made.firmware().map(Receipt::only).orElse("")));
    err.println("SHA-256 " + sha256);
    spec.kernelUrls().forEach(url -> err.println("Kernel  " + url));
    spec.warnings().forEach(warning -> err.println("Warning: " + warning));
  }

  /** The same and more, as one JSON object. */
  void printJson(PrintStream out) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent("  ");
      json.beginObject();
      json.name("format").value(JSON_FORMAT);
      json.name("form").value(form);
      json.name("file").value(fileName);
      json.name("firmware").value(made.firmware().map(TargetFirmware::shown).orElse(null));
      json.name("size").value(made.bytes().length);
      json.name("sha256").value(sha256);
      SettingsRecord.writeFields(json, spec, script, core);
      json.name("layout");
      writeExtents(json, made.layout().extents());
      json.name("views");
      writeExtents(json, made.layout().views());
      json.name("warnings").beginArray();
      for (String warning : spec.warnings()) {
        json.value(warning);
      }
      json.endArray();
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(text);
  }

  private static String only(TargetFirmware firmware) {
    return firmware == TargetFirmware.BOTH ? "" : ", boots in " + firmware.modes();
  }

  private static void writeExtents(JsonWriter json, List<Extent> extents) throws IOException {
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
