package zeroboot.testing.bmc;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.testing.bmc.SimBmc.SimRequest;

/** bmcweb: HTTPS only, checked against its own store; the machine sees a disk. */
final class OpenBmcService extends SimService {
  private static final SimBootRules RULES =
      new SimBootRules(
          List.of("None", "Pxe", "Hdd", "Cd", "Diags", "BiosSetup", "Usb"),
          true,
          SimBootRules.Mode.ALLOWED,
          List.of(
              "On",
              "ForceOff",
              "ForceOn",
              "ForceRestart",
              "GracefulRestart",
              "GracefulShutdown",
              "PowerCycle",
              "Nmi"),
          true);

  private final List<String> certificates = new ArrayList<>();

  OpenBmcService(SimBmc bmc) {
    super(bmc);
  }

  @Override
  List<SimDrive> makeDrives() {
    return List.of(
        new SimDrive(collection(), "Slot_0", false, "CD", "USBStick"),
        new SimDrive(collection(), "Slot_1", false, "CD", "USBStick"),
        new SimDrive(collection(), "Slot_2", true, "CD", "USBStick"),
        new SimDrive(collection(), "Slot_3", true, "CD", "USBStick"));
  }

  @Override
  String systemId() {
    return "system";
  }

  @Override
  String managerId() {
    return "bmc";
  }

  @Override
  void decorateRoot(JsonObject root) {}

  @Override
  void decorateManager(JsonObject json) {
    super.decorateManager(json);
    json.addProperty("Name", "OpenBmc Manager");
    json.addProperty("Description", "Baseboard Management Controller");
  }

  @Override
  void decorateDrive(SimDrive drive, JsonObject json) {
    if (drive.takesAddress) {
      addActions(drive, json);
    } else {
      json.add(
          "Oem",
          Sim.object("OpenBMC", Sim.object("WebSocketEndpoint", "/nbd/" + drive.id.length())));
    }
    if (drive.inserted) {
      json.addProperty("ConnectedVia", "Applet"); // it says so of an address too
    }
    json.add("Certificates", Sim.link(drive.path + "/Certificates"));
  }

  @Override
  HostMachine.Seen seen() {
    return HostMachine.Seen.DISK;
  }

  @Override
  Optional<SimDrive> bootDrive(String target) {
    return target.equals("Usb") ? cdDrive() : Optional.empty();
  }

  @Override
  String trusted() {
    return String.join("\n", certificates);
  }

  @Override
  @Nullable SimAnswer own(SimRequest request, String path) {
    if (path.equals(systemPath() + "/ResetActionInfo")) {
      return SimAnswer.of(
          200,
          Sim.object(
              "@odata.id",
              path,
              "Id",
              "ResetActionInfo",
              "Parameters",
              List.of(
                  Sim.object(
                      "Name",
                      "ResetType",
                      "Required",
                      true,
                      "DataType",
                      "String",
                      "AllowableValues",
                      RULES.resets()))));
    }
    if (path.endsWith("/Certificates") && path.startsWith(collection())) {
      return certificates(request, path);
    }
    return null;
  }

  private SimAnswer certificates(SimRequest request, String path) {
    if (request.method().equals("GET")) {
      return SimAnswer.of(
          200,
          Sim.collection(
              path,
              "CertificateCollection",
              certificates.isEmpty() ? List.of() : List.of(path + "/1")));
    }
    String pem = Sim.text(request.body(), "CertificateString");
    if (pem == null || !"PEM".equals(Sim.text(request.body(), "CertificateType"))) {
      return SimAnswer.error(
          400, "Base.1.8.PropertyMissing", "No certificate.", "CertificateString");
    }
    certificates.add(pem);
    return SimAnswer.of(201, Sim.object("@odata.id", path + "/1", "Id", "1"))
        .with("Location", path + "/1");
  }

  @Override
  SimAnswer take(SimDrive drive, String url) {
    if (!url.startsWith("https://")) {
      return SimAnswer.error(
          400,
          "Base.1.8.ResourceAtUriInUnknownFormat",
          "The resource at " + url + " is in a format not recognized by the service.",
          url);
    }
    return super.take(drive, url);
  }

  @Override
  SimAnswer unreachable(String url, String why) {
    return SimAnswer.error(500, "Base.1.8.InternalError", "The request failed.");
  }

  @Override
  SimBootRules bootRules() {
    return RULES;
  }
}
