package zeroboot.testing.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.testing.bmc.SimBmc.SimRequest;

/** An iDRAC: what the standard's override says is forgotten, its own configuration job is not. */
final class DellService extends SimService {
  private static final SimBootRules RULES =
      new SimBootRules(
          List.of("None", "Pxe", "Floppy", "Cd", "Hdd", "BiosSetup", "Utilities", "UefiTarget"),
          true,
          SimBootRules.Mode.ALLOWED,
          SimBootRules.RESETS,
          false);

  private static final String TASKS = ROOT + "/TaskService/Tasks";
  private int polls;
  private @Nullable String task;

  DellService(SimBmc bmc) {
    super(bmc);
  }

  @Override
  String collection() {
    return systemPath() + "/VirtualMedia";
  }

  @Override
  List<SimDrive> makeDrives() {
    return List.of(
        new SimDrive(collection(), "1", true, "CD", "DVD", "USBStick"),
        new SimDrive(collection(), "2", true, "CD", "DVD", "USBStick"));
  }

  @Override
  String systemId() {
    return "System.Embedded.1";
  }

  @Override
  String managerId() {
    return "iDRAC.Embedded.1";
  }

  @Override
  void decorateRoot(JsonObject root) {
    root.addProperty("Product", "Integrated Dell Remote Access Controller");
    root.addProperty("Vendor", "Dell");
    root.add(
        "Oem",
        Sim.object(
            "Dell",
            Sim.object(
                "@odata.type", "#DellServiceRoot.v1_0_0.ServiceRootSummary", "IsBranded", 0)));
  }

  @Override
  void decorateSystem(JsonObject json) {
    json.add("VirtualMedia", Sim.link(collection()));
  }

  @Override
  void decorateManager(JsonObject json) {
    super.decorateManager(json);
    json.add(
        "Actions",
        Sim.object(
            "Oem",
            Sim.object(
                "#OemManager.ImportSystemConfiguration", Sim.object("target", importPath()))));
  }

  private String importPath() {
    return managerPath() + "/Actions/Oem/EID_674_Manager.ImportSystemConfiguration";
  }

  @Override
  void decorateDrive(SimDrive drive, JsonObject json) {
    addActions(drive, json);
  }

  @Override
  Optional<SimDrive> bootDrive(String target) {
    return Optional.empty(); // taken, read back, and cleared before the machine boots
  }

  @Override
  SimAnswer occupied() {
    return idrac(500, "IDRAC.2.8.VRM0012", "The Virtual Media image is already attached.");
  }

  @Override
  SimAnswer unreachable(String url, String why) {
    return idrac(500, "IDRAC.2.8.RAC0904", "Unable to locate the ISO or IMG image file.");
  }

  @Override
  SimAnswer tooManySessions() {
    return idrac(503, "IDRAC.2.8.RAC0218", "The maximum number of user sessions is reached.");
  }

  /** Its extended information may be an object instead of a list. */
  private static SimAnswer idrac(int status, String id, String message) {
    return SimAnswer.of(
        status,
        Sim.object(
            "error",
            Sim.object(
                "code",
                "Base.1.12.GeneralError",
                "message",
                "A general error has occurred.",
                "@Message.ExtendedInfo",
                SimAnswer.info(id, message))));
  }

  @Override
  SimAnswer eject(SimDrive drive, SimRequest request) {
    return drive.inserted
        ? super.eject(drive, request)
        : idrac(500, "IDRAC.2.8.VRM0009", "No Virtual Media devices are attached.");
  }

  @Override
  @Nullable SimAnswer own(SimRequest request, String path) {
    if (request.method().equals("POST") && request.ifMatch() != null) {
      return SimAnswer.error(412, "Base.1.12.PreconditionFailed", "No If-Match with actions.");
    }
    if (request.method().equals("POST") && path.equals(importPath())) {
      String buffer = String.valueOf(Sim.text(request.body(), "ImportBuffer"));
      boolean once =
          buffer.contains("ServerBoot.1#BootOnce")
              && buffer.contains("Enabled")
              && buffer.contains("VCD-DVD");
      if (!once) {
        return idrac(400, "IDRAC.2.8.SYS405", "The configuration is not as expected.");
      }
      task = TASKS + "/JID_471269252012";
      polls = 0;
      return new SimAnswer(202, "", Map.of("Location", task));
    }
    return path.equals(task) && request.method().equals("GET") ? SimAnswer.of(200, job()) : null;
  }

  private JsonObject job() {
    boolean done = ++polls > 2;
    if (done) {
      bmc.host().vendorBootOnce = !bmc.has(Fault.OVERRIDE_FORGOTTEN);
    }
    return Sim.object(
        "@odata.id",
        task,
        "@odata.type",
        "#Task.v1_4_3.Task",
        "Id",
        "JID_471269252012",
        "Name",
        "Import Configuration",
        "TaskState",
        done ? "Completed" : "Running",
        "TaskStatus",
        "OK",
        "Messages",
        List.of(
            SimAnswer.info(
                "IDRAC.2.8.SYS053", "Successfully imported and applied Server Configuration.")));
  }

  @Override
  SimBootRules bootRules() {
    return RULES;
  }
}
