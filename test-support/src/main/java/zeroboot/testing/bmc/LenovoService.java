package zeroboot.testing.bmc;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import zeroboot.testing.bmc.SimBmc.SimRequest;

/** An XCC: ten drives, of which four take an address, and no actions: drives are changed. */
final class LenovoService extends SimService {
  private static final SimBootRules RULES =
      new SimBootRules(
          List.of("None", "Pxe", "Cd", "Usb", "Hdd", "BiosSetup", "Diags", "UefiTarget"),
          true,
          SimBootRules.Mode.ALLOWED,
          List.of(
              "On",
              "Nmi",
              "GracefulShutdown",
              "GracefulRestart",
              "ForceOn",
              "ForceOff",
              "ForceRestart"),
          false);

  LenovoService(SimBmc bmc) {
    super(bmc);
  }

  @Override
  List<SimDrive> makeDrives() {
    List<SimDrive> drives = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      drives.add(new SimDrive(collection(), "Remote" + i, false, "CD", "USBStick"));
    }
    for (int i = 1; i <= 2; i++) {
      drives.add(new SimDrive(collection(), "RDOC" + i, false, "CD", "USBStick"));
    }
    for (int i = 1; i <= 4; i++) {
      drives.add(new SimDrive(collection(), "EXT" + i, true, "CD", "DVD"));
    }
    return drives;
  }

  @Override
  String allowed() {
    return "GET, HEAD, PATCH";
  }

  @Override
  boolean needsTag() {
    return true;
  }

  @Override
  void decorateRoot(JsonObject root) {
    root.addProperty("Vendor", "Lenovo");
    root.add("Oem", Sim.object("Lenovo", Sim.object("Model", "ThinkSystem SR650")));
  }

  @Override
  void decorateDrive(SimDrive drive, JsonObject json) {}

  @Override
  SimAnswer noLicence() {
    return SimAnswer.error(
        403, "ExtendedError.1.2.LicenseRequired", "The feature needs an Enterprise licence.");
  }

  @Override
  SimAnswer patch(String path, SimRequest request) {
    for (SimDrive drive : drives()) {
      if (drive.path.equals(path)) {
        return change(drive, request);
      }
    }
    return super.patch(path, request);
  }

  private SimAnswer change(SimDrive drive, SimRequest request) {
    JsonElement image = request.body().get("Image");
    JsonElement inserted = request.body().get("Inserted");
    if (image == null || inserted == null) {
      return SimAnswer.error(
          400, "Base.1.8.PropertyMissing", "Image and Inserted are needed.", "Inserted");
    }
    if (!inserted.getAsBoolean()) {
      return eject(drive, request);
    }
    if (!drive.takesAddress) {
      return SimAnswer.error(
          400,
          "Base.1.8.PropertyValueNotInList",
          "The drive takes no address.",
          String.valueOf(image),
          "Image");
    }
    return take(drive, image.getAsString());
  }

  @Override
  SimBootRules bootRules() {
    return RULES;
  }
}
