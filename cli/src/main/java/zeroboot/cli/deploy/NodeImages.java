package zeroboot.cli.deploy;

import java.util.List;
import java.util.regex.Pattern;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.BootImage;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.server.files.SharedImages;
import zeroboot.server.nodes.ImageListener;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;

/** Makes the image of each node, and keeps it for its controller. */
final class NodeImages {
  private static final int HASH_DIGITS = 16;
  private static final String FOLDER = "((.*/)?iso/)?";
  private static final String HASH = "-[0-9a-f]{16}\\.iso";

  private final IpxeCore core;
  private final ImageMaker maker;
  private final SharedImages kept;

  NodeImages(IpxeCore core, ImageMaker maker, SharedImages kept) {
    this.core = core;
    this.maker = maker;
    this.kept = kept;
  }

  /**
   * An image that is kept.
   *
   * @param name {@code node-01-0123456789abcdef.iso}: another one for other content
   * @param imageId that the node reports
   */
  record Made(String name, String imageId) {
    /** Its path at the server. */
    String path() {
      return SharedImages.FOLDER + name;
    }
  }

  /**
   * The settings of a node that tells where it reports to, unless it is told already. The address
   * ends in a word that no other image has: only the first report names an image, and that one may
   * be lost; and who does not know the word cannot report in its place.
   *
   * @param base of the server, as the node reaches it
   */
  BootSpec reporting(BootSpec spec, String base, String node, String word) {
    if (spec.settings().given(Setting.REPORT_URL).isPresent()) {
      return spec;
    }
    String address = base + ImageListener.REPORT + node + "/" + word;
    return new BootSpec(
        spec.settings().with(Setting.REPORT_URL, List.of(address), "zboot deploy"), spec.node());
  }

  /** The ID of an image that reports nowhere yet. */
  String tag(BootSpec spec) {
    return BootScripts.render(Rack.of(spec), core).imageId().shown();
  }

  Made make(BootSpec spec, String node, boolean isEfi) {
    Form form = isEfi ? Forms.EFI : Forms.ISO;
    Rack rack = Rack.of(spec);
    BootScript script = BootScripts.render(rack, core);
    BootImage image = maker.make(form, rack, script);
    String hash = Sha256.hex(image.bytes()).substring(0, HASH_DIGITS);
    String name = node + "-" + hash + (isEfi ? ".efi" : ".iso");
    kept.put(name, image.bytes());
    return new Made(name, script.imageId().shown());
  }

  /** Whether an image in a drive is one that zboot put there for some node, by its name. */
  static boolean isOurs(String image) {
    return image.matches(FOLDER + "[A-Za-z0-9-]+" + HASH);
  }

  /** Likewise, for this node. */
  static boolean isOurs(String image, String node) {
    return image.matches(FOLDER + Pattern.quote(node) + HASH);
  }
}
