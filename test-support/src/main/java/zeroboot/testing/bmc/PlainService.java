package zeroboot.testing.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** The standard, without sessions; it wants to be told the protocol. */
final class PlainService extends SimService {
  private static final SimBootRules RULES =
      new SimBootRules(
          List.of("None", "Pxe", "Cd", "Hdd", "UefiHttp"),
          true,
          SimBootRules.Mode.ALLOWED,
          SimBootRules.RESETS,
          false);

  PlainService(SimBmc bmc) {
    super(bmc);
  }

  @Override
  String collection() {
    return systemPath() + "/VirtualMedia";
  }

  @Override
  List<SimDrive> makeDrives() {
    return List.of(
        new SimDrive(collection(), "Floppy", true, "Floppy"),
        new SimDrive(collection(), "Cd", true, "CD", "DVD"));
  }

  @Override
  SimDrive bootable() {
    return drives().get(1);
  }

  @Override
  String systemId() {
    return "437XR1138R2";
  }

  @Override
  String managerId() {
    return "BMC";
  }

  @Override
  boolean hasSessions() {
    return false;
  }

  @Override
  void decorateRoot(JsonObject root) {}

  @Override
  void decorateSystem(JsonObject json) {
    json.add("VirtualMedia", Sim.link(collection()));
  }

  @Override
  void decorateDrive(SimDrive drive, JsonObject json) {
    addActions(drive, json);
  }

  @Override
  SimAnswer insert(SimDrive drive, JsonObject body) {
    String url = String.valueOf(Sim.text(body, "Image"));
    String protocol = Sim.text(body, "TransferProtocolType");
    if (protocol == null) {
      // The message of the standard names the parameter in its arguments.
      JsonObject info =
          SimAnswer.info(
              "Base.1.5.ActionParameterMissing",
              "TransferProtocolType is missing.",
              "InsertMedia",
              "TransferProtocolType");
      info.add("RelatedProperties", Sim.object("x", List.of("#/TransferProtocolType")).get("x"));
      return SimAnswer.of(
          400,
          Sim.object(
              "error",
              Sim.object(
                  "code",
                  "Base.1.5.ActionParameterMissing",
                  "message",
                  "A parameter is missing.",
                  "@Message.ExtendedInfo",
                  List.of(info))));
    }
    if (!url.startsWith(protocol.toLowerCase(Locale.ROOT) + ":")) {
      return SimAnswer.error(
          400, "Base.1.8.ActionParameterValueConflict", "Another protocol.", protocol);
    }
    return super.insert(drive, body);
  }

  @Override
  SimBootRules bootRules() {
    return RULES;
  }
}
