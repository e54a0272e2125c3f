package zeroboot.cli.look;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import zeroboot.cli.console.Json;
import zeroboot.image.SettingsRecord;
import zeroboot.image.read.FoundFile;
import zeroboot.image.read.Medium;
import zeroboot.image.read.MediumPartition;
import zeroboot.medium.Finding;
import zeroboot.medium.Verdict;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.BootPath;
import zeroboot.spec.TargetFirmware;

/** What was found in a medium, for programs. */
final class InspectionJson {
  private InspectionJson() {}

  static void write(JsonWriter json, Verdict verdict) throws IOException {
    Medium medium = verdict.facts().medium().orElseThrow();
    json.name("file").value(medium.name());
    json.name("kind").value(medium.kind());
    json.name("verdict")
        .value(verdict.facts().author().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.name("asMade").value(verdict.isAsMade());
    json.name("firmware").value(medium.firmware().map(TargetFirmware::shown).orElse(null));
    json.name("size").value(medium.size());
    json.name("imageSize").value(medium.imageSize());
    json.name("sha256").value(medium.sha256().orElse(null));
    writeFound(json, medium.found());
    writePurpose(json, verdict);
    writeVariables(json, verdict.facts().settings());
    writeCore(json, verdict.facts().core());
    Json.strings(json, "signers", medium.uefi().map(Medium.Half::signers).orElse(List.of()));
    writePartitions(json, medium.partitions());
    json.name("layout");
    Json.extents(json, verdict.facts().layout().extents());
    json.name("views");
    Json.extents(json, verdict.facts().layout().views());
    writeFacts(json, medium.facts());
    FindingText.write(json, verdict.findings());
    Json.strings(json, "troubles", verdict.damage().stream().map(Finding::what).toList());
  }

  /** What it was made for. */
  static void writePurpose(JsonWriter json, Verdict verdict) throws IOException {
    Optional<ScriptSettings> settings = verdict.facts().settings();
    json.name("zboot").value(settings.map(ScriptSettings::zbootVersion).orElse(null));
    json.name("imageId")
        .value(verdict.facts().imageId().map(Verdict.ImageIdCheck::stated).orElse(null));
    json.name("computedImageId")
        .value(verdict.facts().imageId().flatMap(Verdict.ImageIdCheck::computed).orElse(null));
    if (verdict.facts().rack().isPresent()) {
      SettingsRecord.writeRack(json, verdict.facts().rack().get());
    }
  }

  private static void writeVariables(JsonWriter json, Optional<ScriptSettings> settings)
      throws IOException {
    json.name("variables").beginObject();
    if (settings.isPresent()) {
      for (Map.Entry<String, String> variable : settings.get().variables().entrySet()) {
        json.name(variable.getKey()).value(variable.getValue());
      }
    }
    json.endObject();
  }

  private static void writeCore(JsonWriter json, Optional<Verdict.Core> core) throws IOException {
    json.name("core");
    if (core.isEmpty()) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("version").value(core.get().version());
    json.name("origin").value(core.get().origin().orElse(null));
    json.name("trustRootSha256").value(core.get().trustRootSha256().orElse(null));
    for (BootPath path : BootPath.values()) {
      json.name(path.coreFile() + "TrustRootSha256").value(core.get().trustRoots().get(path));
    }
    for (BootPath path : BootPath.values()) {
      json.name(path.coreFile() + "Sha256").value(core.get().sha256().get(path));
    }
    json.endObject();
  }

  private static void writeFound(JsonWriter json, Optional<FoundFile> found) throws IOException {
    json.name("found");
    if (found.isEmpty()) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("path").value(found.get().path());
    int partition = found.get().partition();
    json.name("partition").value(partition == 0 ? null : (Integer) partition);
    json.name("fileSystem").value(found.get().fileSystem());
    json.name("pieces");
    Json.extents(json, found.get().pieces());
    json.endObject();
  }

  private static void writePartitions(JsonWriter json, List<MediumPartition> partitions)
      throws IOException {
    json.name("partitions").beginArray();
    for (MediumPartition partition : partitions) {
      json.beginObject();
      json.name("number").value(partition.number());
      json.name("type").value(partition.type());
      json.name("active").value(partition.isActive());
      json.name("offset").value(partition.offset());
      json.name("length").value(partition.length());
      json.endObject();
    }
    json.endArray();
  }

  private static void writeFacts(JsonWriter json, List<Medium.Fact> facts) throws IOException {
    json.name("facts").beginArray();
    for (Medium.Fact fact : facts) {
      json.beginObject();
      json.name("label").value(fact.label());
      json.name("text").value(fact.text());
      json.endObject();
    }
    json.endArray();
  }
}
