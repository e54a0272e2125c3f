package zeroboot.image;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import zeroboot.core.IpxeCore;
import zeroboot.script.BootScript;
import zeroboot.script.ZbootVersion;
import zeroboot.spec.BootSpec;
import zeroboot.spec.KernelArgument;
import zeroboot.spec.KernelUrl;

/**
 * What was asked for, as JSON: the file {@code ZBOOT.JSN} of a medium, and the middle part of every
 * receipt. Nothing that boots reads it.
 */
public final class SettingsRecord {
  private SettingsRecord() {}

  /** The record as a file: UTF-8, indented, one line feed at the end. */
  public static byte[] file(BootSpec spec, BootScript script, IpxeCore core) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent("  ");
      json.beginObject();
      writeFields(json, spec, script, core);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The fields, into an object that the caller has begun. */
  public static void writeFields(JsonWriter json, BootSpec spec, BootScript script, IpxeCore core)
      throws IOException {
    json.name("zboot").value(ZbootVersion.current());
    json.name("imageId").value(script.imageId().shown());
    json.name("farmId").value(spec.farmId().value());
    json.name("network").value(spec.network().shown());
    json.name("kernelUrls").beginArray();
    for (KernelUrl url : spec.kernelUrls()) {
      json.value(url.value());
    }
    json.endArray();
    json.name("kernelArguments").beginArray();
    for (KernelArgument argument : spec.kernelArguments()) {
      json.value(argument.word());
    }
    json.endArray();
    json.name("kernelCommandLine").value(spec.commandLine().text());
    json.name("onFailure").value(spec.onFailure().shown());
    json.name("core").beginObject();
    json.name("version").value(core.version());
    json.name("origin").value(core.origin());
    json.name("lkrnSha256").value(core.lkrnSha256());
    json.name("efiSha256").value(core.efiSha256());
    json.endObject();
  }
}
