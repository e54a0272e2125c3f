package zeroboot.testing.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one computer behind a controller. */
final class SimSystem {
  private static final int POST_TIMES = 2;
  private static final List<String> FIELDS =
      List.of(
          "BootSourceOverrideEnabled",
          "BootSourceOverrideTarget",
          "BootSourceOverrideMode",
          "HttpBootUri");

  private final SimService service;
  private int refused;

  /** After it was switched off, it reads as running once more. */
  private int lag;

  SimSystem(SimService service) {
    this.service = service;
  }

  private SimHost host() {
    return service.bmc.host();
  }

  String resetPath() {
    return service.systemPath() + "/Actions/ComputerSystem.Reset";
  }

  private boolean isSetApart() {
    return service.bmc.has(Fault.BOOT_SET_APART) || service.bmc.has(Fault.BOOT_SET_APART_SILENTLY);
  }

  String settingsPath() {
    return service.systemPath() + "/SD";
  }

  /** What is to be at the next boot; null if that is no resource of its own. */
  @Nullable JsonObject settings() {
    return isSetApart()
        ? Sim.object("@odata.id", settingsPath(), "Id", "SD", "Boot", boot(host().enabled))
        : null;
  }

  private JsonObject boot(String enabled) {
    return Sim.object(
        "BootSourceOverrideEnabled",
        enabled,
        "BootSourceOverrideTarget",
        enabled.equals("Disabled") ? "None" : host().target,
        "BootSourceOverrideMode",
        host().mode);
  }

  JsonObject json() {
    SimBootRules rules = service.bootRules();
    SimHost host = host();
    JsonObject boot = boot(isSetApart() ? "Disabled" : host.enabled);
    if (rules.showsTargets()) {
      boot.add(
          "BootSourceOverrideTarget@Redfish.AllowableValues",
          Sim.object("x", rules.targets()).get("x"));
    }
    if (rules.targets().contains("UefiHttp")) {
      boot.addProperty("HttpBootUri", host.httpUri);
    }
    JsonObject reset = Sim.object("target", resetPath());
    if (rules.resetInfo()) {
      reset.addProperty("@Redfish.ActionInfo", service.systemPath() + "/ResetActionInfo");
    } else {
      reset.add("ResetType@Redfish.AllowableValues", Sim.object("x", rules.resets()).get("x"));
    }
    boolean on = host.on || lag > 0;
    lag = Math.max(0, lag - 1);
    JsonObject json =
        Sim.object(
            "@odata.id",
            service.systemPath(),
            "@odata.type",
            "#ComputerSystem.v1_5_0.ComputerSystem",
            "Id",
            service.systemId(),
            "Name",
            "System",
            "SystemType",
            "Physical",
            "Manufacturer",
            service.bmc.maker().name(),
            "Model",
            "Simulated 1",
            "SerialNumber",
            service.bmc.serial(),
            "PowerState",
            on ? "On" : "Off",
            "Boot",
            boot,
            "Links",
            Sim.object("ManagedBy", List.of(Sim.link(service.managerPath()))),
            "Actions",
            Sim.object("#ComputerSystem.Reset", reset));
    if (!service.bmc.uuid().isEmpty()) {
      json.addProperty("UUID", service.bmc.uuid());
    }
    if (isSetApart()) {
      json.add("@Redfish.Settings", Sim.object("SettingsObject", Sim.link(settingsPath())));
    }
    if (service.bmc.has(Fault.UNLINKED_MANAGERS)) {
      json.getAsJsonObject("Links").remove("ManagedBy");
    }
    service.decorateSystem(json);
    return json;
  }

  /** A change of the system itself. */
  SimAnswer patchHere(JsonObject body) {
    if (service.bmc.has(Fault.BOOT_SET_APART)) {
      return SimAnswer.error(
          400, "Base.1.8.PropertyNotWritable", "The property is read only.", "Boot");
    }
    return isSetApart() ? SimAnswer.nothing() : patch(body);
  }

  SimAnswer patch(JsonObject body) {
    if (!(body.get("Boot") instanceof JsonObject boot)) {
      return SimAnswer.error(400, "Base.1.8.PropertyUnknown", "Boot alone can be changed.");
    }
    if (service.bmc.has(Fault.IN_POST) && refused++ < POST_TIMES) {
      return SimAnswer.error(
          400,
          "iLO.2.14.UnableToModifyDuringSystemPOST",
          "Unable to modify while the system is in POST.");
    }
    SimAnswer wrong = check(boot);
    if (wrong != null) {
      return wrong;
    }
    SimHost host = host();
    String enabled = Sim.text(boot, "BootSourceOverrideEnabled");
    String target = Sim.text(boot, "BootSourceOverrideTarget");
    String mode = Sim.text(boot, "BootSourceOverrideMode");
    String uri = Sim.text(boot, "HttpBootUri");
    host.enabled = enabled == null ? host.enabled : enabled;
    host.target = target == null ? host.target : target;
    host.mode = mode == null ? host.mode : mode;
    host.httpUri = uri == null ? host.httpUri : uri;
    return SimAnswer.nothing();
  }

  private @Nullable SimAnswer check(JsonObject boot) {
    SimBootRules rules = service.bootRules();
    for (String name : boot.keySet()) {
      if (!FIELDS.contains(name)) {
        return SimAnswer.error(400, "Base.1.8.PropertyUnknown", "Unknown.", name);
      }
    }
    String target = Sim.text(boot, "BootSourceOverrideTarget");
    if (target != null && !rules.targets().contains(target)) {
      return SimAnswer.error(
          400,
          "Base.1.8.PropertyValueNotInList",
          "The value " + target + " is not in the list.",
          target,
          "BootSourceOverrideTarget");
    }
    boolean hasMode = boot.has("BootSourceOverrideMode");
    if (hasMode && rules.mode() == SimBootRules.Mode.REFUSED) {
      return SimAnswer.error(
          400, "Base.1.8.PropertyNotWritable", "The mode is read only.", "BootSourceOverrideMode");
    }
    boolean needed = rules.mode() == SimBootRules.Mode.REQUIRED;
    boolean whole = hasMode && target != null && boot.has("BootSourceOverrideEnabled");
    return needed && !whole
        ? SimAnswer.error(
            400,
            "Base.1.8.PropertyValueNotInList",
            "All three of Enabled, Target and Mode are needed.",
            String.valueOf(target),
            "BootSourceOverrideMode")
        : null;
  }

  SimAnswer reset(JsonObject body) {
    String type = Sim.text(body, "ResetType");
    if (type == null || !service.bootRules().resets().contains(type)) {
      return SimAnswer.error(
          400,
          "Base.1.8.ActionParameterNotSupported",
          "There is no such reset.",
          String.valueOf(type),
          "ResetType");
    }
    SimHost host = host();
    boolean needsOn = !type.equals("On");
    if (needsOn != host.on || (type.equals("On") && lag > 0)) {
      return SimAnswer.error(
          409,
          "Base.1.8.ActionParameterValueConflict",
          "The machine is " + (host.on ? "on" : "off") + ".",
          type,
          "ResetType");
    }
    if (service.bmc.once(Fault.CUT_BEFORE_RESET)) {
      return SimAnswer.CUT;
    }
    if (service.bmc.has(Fault.RESET_WITHOUT_EFFECT)) {
      return SimAnswer.nothing();
    }
    switch (type) {
      case "On" -> host.switchOn();
      case "ForceOff", "GracefulShutdown", "PushPowerButton" -> {
        host.switchOff();
        lag = 1;
      }
      default -> {
        host.switchOff();
        host.switchOn();
      }
    }
    return service.bmc.once(Fault.CUT_AFTER_RESET) ? SimAnswer.CUT : SimAnswer.nothing();
  }
}
