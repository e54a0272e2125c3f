package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import zeroboot.bmc.link.Fields;

/**
 * A virtual drive as it was read.
 *
 * @param path of the resource
 * @param id what the controller calls it
 * @param types of media that it plays: CD, DVD, USBStick, Floppy
 * @param inserted whether something is in it
 * @param image what is in it, an address (without user and password) or a name; empty if that is
 *     not told
 */
public record Drive(
    String path, String id, List<String> types, boolean inserted, Optional<String> image) {
  /** A sample of the standard's makers that some firmware shows as if it were in the drive. */
  private static final String SAMPLE = "mymedia-read-only.iso";

  static Drive of(Resource resource, Maker maker) {
    JsonObject json = resource.json();
    // One firmware is known that spells it so.
    Optional<String> via =
        Fields.text(json, "ConnectedVia").or(() -> Fields.text(json, "ConnecteVia"));
    Optional<String> image =
        Fields.text(json, "Image")
            .or(() -> Fields.text(json, "ImageName"))
            .map(shown -> shown.replaceFirst("^([A-Za-z]{1,10}://)[^/@]*@", "$1"));
    boolean isSample =
        via.filter("Applet"::equals).isPresent()
            && image.filter(name -> name.endsWith(SAMPLE)).isPresent();
    return new Drive(
        resource.path(),
        Fields.text(json, "Id").orElse(resource.path().replaceFirst(".*/", "")),
        Fields.texts(json, "MediaTypes"),
        !isSample && isInserted(json, maker, via, image),
        isSample ? Optional.empty() : image);
  }

  private static boolean isInserted(
      JsonObject json, Maker maker, Optional<String> via, Optional<String> image) {
    if (maker.isJudgedByConnection() && via.isPresent()) {
      return !via.get().equals("NotConnected");
    }
    return json.has("Inserted") ? Fields.isTrue(json, "Inserted") : image.isPresent();
  }

  /** Whether a machine could boot an ISO from it; where no types are told, by the name. */
  boolean isCandidate() {
    return types.isEmpty()
        ? !id.toLowerCase(Locale.ROOT).contains("floppy")
        : types.stream()
            .anyMatch(type -> type.equals("CD") || type.equals("DVD") || type.equals("USBStick"));
  }

  boolean isCd() {
    return types.contains("CD") || types.contains("DVD");
  }

  /** Whether the image of this address is in it: some tell the whole of it, some the name. */
  public boolean holds(String url) {
    String name = url.replaceFirst(".*/", "");
    return inserted && image.filter(shown -> shown.endsWith(name)).isPresent();
  }
}
