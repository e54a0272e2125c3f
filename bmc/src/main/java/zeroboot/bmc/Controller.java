package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Fields;
import zeroboot.bmc.link.Session;

/** A controller and the one computer behind it that is meant. */
public final class Controller {
  private final Computer computer;

  private Controller(Computer computer) {
    this.computer = computer;
  }

  /**
   * Finds out what is there.
   *
   * @throws BmcException if it is not clear which computer is meant, or which drives are its
   */
  public static Controller of(Session session, Which which) {
    List<String> systems = members(session, "Systems");
    List<String> matching =
        which.system().isEmpty()
            ? systems
            : systems.stream().filter(path -> idOf(path).equals(which.system().get())).toList();
    List<String> ids = systems.stream().map(Controller::idOf).toList();
    if (matching.isEmpty()) {
      throw BmcException.of(
          BmcException.Kind.CANNOT,
          which
              .system()
              .map(id -> "there is no system '" + id + "' behind it")
              .orElse("no system is behind it"),
          "it has " + ids);
    }
    if (matching.size() > 1) {
      throw BmcException.of(
          BmcException.Kind.CANNOT,
          "several systems are behind it: " + ids,
          "say which with system: in the profile");
    }
    boolean isAlone = systems.size() == 1;
    String path = matching.get(0);
    List<String> managers =
        new Managers(session, path, isAlone).of(session.get(path).json(), which.manager());
    JsonObject manager =
        managers.isEmpty() ? new JsonObject() : session.get(managers.get(0)).json();
    return new Controller(
        new Computer(session, path, managers, isAlone, Maker.of(session.root(), manager)));
  }

  static String idOf(String path) {
    return path.replaceFirst("/+$", "").replaceFirst(".*/", "");
  }

  static List<String> members(Session session, String collection) {
    Optional<String> path = Fields.link(session.root(), collection);
    return path.isEmpty() ? List.of() : Fields.links(session.get(path.get()).json(), "Members");
  }

  Computer computer() {
    return computer;
  }

  /** The computer's power and boot order. */
  public Power power() {
    return new Power(computer);
  }

  /** Its virtual drives. */
  public Drives drives() {
    return new Drives(computer);
  }

  /** Its boot order. */
  public BootOrder bootOrder() {
    return new BootOrder(computer);
  }

  /**
   * What it is, for people.
   *
   * @param maker empty if it is none that is known
   * @param power {@code On}, {@code Off}, or what it says
   * @param override what it boots next, if that was set
   * @param identity by which it is known under every name and address; empty if it tells none
   */
  public record Facts(
      String maker,
      String product,
      String systemId,
      String model,
      String serial,
      String power,
      String override,
      Optional<String> identity) {}

  /** Reads them. */
  public Facts facts() {
    JsonObject json = computer.system().json();
    JsonObject boot = Fields.object(json, "Boot");
    String enabled = Fields.text(boot, "BootSourceOverrideEnabled").orElse("Disabled");
    return new Facts(
        computer.maker().shown().isEmpty()
            ? Fields.text(computer.session().root(), "Vendor").orElse("")
            : computer.maker().shown(),
        Fields.text(computer.session().root(), "Product").orElse(""),
        Fields.text(json, "Id").orElse(idOf(computer.path())),
        Fields.text(json, "Model").orElse(""),
        Fields.text(json, "SerialNumber").orElse(""),
        Fields.text(json, "PowerState").orElse("unknown"),
        enabled.equals("Disabled")
            ? ""
            : enabled + " " + Fields.text(boot, "BootSourceOverrideTarget").orElse(""),
        MachineId.of(json, computer::readManagers));
  }
}
