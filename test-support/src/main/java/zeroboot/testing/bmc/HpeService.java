package zeroboot.testing.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zeroboot.testing.bmc.SimBmc.SimRequest;

/** An iLO: slashes at the end, weak tags, a success that looks like an error. */
final class HpeService extends SimService {
  private static final SimBootRules RULES =
      new SimBootRules(
          List.of(
              "None",
              "Cd",
              "Hdd",
              "Usb",
              "SDCard",
              "Utilities",
              "Diags",
              "BiosSetup",
              "Pxe",
              "UefiShell",
              "UefiHttp",
              "UefiTarget"),
          true,
          SimBootRules.Mode.REFUSED,
          SimBootRules.RESETS,
          false);

  HpeService(SimBmc bmc) {
    super(bmc);
  }

  @Override
  List<SimDrive> makeDrives() {
    return List.of(
        new SimDrive(collection(), "1", true, "Floppy", "USBStick"),
        new SimDrive(collection(), "2", true, "CD", "DVD"));
  }

  @Override
  SimDrive bootable() {
    return drives().get(1);
  }

  @Override
  boolean weakTags() {
    return true;
  }

  @Override
  void decorateRoot(JsonObject root) {
    root.addProperty("Vendor", "HPE");
    root.addProperty("Product", "ProLiant DL360 Gen10");
    root.add(
        "Oem",
        Sim.object(
            "Hpe",
            Sim.object(
                "Manager",
                List.of(Sim.object("ManagerType", "iLO 5", "ManagerFirmwareVersion", "2.72")))));
  }

  @Override
  void decorateManager(JsonObject json) {
    json.add("VirtualMedia", Sim.link(collection() + "/"));
  }

  @Override
  void decorateDrive(SimDrive drive, JsonObject json) {
    addActions(drive, json);
    json.add("Oem", Sim.object("Hpe", Sim.object("BootOnNextServerReset", false)));
  }

  @Override
  @Nullable SimAnswer own(SimRequest request, String path) {
    boolean reads = request.method().equals("GET");
    if (reads && !request.path().endsWith("/")) {
      return new SimAnswer(308, "", Map.of("Location", request.path() + "/"));
    }
    return null;
  }

  @Override
  SimAnswer inserted() {
    return success();
  }

  @Override
  SimAnswer ejected() {
    return success();
  }

  private static SimAnswer success() {
    return SimAnswer.of(
        200,
        Sim.object(
            "error",
            Sim.object(
                "code",
                "iLO.0.10.ExtendedInfo",
                "message",
                "See @Message.ExtendedInfo for more information.",
                "@Message.ExtendedInfo",
                List.of(Sim.object("MessageId", "Base.1.4.Success")))));
  }

  @Override
  SimAnswer occupied() {
    return ilo(400, "iLO.2.14.MaxVirtualMediaConnectionEstablished");
  }

  @Override
  SimAnswer unreachable(String url, String why) {
    return ilo(400, "iLO.2.14.UnsupportedVirtualMediaURL"); // its words for every trouble with it
  }

  @Override
  SimAnswer noLicence() {
    return ilo(403, "iLO.2.14.LicenseKeyRequired");
  }

  private static SimAnswer ilo(int status, String id) {
    return SimAnswer.of(
        status,
        Sim.object(
            "error",
            Sim.object(
                "code",
                "iLO.0.10.ExtendedInfo",
                "message",
                "See @Message.ExtendedInfo for more information.",
                "@Message.ExtendedInfo",
                List.of(Sim.object("MessageId", id)))));
  }

  @Override
  SimAnswer eject(SimDrive drive, SimRequest request) {
    if (!request.hasBody()) {
      return ilo(415, "Base.1.4.UnsupportedMediaType");
    }
    return super.eject(drive, request);
  }

  @Override
  SimBootRules bootRules() {
    return RULES;
  }
}
