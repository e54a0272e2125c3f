package zeroboot.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.image.SettingsRecord;
import zeroboot.script.ZbootVersion;
import zeroboot.spec.BootSpec;
import zeroboot.spec.MacAddress;

/**
 * What a batch made: {@code manifest.json} for programs, {@code SHA256SUMS} for {@code sha256sum
 * -c}.
 *
 * @param nodes in the order of the profile
 */
record BatchManifest(IpxeCore core, List<Node> nodes) {
  static final String FILE = "manifest.json";
  static final String CHECKSUMS = "SHA256SUMS";

  /** The images of one node. */
  record Node(Optional<MacAddress> mac, BootSpec spec, String imageId, List<Image> images) {}

  /** One image: its form, file name, size in bytes and SHA-256. */
  record Image(String form, String file, int size, String sha256) {}

  /** The JSON text, with one line feed at the end. */
  String json() {
    return Json.text(
        "  ",
        json -> {
          json.name("zboot").value(ZbootVersion.current());
          json.name("core").beginObject();
          json.name("version").value(core.version());
          json.name("origin").value(core.origin());
          json.endObject();
          json.name("nodes").beginArray();
          for (Node node : nodes) {
            write(json, node);
          }
          json.endArray();
        });
  }

  private static void write(JsonWriter json, Node node) throws IOException {
    json.beginObject();
    json.name("mac").value(node.mac().map(MacAddress::value).orElse(null));
    json.name("imageId").value(node.imageId());
    SettingsRecord.writeSpec(json, node.spec());
    json.name("images").beginArray();
    for (Image image : node.images()) {
      json.beginObject();
      json.name("form").value(image.form());
      json.name("file").value(image.file());
      json.name("size").value(image.size());
      json.name("sha256").value(image.sha256());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  /** Two spaces between sum and name: the mode that every sha256sum reads. */
  byte[] checksums(byte[] manifest) {
    StringBuilder sums = new StringBuilder();
    sums.append(Hashes.sha256(manifest)).append("  ").append(FILE).append('\n');
    for (Node node : nodes) {
      for (Image image : node.images()) {
        sums.append(image.sha256()).append("  ").append(image.file()).append('\n');
      }
    }
    return sums.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
