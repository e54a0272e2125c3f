package zeroboot.testing.bmc;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import zeroboot.testing.bmc.SimBmc.SimRequest;

/** Redfish as the standard has it; each maker changes what it does in its own way. */
abstract class SimService {
  static final String ROOT = "/redfish/v1";
  private static final String SESSIONS = ROOT + "/SessionService/Sessions";
  private static final int BUSY_TIMES = 2;

  final SimBmc bmc;
  private final List<SimDrive> drives = new ArrayList<>();
  private final SimSystem system;
  private int version = 1;
  private int busy;

  SimService(SimBmc bmc) {
    this.bmc = bmc;
    system = new SimSystem(this);
  }

  /** After all is made: an old image, if that is the fault. */
  void prepare() {
    drives.addAll(makeDrives());
    if (bmc.has(Fault.STALE_IMAGE)) {
      bootable().put("http://192.0.2.77/iso/old.iso", "URI");
    }
  }

  // What makers change.

  abstract List<SimDrive> makeDrives();

  String systemId() {
    return "1";
  }

  String managerId() {
    return "1";
  }

  /** What the root says besides the standard's fields. */
  abstract void decorateRoot(JsonObject root);

  /** Actions and more of a drive. */
  abstract void decorateDrive(SimDrive drive, JsonObject json);

  /** What it says of an insert that was done, or done in appearance. */
  SimAnswer inserted() {
    return SimAnswer.nothing();
  }

  SimAnswer ejected() {
    return SimAnswer.nothing();
  }

  /** What it says where something is in the drive already. */
  SimAnswer occupied() {
    return SimAnswer.error(400, "Base.1.8.ResourceInUse", "The drive is in use.");
  }

  SimAnswer unreachable(String url, String why) {
    return SimAnswer.error(
        500, "Base.1.8.CouldNotEstablishConnection", "Cannot connect: " + why, url);
  }

  SimAnswer noLicence() {
    return SimAnswer.error(403, "Base.1.8.LicenseRequired", "A licence is required.");
  }

  SimAnswer tooManySessions() {
    return SimAnswer.error(503, "Base.1.8.SessionLimitExceeded", "Too many sessions.");
  }

  /** What can be done with a resource. */
  String allowed() {
    return "GET, HEAD";
  }

  boolean hasSessions() {
    return true;
  }

  /** Where the collection of drives is. */
  String collection() {
    return managerPath() + "/VirtualMedia";
  }

  /** The drives that a collection lists. */
  List<SimDrive> listed() {
    return drives;
  }

  boolean weakTags() {
    return false;
  }

  /** Whether a change needs the tag of what it changes. */
  boolean needsTag() {
    return false;
  }

  HostMachine.Seen seen() {
    return HostMachine.Seen.CD;
  }

  /** Certificates that were posted to it. */
  String trusted() {
    return "";
  }

  boolean forgetsNames() {
    return true;
  }

  void decorateSystem(JsonObject json) {}

  void decorateManager(JsonObject json) {
    json.add("VirtualMedia", Sim.link(collection()));
  }

  /** What only this maker has. */
  @Nullable SimAnswer own(SimRequest request, String path) {
    return null;
  }

  abstract SimBootRules bootRules();

  // What all have.

  String systemPath() {
    return ROOT + "/Systems/" + systemId();
  }

  String managerPath() {
    return ROOT + "/Managers/" + managerId();
  }

  List<SimDrive> drives() {
    return drives;
  }

  SimDrive bootable() {
    return drives.stream()
        .filter(drive -> drive.takesAddress && (drive.isCd() || drive.types.contains("USBStick")))
        .findFirst()
        .orElseThrow();
  }

  Optional<SimDrive> cdDrive() {
    return drives.stream().filter(drive -> drive.inserted && drive.image != null).findFirst();
  }

  /** What a boot from this target starts. */
  Optional<SimDrive> bootDrive(String target) {
    return target.equals("Cd") || target.equals("UsbCd") ? cdDrive() : Optional.empty();
  }

  final SimAnswer answer(SimRequest request) {
    String path = request.path();
    while (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (path.equals("/redfish")) {
      return SimAnswer.of(200, Sim.object("v1", "/redfish/v1/"));
    }
    if (path.equals(ROOT)) {
      return SimAnswer.of(200, root());
    }
    if (hasSessions() && path.equals(SESSIONS) && request.method().equals("POST")) {
      return login(request.body());
    }
    if (!bmc.sessions().isKnown(request.token()) && !SimSessions.isBasic(request.authorization())) {
      return SimAnswer.error(401, "Base.1.8.NoValidSession", "There is no valid session.");
    }
    SimAnswer trouble = trouble(request);
    return trouble == null ? dispatch(request, path) : trouble;
  }

  private @Nullable SimAnswer trouble(SimRequest request) {
    if (bmc.has(Fault.BROKEN)) {
      return SimAnswer.text(500, "Internal Server Error\r\nlighttpd");
    }
    if (bmc.has(Fault.BUSY) && busy++ < BUSY_TIMES) {
      return SimAnswer.error(
              503, "Base.1.8.ServiceTemporarilyUnavailable", "Try again in 1 seconds.", "1")
          .with("Retry-After", "1");
    }
    if (bmc.has(Fault.ALWAYS_BUSY) && !request.method().equals("DELETE")) {
      return SimAnswer.error(503, "Base.1.8.ServiceInUnknownState", "Not now.")
          .with("Retry-After", "1");
    }
    if (bmc.has(Fault.SENDS_ELSEWHERE) && request.method().equals("GET")) {
      return new SimAnswer(307, "", Map.of("Location", "https://127.0.0.2" + request.path()));
    }
    boolean changes = !request.method().equals("GET") && !request.method().equals("DELETE");
    if (changes && bmc.has(Fault.NO_PRIVILEGE)) {
      return SimAnswer.error(
          403, "Base.1.8.InsufficientPrivilege", "There are insufficient privileges.");
    }
    return null;
  }

  private SimAnswer dispatch(SimRequest request, String path) {
    SimAnswer own = own(request, path);
    if (own != null) {
      return own;
    }
    return switch (request.method()) {
      case "GET" -> {
        JsonObject json = resource(path);
        yield json == null
            ? missing(path)
            : SimAnswer.of(200, json).with("ETag", tag()).with("Allow", allowed());
      }
      case "PATCH" -> {
        SimAnswer refused = refuseTag(request);
        yield refused == null ? changed(patch(path, request)) : refused;
      }
      case "POST" -> changed(post(path, request));
      case "DELETE" -> delete(path);
      default -> SimAnswer.error(405, "Base.1.8.OperationNotAllowed", "Not allowed.");
    };
  }

  static SimAnswer missing(String path) {
    return SimAnswer.error(
        404, "Base.1.8.ResourceMissingAtURI", "The resource at " + path + " was not found.", path);
  }

  private SimAnswer changed(SimAnswer answer) {
    version++;
    return answer;
  }

  String tag() {
    return (weakTags() || bmc.has(Fault.WEAK_TAG_REFUSED) ? "W/" : "") + "\"" + version + "A\"";
  }

  /** By RFC 9110 section 13.1.1 a weak tag never matches; most makers take their own. */
  private @Nullable SimAnswer refuseTag(SimRequest request) {
    String given = request.ifMatch();
    if (given == null) {
      return needsTag()
          ? SimAnswer.error(428, "Base.1.8.PreconditionRequired", "If-Match is missing.")
          : null;
    }
    boolean same =
        given.equals("*")
            || given.equals("\"" + version + "A\"")
            || (given.equals(tag()) && !bmc.has(Fault.WEAK_TAG_REFUSED));
    return same ? null : SimAnswer.error(412, "Base.1.8.PreconditionFailed", "The tag is stale.");
  }

  private JsonObject root() {
    JsonObject root =
        Sim.object(
            "@odata.id",
            ROOT + "/",
            "@odata.type",
            "#ServiceRoot.v1_5_0.ServiceRoot",
            "Id",
            "RootService",
            "Name",
            "Root Service",
            "RedfishVersion",
            "1.8.0",
            "UUID",
            "92384634-2938-2342-8820-489239905423",
            "Systems",
            Sim.link(ROOT + "/Systems"),
            "Managers",
            Sim.link(ROOT + "/Managers"),
            "Tasks",
            Sim.link(ROOT + "/TaskService"));
    if (hasSessions()) {
      root.add("SessionService", Sim.link(ROOT + "/SessionService"));
      root.add("Links", Sim.object("Sessions", Sim.link(SESSIONS)));
    } else {
      root.add("Links", new JsonObject());
    }
    decorateRoot(root);
    return root;
  }

  private SimAnswer login(JsonObject body) {
    boolean known =
        SimBmc.USER.equals(Sim.text(body, "UserName"))
            && SimBmc.PASSWORD.equals(Sim.text(body, "Password"));
    if (!known) {
      return SimAnswer.error(401, "Base.1.8.ResourceAtUriUnauthorized", "Wrong user or password.");
    }
    String token = UUID.randomUUID().toString();
    String id = bmc.sessions().open(token);
    if (id == null) {
      return tooManySessions();
    }
    return SimAnswer.of(201, session(id))
        .with("X-Auth-Token", token)
        .with("Location", SESSIONS + "/" + id);
  }

  private static JsonObject session(String id) {
    return Sim.object(
        "@odata.id",
        SESSIONS + "/" + id,
        "@odata.type",
        "#Session.v1_1_0.Session",
        "Id",
        id,
        "Name",
        "User Session",
        "UserName",
        SimBmc.USER);
  }

  private @Nullable JsonObject resource(String path) {
    if (path.equals(ROOT + "/Systems")) {
      return Sim.collection(
          path,
          "ComputerSystemCollection",
          bmc.has(Fault.TWO_SYSTEMS)
              ? List.of(ROOT + "/Systems/Other", systemPath())
              : List.of(systemPath()));
    }
    if (path.equals(ROOT + "/Managers")) {
      return Sim.collection(
          path,
          "ManagerCollection",
          bmc.has(Fault.TWO_SYSTEMS)
              ? List.of(ROOT + "/Managers/Other", managerPath())
              : List.of(managerPath()));
    }
    if (path.equals(systemPath())) {
      return system.json();
    }
    if (path.equals(system.settingsPath())) {
      return system.settings();
    }
    if (path.equals(managerPath())) {
      return manager();
    }
    if (bmc.has(Fault.TWO_SYSTEMS)) {
      JsonObject other = SimNeighbour.resource(path, bmc.has(Fault.UNLINKED_MANAGERS));
      if (other != null) {
        return other;
      }
    }
    if (hasSessions() && path.equals(ROOT + "/SessionService")) {
      return Sim.object(
          "@odata.id",
          path,
          "@odata.type",
          "#SessionService.v1_0_0.SessionService",
          "Id",
          "SessionService",
          "Name",
          "Sessions",
          "ServiceEnabled",
          true,
          "SessionTimeout",
          1800,
          "Sessions",
          Sim.link(SESSIONS));
    }
    if (hasSessions() && path.equals(SESSIONS)) {
      List<String> ids = bmc.sessions().ids().stream().map(id -> SESSIONS + "/" + id).toList();
      return Sim.collection(path, "SessionCollection", ids);
    }
    if (path.equals(collection())) {
      return Sim.collection(
          path, "VirtualMediaCollection", listed().stream().map(drive -> drive.path).toList());
    }
    return drives.stream()
        .filter(drive -> drive.path.equals(path))
        .findFirst()
        .map(this::driveJson)
        .orElse(null);
  }

  private JsonObject driveJson(SimDrive drive) {
    JsonObject json = drive.json();
    decorateDrive(drive, json);
    return json;
  }

  private JsonObject manager() {
    JsonObject json =
        Sim.object(
            "@odata.id",
            managerPath(),
            "@odata.type",
            "#Manager.v1_5_0.Manager",
            "Id",
            managerId(),
            "Name",
            "Manager",
            "ManagerType",
            "BMC",
            "FirmwareVersion",
            "1.00",
            "Links",
            Sim.object("ManagerForServers", List.of(Sim.link(systemPath()))));
    if (!bmc.managerUuid().isEmpty()) {
      json.addProperty("UUID", bmc.managerUuid());
    }
    if (bmc.has(Fault.UNLINKED_MANAGERS)) {
      json.getAsJsonObject("Links").remove("ManagerForServers");
    }
    decorateManager(json);
    return json;
  }

  SimAnswer patch(String path, SimRequest request) {
    if (path.equals(system.settingsPath()) && system.settings() != null) {
      return system.patch(request.body());
    }
    return path.equals(systemPath())
        ? system.patchHere(request.body())
        : SimAnswer.error(405, "Base.1.8.OperationNotAllowed", "Not allowed.");
  }

  SimAnswer post(String path, SimRequest request) {
    if (path.equals(system.resetPath())) {
      return system.reset(request.body());
    }
    for (SimDrive drive : drives) {
      if (path.equals(drive.path + "/Actions/VirtualMedia.InsertMedia")) {
        return insert(drive, request.body());
      }
      if (path.equals(drive.path + "/Actions/VirtualMedia.EjectMedia")) {
        return eject(drive, request);
      }
    }
    return missing(path);
  }

  private SimAnswer delete(String path) {
    if (path.startsWith(SESSIONS + "/")) {
      return bmc.sessions().close(path.substring(SESSIONS.length() + 1))
          ? SimAnswer.nothing()
          : missing(path);
    }
    return missing(path);
  }

  SimAnswer insert(SimDrive drive, JsonObject body) {
    String url = Sim.text(body, "Image");
    if (url == null) {
      return SimAnswer.error(
          400, "Base.1.8.ActionParameterMissing", "Image is missing.", "InsertMedia", "Image");
    }
    return drive.takesAddress
        ? take(drive, url)
        : SimAnswer.error(405, "Base.1.8.OperationNotAllowed", "Not allowed.");
  }

  /** Puts an image into a drive, in the way of the maker. */
  SimAnswer take(SimDrive drive, String url) {
    if (bmc.has(Fault.NO_LICENCE)) {
      return noLicence();
    }
    if (drive.inserted) {
      return occupied();
    }
    // Clients and firmware of several makers look at the name; a redirection is not followed.
    if (!url.matches("https?://[^/]+/.+/[^/]+\\.iso")) {
      return SimAnswer.error(
          400, "Base.1.8.ActionParameterValueFormatError", "The address is wrong.", url, "Image");
    }
    try {
      ImageFetcher fetcher = bmc.fetcher(url);
      long size = fetcher.size();
      fetcher.range(0, Math.min(size, 2048) - 1);
    } catch (IOException | IllegalArgumentException e) {
      return unreachable(url, String.valueOf(e.getMessage()));
    }
    if (bmc.has(Fault.INSERT_WITHOUT_EFFECT)) {
      return inserted();
    }
    if (bmc.once(Fault.CUT_BEFORE_INSERT)) {
      return SimAnswer.CUT;
    }
    if (bmc.once(Fault.OTHERS_SWITCH_ON)) {
      bmc.host().switchOnByHand();
    }
    drive.put(url, "URI");
    return bmc.once(Fault.CUT_AFTER_INSERT) ? SimAnswer.CUT : inserted();
  }

  SimAnswer eject(SimDrive drive, SimRequest request) {
    if (!drive.inserted) {
      return SimAnswer.error(400, "Base.1.8.ResourceNotFound", "Nothing is inserted.");
    }
    if (bmc.has(Fault.STUCK_DRIVE)) {
      return ejected();
    }
    if (bmc.has(Fault.SLOW_EJECT)) {
      drive.afterglow = 3;
      drive.glowing = drive.image;
    }
    drive.takeOut(forgetsNames());
    return bmc.once(Fault.CUT_AFTER_EJECT) ? SimAnswer.CUT : ejected();
  }

  /** The standard's two actions of a drive. */
  static void addActions(SimDrive drive, JsonObject json) {
    String base = drive.path + "/Actions/VirtualMedia.";
    json.add(
        "Actions",
        Sim.object(
            "#VirtualMedia.InsertMedia",
            Sim.object("target", base + "InsertMedia"),
            "#VirtualMedia.EjectMedia",
            Sim.object("target", base + "EjectMedia")));
  }
}
