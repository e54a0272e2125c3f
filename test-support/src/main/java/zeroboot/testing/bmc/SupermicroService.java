package zeroboot.testing.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zeroboot.testing.bmc.SimBmc.SimRequest;

/** The older way: a configuration, then a mount; the list of drives is empty until then. */
final class SupermicroService extends SimService {
  private static final SimBootRules RULES =
      new SimBootRules(
          List.of("None", "Pxe", "Hdd", "Diags", "Cd", "BiosSetup", "UsbCd", "UefiHttp"),
          true,
          SimBootRules.Mode.REQUIRED,
          SimBootRules.RESETS,
          false);

  private String address = "";
  private String file = "";

  SupermicroService(SimBmc bmc) {
    super(bmc);
  }

  @Override
  String collection() {
    return managerPath() + "/VM1";
  }

  private String config() {
    return collection() + "/CfgCD";
  }

  @Override
  List<SimDrive> makeDrives() {
    return List.of(new SimDrive(collection(), "CD1", true, "CD"));
  }

  @Override
  List<SimDrive> listed() {
    // The name stays after an unmount, and so does the drive in the list.
    return drives().stream().filter(drive -> drive.image != null).toList();
  }

  @Override
  boolean forgetsNames() {
    return false;
  }

  @Override
  void decorateRoot(JsonObject root) {
    root.addProperty("Vendor", "Supermicro");
    root.add("Oem", Sim.object("Supermicro", new JsonObject()));
  }

  @Override
  void decorateDrive(SimDrive drive, JsonObject json) {
    // Judged by the connection alone: of the rest nothing can be believed.
    json.addProperty("Inserted", drive.image != null);
    json.addProperty("ConnectedVia", drive.inserted ? "Oem" : "NotConnected");
  }

  @Override
  @Nullable SimAnswer own(SimRequest request, String path) {
    boolean reads = request.method().equals("GET");
    if (reads && path.equals(collection())) {
      JsonObject json =
          Sim.collection(
              path, "VirtualMediaCollection", listed().stream().map(drive -> drive.path).toList());
      json.add(
          "Oem", Sim.object("Supermicro", Sim.object("VirtualMediaConfig", Sim.link(config()))));
      return SimAnswer.of(200, json).with("ETag", tag());
    }
    if (path.equals(config())) {
      if (reads) {
        return SimAnswer.of(200, configuration());
      }
      return configure(request.body());
    }
    if (path.equals(config() + "/Actions/IsoConfig.Mount")) {
      return mount();
    }
    if (path.equals(config() + "/Actions/IsoConfig.UnMount")) {
      SimDrive drive = drives().get(0);
      if (drive.inserted) {
        return eject(drive, request);
      }
      return success();
    }
    return null;
  }

  private JsonObject configuration() {
    String actions = config() + "/Actions/IsoConfig.";
    return Sim.object(
        "@odata.id",
        config(),
        "@odata.type",
        "#IsoConfig.IsoConfig",
        "Id",
        "1",
        "Name",
        "VM1",
        "Host",
        address,
        "Path",
        file,
        "Username",
        "",
        "Password",
        "********",
        "Actions",
        Sim.object(
            "#IsoConfig.Mount",
            Sim.object("target", actions + "Mount"),
            "#IsoConfig.UnMount",
            Sim.object("target", actions + "UnMount")));
  }

  private SimAnswer configure(JsonObject body) {
    String host = Sim.text(body, "Host");
    String path = Sim.text(body, "Path");
    if (host == null || path == null || !path.matches("/[^/]+/.+")) {
      return SimAnswer.error(
          400, "Base.1.4.PropertyValueFormatError", "Path needs a folder.", "Path");
    }
    address = host;
    file = path;
    return success();
  }

  private SimAnswer mount() {
    SimDrive drive = drives().get(0);
    String url = (address.contains("://") ? "" : "http://") + address + file;
    return take(drive, url);
  }

  private static SimAnswer success() {
    return SimAnswer.of(
        200,
        Sim.object(
            "Success",
            Sim.object("code", "Base.1.4.Success", "Message", "Successfully Completed Request.")));
  }

  @Override
  SimAnswer inserted() {
    return success();
  }

  @Override
  SimAnswer ejected() {
    return success();
  }

  /** A mount that cannot fetch is a success all the same: nothing is mounted then. */
  @Override
  SimAnswer unreachable(String url, String why) {
    return success();
  }

  @Override
  SimAnswer noLicence() {
    return SimAnswer.error(
        403,
        "SMC.1.0.OemLicenseNotPassed",
        "Not licensed to perform this request: SFT-DCMS-SINGLE.");
  }

  @Override
  SimBootRules bootRules() {
    return RULES;
  }
}
