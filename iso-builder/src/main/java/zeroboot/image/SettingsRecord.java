package zeroboot.image;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.script.BootScript;
import zeroboot.script.ZbootVersion;
import zeroboot.spec.BootPath;
import zeroboot.spec.BootSpec;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.Setting;

/**
 * What was asked for, as JSON: the file {@code ZBOOT.JSN} of a medium, and the middle part of every
 * receipt. Nothing that boots reads it.
 */
public final class SettingsRecord {
  /** How many nodes the script lists; not there if it is for one. */
  public static final String NODE_COUNT = "nodeCount";

  private SettingsRecord() {}

  /**
   * The record as a file: UTF-8, indented, one line feed at the end. It counts the nodes of a rack:
   * the script beside it lists them, and a medium has no room to say so twice.
   */
  public static byte[] file(Rack rack, BootScript script, IpxeCore core) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent("  ");
      json.beginObject();
      writeHead(json, script);
      writeSpec(json, rack.defaults());
      if (!rack.nodes().isEmpty()) {
        json.name(NODE_COUNT).value(rack.nodes().size());
      }
      writeTail(json, core);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The fields, into an object that the caller has begun. */
  public static void writeFields(JsonWriter json, Rack rack, BootScript script, IpxeCore core)
      throws IOException {
    writeHead(json, script);
    writeRack(json, rack);
    writeTail(json, core);
  }

  private static void writeHead(JsonWriter json, BootScript script) throws IOException {
    json.name("zboot").value(ZbootVersion.current());
    json.name("imageId").value(script.imageId().shown());
  }

  private static void writeTail(JsonWriter json, IpxeCore core) throws IOException {
    json.name("core").beginObject();
    writeCore(json, core);
    json.endObject();
  }

  /** What is known of a core, into an object that the caller has begun. */
  public static void writeCore(JsonWriter json, IpxeCore core) throws IOException {
    json.name("version").value(core.version());
    json.name("origin").value(core.origin());
    for (BootPath path : BootPath.values()) {
      json.name(path.coreFile() + "Sha256").value(core.sha256(path));
    }
    json.name("trustRootSha256").value(TrustRoot.of(core).map(TrustRoot::sha256).orElse(null));
  }

  /** What all nodes are told, into an object that the caller has begun. */
  public static void writeRack(JsonWriter json, Rack rack) throws IOException {
    writeSpec(json, rack.defaults());
    if (!rack.nodes().isEmpty()) {
      json.name("nodes").beginArray();
      for (RackNode node : rack.nodes()) {
        json.beginObject();
        json.name("mac").value(node.mac().value());
        writeSpec(json, node.spec());
        json.endObject();
      }
      json.endArray();
    }
  }

  /** What one node is told, into an object that the caller has begun. */
  public static void writeSpec(JsonWriter json, BootSpec spec) throws IOException {
    if (spec.node().isPresent()) {
      json.name("node").value(spec.node().get().value());
    }
    if (spec.farmId().isPresent()) {
      json.name("farmId").value(spec.farmId().get().value());
      json.name("network").value(spec.network().shown());
      json.name("kernelUrls").beginArray();
      for (KernelUrl url : spec.kernelUrls()) {
        json.value(url.value());
      }
      json.endArray();
      json.name("kernelCommandLine").value(spec.commandLine().text());
    }
    json.name("settings").beginObject();
    for (Setting setting : spec.settings().keys()) {
      json.name(setting.key());
      writeValue(json, setting, spec.settings().values(setting));
    }
    json.endObject();
  }

  /** A value in the shape that a profile has it in. */
  private static void writeValue(JsonWriter json, Setting setting, List<String> values)
      throws IOException {
    if (setting.isRepeatable()) {
      json.beginArray();
      for (String value : values) {
        json.value(value);
      }
      json.endArray();
      return;
    }
    String value = values.get(0);
    switch (setting.type().shape()) {
      case FLAG -> json.value(Boolean.parseBoolean(value));
      case NUMBER -> json.value(Long.parseLong(value));
      case TEXT -> json.value(value);
    }
  }
}
