package zeroboot.testing.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A virtual drive of a controller. */
final class SimDrive {
  final String id;
  final String path;
  final List<String> types;

  /** Whether it takes an address at all; others take what an applet gives. */
  final boolean takesAddress;

  @Nullable String image;
  @Nullable String imageName;
  boolean inserted;
  String connectedVia = "NotConnected";

  /** So often an old image still reads back. */
  int afterglow;

  @Nullable String glowing;

  SimDrive(String collection, String id, boolean takesAddress, String... types) {
    this.id = id;
    this.path = collection + "/" + id;
    this.types = List.of(types);
    this.takesAddress = takesAddress;
  }

  boolean isCd() {
    return types.contains("CD");
  }

  /** An image is in it. */
  void put(String url, String via) {
    image = url;
    imageName = url.replaceFirst(".*/", "");
    inserted = true;
    connectedVia = via;
  }

  void takeOut(boolean forgetName) {
    inserted = false;
    connectedVia = "NotConnected";
    if (forgetName) {
      image = null;
      imageName = null;
    }
  }

  JsonObject json() {
    boolean glows = afterglow > 0;
    if (glows) {
      afterglow--;
    }
    return Sim.object(
        "@odata.id",
        path,
        "@odata.type",
        "#VirtualMedia.v1_4_0.VirtualMedia",
        "Id",
        id,
        "Name",
        "Virtual " + id,
        "MediaTypes",
        types,
        "Image",
        glows ? glowing : image,
        "ImageName",
        glows && glowing != null ? glowing.replaceFirst(".*/", "") : imageName,
        "Inserted",
        glows || inserted,
        "WriteProtected",
        true,
        "ConnectedVia",
        glows ? "URI" : connectedVia);
  }
}
