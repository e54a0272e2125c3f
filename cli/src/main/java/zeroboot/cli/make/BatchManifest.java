package zeroboot.cli.make;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.cli.console.Json;
import zeroboot.cli.keys.SigningKeys;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
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

  /** The images of one node. */
  record Node(Optional<MacAddress> mac, BootSpec spec, String imageId, List<Image> images) {}

  /** One image: its form, file name, size in bytes and SHA-256. */
  record Image(String form, String file, int size, String sha256) {}

  /**
   * The JSON text, with one line feed at the end.
   *
   * @param keys what signed the images
   */
  String json(SigningKeys keys) {
    return Json.text(
        "  ",
        json -> {
          json.name("zboot").value(ZbootVersion.current());
          json.name("core").beginObject();
          json.name("version").value(core.version());
          json.name("origin").value(core.origin());
          json.endObject();
          keys.writeFields(json);
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

  /** What {@code SHA256SUMS} says of this manifest and the images. */
  byte[] checksums(byte[] manifest) {
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put(FILE, Sha256.hex(manifest));
    for (Node node : nodes) {
      node.images().forEach(image -> sums.put(image.file(), image.sha256()));
    }
    return ChecksumFile.bytes(sums);
  }
}
