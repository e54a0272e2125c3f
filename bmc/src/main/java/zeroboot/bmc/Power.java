package zeroboot.bmc;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Fields;
import zeroboot.bmc.link.Session;

/** The power of a computer: what it is, and what it reads as after a change. */
public final class Power {
  private static final int CONFLICT = 409;

  /** It has to read as off that often: some say so before it is, and refuse to switch on. */
  private static final int SURE = 2;

  /** Looks after a refusal, until it is asked again. */
  private static final int LOOKS_REFUSED = 1;

  /** Likewise where the connection broke: whether it was asked is not known. */
  private static final int LOOKS_UNKNOWN = 8;

  /** A second push would undo the first. */
  private static final String BUTTON = "PushPowerButton";

  private final Computer computer;

  Power(Computer computer) {
    this.computer = computer;
  }

  /** What it reads as. */
  public String state() {
    return Fields.text(computer.system().json(), "PowerState").orElse("unknown");
  }

  /** Whether the computer runs, or is about to. */
  public boolean isOn() {
    return !state().equals("Off");
  }

  /**
   * Cuts the power, without asking what runs.
   *
   * @throws BmcException if it still runs after a while
   */
  public void switchOff() {
    if (isOn()) {
      change("ForceOff", "Off", List.of("ForceOff", BUTTON));
    }
  }

  /**
   * Switches it on.
   *
   * @throws BmcException if it is still off after a while
   */
  public void switchOn() {
    if (!isOn()) {
      change("On", "On", List.of("On", "ForceOn", BUTTON));
    }
  }

  /** Off, waited for, and on: a restart alone forgets the boot order at some makers. */
  public void cycle() {
    switchOff();
    switchOn();
  }

  private void change(String wanted, String state, List<String> types) {
    Resource system = computer.system();
    JsonObject action = Fields.object(system.json(), "Actions", "#ComputerSystem.Reset");
    String target =
        Fields.text(action, "target")
            .orElseThrow(
                () ->
                    BmcException.of(
                        BmcException.Kind.CANNOT,
                        "its power cannot be switched by Redfish",
                        "switch the machine by hand"));
    List<String> allowed = allowed(action);
    String type =
        types.stream()
            .filter(each -> allowed.isEmpty() || allowed.contains(each))
            .findFirst()
            .orElse(wanted);
    JsonObject body = new JsonObject();
    body.addProperty("ResetType", type);
    long deadline = System.nanoTime() + computer.session().times().power().toNanos();
    Optional<BmcException> last;
    boolean again;
    do {
      last = ask(target, body, state);
      boolean isUnknown = last.filter(ActionWay::isUnknown).isPresent();
      again = last.isPresent() && !(isUnknown && type.equals(BUTTON));
      int looks = !again ? Integer.MAX_VALUE : isUnknown ? LOOKS_UNKNOWN : LOOKS_REFUSED;
      if (reads(state, deadline, looks)) {
        return;
      }
    } while (again && System.nanoTime() < deadline);
    throw last.orElseGet(
        () ->
            BmcException.of(
                BmcException.Kind.NO_EFFECT,
                "it was told to switch the machine "
                    + state.toLowerCase(Locale.ROOT)
                    + " ("
                    + type
                    + "), said yes, and the machine still reads as "
                    + state(),
                "look at the machine, and switch it by hand"));
  }

  /** Asks once; why not, if it was refused for a reason that passes or the connection broke. */
  private Optional<BmcException> ask(String target, JsonObject body, String state) {
    Session session = computer.session();
    try {
      Answer answer = session.post(target, body);
      if (answer.isGood()) {
        return Optional.empty();
      }
      BmcException refused =
          session.refused("to switch the machine " + state.toLowerCase(Locale.ROOT), answer);
      if (answer.status() == CONFLICT || BootOrder.isInSelfTest(refused)) {
        return Optional.of(refused);
      }
      throw refused;
    } catch (BmcException e) {
      if (ActionWay.isUnknown(e)) {
        return Optional.of(e);
      }
      throw e;
    }
  }

  /** Looks until it reads as wanted, so often; as long as it does, a few times more. */
  private boolean reads(String state, long deadline, int looks) {
    int seen = 0;
    int left = looks;
    do {
      left--;
      computer.session().times().pause();
      seen = state().equals(state) ? seen + 1 : 0;
      if (seen >= SURE) {
        return true;
      }
    } while ((left > 0 || seen > 0) && System.nanoTime() < deadline);
    return false;
  }

  private List<String> allowed(JsonObject action) {
    List<String> listed = Fields.texts(action, "ResetType@Redfish.AllowableValues");
    Optional<String> info =
        Fields.text(action, "@Redfish.ActionInfo").filter(path -> path.startsWith("/"));
    if (!listed.isEmpty() || info.isEmpty()) {
      return listed;
    }
    JsonObject json = computer.session().get(info.get()).json();
    if (json.get("Parameters") instanceof JsonArray array) {
      for (JsonElement each : array) {
        if (each instanceof JsonObject parameter
            && Fields.text(parameter, "Name").filter("ResetType"::equals).isPresent()) {
          return Fields.texts(parameter, "AllowableValues");
        }
      }
    }
    return List.of();
  }
}
